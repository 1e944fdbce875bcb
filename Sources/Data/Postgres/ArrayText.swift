/// The text form of a one-dimensional array: `{a,"b c",NULL}`.
enum ArrayText {
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let comma = UInt8(ascii: ",")

  /// Every element quoted, which is always right; `nil` is NULL.
  static func encode(_ elements: [[UInt8]?]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for (index, element) in elements.enumerated() {
      if index > 0 { text.append(comma) }
      guard let element else {
        text += "NULL".utf8
        continue
      }
      text.append(quote)
      for byte in element {
        if byte == quote || byte == backslash { text.append(backslash) }
        text.append(byte)
      }
      text.append(quote)
    }
    text.append(UInt8(ascii: "}"))
    return text
  }

  /// The elements, or `nil` when the text is no such array.
  static func decode(_ text: Span<UInt8>) -> [[UInt8]?]? {
    guard text.count >= 2, text[0] == UInt8(ascii: "{"),
      text[text.count - 1] == UInt8(ascii: "}")
    else { return nil }
    var elements: [[UInt8]?] = []
    var index = 1
    let end = text.count - 1
    while index < end {
      var element: [UInt8] = []
      let isQuoted = text[index] == quote
      if isQuoted {
        index += 1
        while true {
          guard index < end else { return nil }
          if text[index] == quote { break }
          if text[index] == backslash {
            index += 1
            guard index < end else { return nil }
          }
          element.append(text[index])
          index += 1
        }
        index += 1
      } else {
        while index < end, text[index] != comma {
          // A brace here opens a second dimension, which we have no use for.
          guard text[index] != UInt8(ascii: "{"), text[index] != quote else { return nil }
          element.append(text[index])
          index += 1
        }
      }
      elements.append(!isQuoted && element == Array("NULL".utf8) ? nil : element)
      guard index < end else { break }
      guard text[index] == comma, index + 1 < end else { return nil }
      index += 1
    }
    return elements
  }
}
