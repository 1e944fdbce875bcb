internal import HTTP

/// What a content type says: its name in lower case, without parameters.
struct MediaType {
  let name: String

  /// Nil for text that is not UTF-8, which is what a missing charset means.
  init?(inUTF8 contentType: String) {
    let parts = contentType.lowercased().split(separator: ";", omittingEmptySubsequences: false)
      .map(\.withoutBlanks)
    for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
      guard parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"" else { return nil }
    }
    name = String(parts.first ?? "")
  }
}
