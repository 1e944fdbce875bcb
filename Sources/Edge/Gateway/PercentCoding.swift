/// Percent-decoding of URLs. Nothing is guessed: a broken sequence or text that is not UTF-8 is nil.
enum PercentCoding {
  /// Decodes everything, or everything but an encoded slash.
  static func decode(_ text: Substring, keepingSlash: Bool = false) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    return decode(text.utf8, keepingSlash: keepingSlash, plusIsSpace: false)
  }

  /// Decodes a name or value of a query or form, where `+` is a space.
  static func decodeForm(_ text: Substring) -> String? {
    decode(text.utf8, keepingSlash: false, plusIsSpace: true)
  }

  private static func decode(
    _ text: Substring.UTF8View, keepingSlash: Bool, plusIsSpace: Bool
  ) -> String? {
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
    do {
      return String(copying: try UTF8Span(validating: bytes.span))
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
