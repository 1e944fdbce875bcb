/// Why a JSON document could not be mapped to a message, or a message to JSON.
///
/// Says where by the path of proto field names and what by the rule that was broken:
/// `customer.quantity: expected int32, found "abc"`. Holds a clipped piece of the sender's own
/// input and nothing else, so it may be shown to the sender.
package struct JSONError: Error, Hashable, CustomStringConvertible {
  /// Path of proto field names, `items[2].sku` or `labels["a"]`; empty for the whole document.
  package private(set) var path: String
  /// What was expected and what was found.
  package let rule: String

  package init(path: String = "", _ rule: String) {
    self.path = path
    self.rule = rule
  }

  package var description: String { path.isEmpty ? rule : "\(path): \(rule)" }

  /// The same error as seen from one level further out.
  func inside(_ field: String) -> JSONError {
    guard let first = path.utf8.first else { return JSONError(path: field, rule) }
    let dot = first == UInt8(ascii: "[") ? "" : "."
    return JSONError(path: field + dot + path, rule)
  }

  func inside(index: Int) -> JSONError { inside("[\(index)]") }

  func inside(key: String) -> JSONError { inside("[\"\(JSONError.clipped(key))\"]") }

  /// At most the first 40 scalars and no control characters, so that neither a megabyte of input
  /// nor a line break of the sender's choice comes back in an error or gets into a log.
  static func clipped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      guard index < 40 else { return String(result) + "…" }
      result.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}
