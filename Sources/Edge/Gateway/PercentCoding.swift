/// Percent-decoding of URLs. Nothing is guessed: a broken sequence or text that is not UTF-8 is nil.
///
/// All of it works on bytes: looking for characters that a reader sees as one costs many times more,
/// and would find other separators than those of a URL.
enum PercentCoding {
  /// Decodes everything, or everything but an encoded slash.
  static func decode(_ text: ArraySlice<UInt8>, keepingSlash: Bool = false) -> String? {
    decode(text, keepingSlash: keepingSlash, plusIsSpace: false)
  }

  /// What is between the separators, empty parts too. The library's `split` takes several times as
  /// long, for it calls a function on each byte.
  static func parts(
    of text: ArraySlice<UInt8>, between separator: UInt8
  ) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    // As many as most paths and queries have.
    parts.reserveCapacity(8)
    var start = text.startIndex
    for index in text.indices where text[index] == separator {
      parts.append(text[start..<index])
      start = index + 1
    }
    parts.append(text[start...])
    return parts
  }

  /// The names and values of a query in their order; nil when one of them cannot be decoded.
  static func parameters(_ query: ArraySlice<UInt8>) -> [(name: String, value: String)]? {
    var parameters: [(name: String, value: String)] = []
    for part in parts(of: query, between: UInt8(ascii: "&")) where !part.isEmpty {
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      guard let name = decodeForm(part[..<equals]),
        let value = decodeForm(part[equals...].dropFirst())
      else { return nil }
      parameters.append((name, value))
    }
    return parameters
  }

  /// Decodes a name or value of a query or form, where `+` is a space.
  private static func decodeForm(_ text: ArraySlice<UInt8>) -> String? {
    decode(text, keepingSlash: false, plusIsSpace: true)
  }

  private static func decode(
    _ text: ArraySlice<UInt8>, keepingSlash: Bool, plusIsSpace: Bool
  ) -> String? {
    // Most say what they mean.
    guard text.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
      return string(text.span)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let first = iterator.next(), let high = digit(first), let second = iterator.next(),
          let low = digit(second)
        else { return nil }
        let value = high << 4 | low
        if keepingSlash, value == UInt8(ascii: "/") {
          bytes.append(contentsOf: [byte, first, second])
        } else {
          bytes.append(value)
        }
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return string(bytes.span)
  }

  private static func string(_ bytes: Span<UInt8>) -> String? {
    do {
      return String(copying: try UTF8Span(validating: bytes))
    } catch {
      // The caller's answer to nil says what is wrong.
      return nil
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
