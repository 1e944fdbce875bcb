internal import HTTP

/// Names of header fields, which a field is looked up among by its bytes: most fields of a request
/// never become strings.
struct FieldNames: Sendable {
  /// By their lengths, in which most names differ.
  private var byCount: [[[UInt8]]] = []

  /// The names must be lower-case.
  init(_ names: [String]) {
    for name in names {
      let name = Array(name.utf8)
      while byCount.count <= name.count { byCount.append([]) }
      byCount[name.count].append(name)
    }
  }

  /// Whether the name of that field is one of them.
  func contains(_ entry: HTTPFields.Entry, of fields: HTTPFields) -> Bool {
    let count = Int(entry.nameCount)
    guard count < byCount.count else { return false }
    return byCount[count].contains { fields.bytes[entry.name].elementsEqual($0) }
  }
}
