/// Reads the markup that a voice webhook answers with: elements, attributes and text, with the
/// five named entities and numeric ones. Declarations and comments are passed over; document
/// types are refused, as nobody who answers a webhook has a use for them.
struct TwiMLReader {
  /// Answers are flat; a deeper one is a mistake.
  private static let depthMax = 8

  private let text: [UInt8]
  private var position = 0

  /// The one element of a document.
  static func read(_ document: [UInt8]) throws(TwiMLError) -> TwiMLElement {
    var reader = TwiMLReader(text: document)
    try reader.skipMisc()
    let root = try reader.element(depth: 0)
    try reader.skipMisc()
    guard reader.position == document.count else {
      throw reader.malformed("text after the document")
    }
    return root
  }

  private init(text: [UInt8]) { self.text = text }

  private mutating func element(depth: Int) throws(TwiMLError) -> TwiMLElement {
    guard depth < Self.depthMax else { throw malformed("elements nested too deeply") }
    guard take("<") else { throw malformed("an element was expected") }
    var element = TwiMLElement(name: try name())
    while true {
      let spaced = skipSpace()
      if take("/>") { return element }
      if take(">") { break }
      guard spaced else { throw malformed("a space was expected before an attribute") }
      let name = try name()
      _ = skipSpace()
      guard take("=") else { throw malformed("the attribute \(name) has no value") }
      _ = skipSpace()
      guard element.attributes.updateValue(try quoted(), forKey: name) == nil else {
        throw malformed("the attribute \(name) stands twice")
      }
    }
    while true {
      if take("</") {
        guard try name() == element.name else { throw malformed("<\(element.name)> is not closed") }
        _ = skipSpace()
        guard take(">") else { throw malformed("</\(element.name) is not closed") }
        return element
      } else if starts(with: "<!--") {
        try skip(past: "-->")
      } else if starts(with: "<![CDATA[") {
        position += 9
        let start = position
        try skip(past: "]]>")
        element.text += try string(text[start..<position - 3])
      } else if starts(with: "<") {
        element.children.append(try self.element(depth: depth + 1))
      } else {
        element.text += try characters(until: UInt8(ascii: "<"))
      }
    }
  }

  private mutating func skipMisc() throws(TwiMLError) {
    while true {
      _ = skipSpace()
      if starts(with: "<?") {
        try skip(past: "?>")
      } else if starts(with: "<!--") {
        try skip(past: "-->")
      } else {
        return
      }
    }
  }

  private mutating func quoted() throws(TwiMLError) -> String {
    guard position < text.count,
      text[position] == UInt8(ascii: "\"") || text[position] == UInt8(ascii: "'")
    else { throw malformed("an attribute's value is not in quotes") }
    let quote = text[position]
    position += 1
    let value = try characters(until: quote)
    position += 1
    return value
  }

  private mutating func characters(until end: UInt8) throws(TwiMLError) -> String {
    var result: [UInt8] = []
    while position < text.count, text[position] != end {
      if text[position] == UInt8(ascii: "&") {
        result += try entity()
      } else {
        result.append(text[position])
        position += 1
      }
    }
    guard position < text.count else { throw malformed("the document ends too early") }
    return try string(result[...])
  }

  private mutating func entity() throws(TwiMLError) -> [UInt8] {
    let start = position + 1
    // The longest is &#x10FFFF;
    guard
      let end = text[start...].prefix(9).firstIndex(of: UInt8(ascii: ";"))
    else { throw malformed("a lone &") }
    let name = String(decoding: text[start..<end], as: UTF8.self)
    position = end + 1
    switch name {
    case "amp": return Array("&".utf8)
    case "lt": return Array("<".utf8)
    case "gt": return Array(">".utf8)
    case "quot": return Array("\"".utf8)
    case "apos": return Array("'".utf8)
    default: break
    }
    let code =
      name.hasPrefix("#x")
      ? UInt32(name.dropFirst(2), radix: 16)
      : name.hasPrefix("#") ? UInt32(name.dropFirst(), radix: 10) : nil
    guard let code, let scalar = Unicode.Scalar(code) else {
      throw malformed("unknown entity &\(name);")
    }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func name() throws(TwiMLError) -> String {
    let start = position
    while position < text.count, Self.isName(text[position]) { position += 1 }
    guard position > start else { throw malformed("a name was expected") }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    case UInt8(ascii: ":"), UInt8(ascii: "."): true
    default: false
    }
  }

  private mutating func skipSpace() -> Bool {
    let start = position
    while position < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[position]) { position += 1 }
    return position > start
  }

  private mutating func skip(past end: StaticString) throws(TwiMLError) {
    while position < text.count, !starts(with: end) { position += 1 }
    guard take(end) else { throw malformed("the document ends too early") }
  }

  private func starts(with token: StaticString) -> Bool {
    text[position...].starts(with: token.description.utf8)
  }

  private mutating func take(_ token: StaticString) -> Bool {
    guard starts(with: token) else { return false }
    position += token.utf8CodeUnitCount
    return true
  }

  private func string(_ bytes: ArraySlice<UInt8>) throws(TwiMLError) -> String {
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw malformed("text that is not UTF-8")
    }
    return string
  }

  private func malformed(_ reason: String) -> TwiMLError {
    TwiMLError(reason: reason, position: position)
  }
}

/// An element of a voice answer, e.g. `<Say language="de-DE">Hallo</Say>`.
struct TwiMLElement: Hashable, Sendable {
  let name: String
  var attributes: [String: String] = [:]
  var text = ""
  var children: [TwiMLElement] = []
}

/// Why an answer is not well-formed.
package struct TwiMLError: Error, Hashable, Sendable {
  package let reason: String
  /// Bytes before the place.
  package let position: Int
}
