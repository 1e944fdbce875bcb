internal import HTTP

extension HTTPFields {
  // Made once: fields that are there already cost an answer no more than a copy of their bytes.
  private static let unsniffed: HTTPFields = ["x-content-type-options": "nosniff"]
  private static let uncached: HTTPFields = ["cache-control": "no-store"]

  /// Adds what every answer of a door says: which call it is of, if it has got that far, that its
  /// type is not to be guessed, and unless it says otherwise that nobody may keep it.
  mutating func addForAnyAnswer(requestID: String) {
    if !requestID.isEmpty { add("x-request-id", requestID) }
    add(Self.unsniffed)
    if !contains("cache-control") { add(Self.uncached) }
  }
}
