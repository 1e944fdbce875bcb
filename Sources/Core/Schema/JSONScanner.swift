/// Reads a JSON document by the letter of RFC 8259, one token at a time.
///
/// The whole document is checked for UTF-8 once at the start, so that strings without escapes are
/// plain ranges of the input afterwards. No tree is built; a caller that must look ahead copies
/// the scanner, which costs a few words.
struct JSONScanner {
  /// Objects and arrays inside each other. Section 9 of the mapping leaves the number open; 100
  /// is what the binary reader uses for messages.
  static let depthMax = 100

  let bytes: [UInt8]
  private(set) var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) throws(JSONError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw JSONError("the document is not valid UTF-8")
    }
    self.bytes = bytes
  }

  // MARK: Tokens

  /// The first byte of the next token; 0 at the end, which is no token's first byte.
  mutating func peek() -> UInt8 {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return 0
  }

  mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard peek() == byte else {
      throw unexpected("'\(Character(UnicodeScalar(byte)))'")
    }
    position += 1
  }

  /// Takes `byte` if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  mutating func literal(_ word: String) throws(JSONError) {
    _ = peek()
    let start = position
    for byte in word.utf8 {
      guard position < bytes.count, bytes[position] == byte else {
        position = start
        throw unexpected("a value")
      }
      position += 1
    }
  }

  mutating func takeNull() throws(JSONError) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try literal("null")
    return true
  }

  mutating func bool() throws(JSONError) -> Bool {
    switch peek() {
    case UInt8(ascii: "t"):
      try literal("true")
      return true
    case UInt8(ascii: "f"):
      try literal("false")
      return false
    default:
      throw try expected("true or false")
    }
  }

  /// The range of a number; its grammar is checked, its value is not.
  mutating func number() throws(JSONError) -> Range<Int> {
    _ = peek()
    guard let end = JSONNumber.end(in: bytes[...], from: position) else {
      throw unexpected("a number")
    }
    let range = position..<end
    position = end
    return range
  }

  /// The document must end here, but for white space.
  mutating func finish() throws(JSONError) {
    _ = peek()
    guard position == bytes.count else { throw unexpected("the end of the document") }
  }

  // MARK: Objects and arrays

  mutating func beginObject() throws(JSONError) {
    guard peek() == UInt8(ascii: "{") else { throw try expected("an object") }
    try enter()
  }

  mutating func beginArray() throws(JSONError) {
    guard peek() == UInt8(ascii: "[") else { throw try expected("an array") }
    try enter()
  }

  /// The next key with its colon taken, or nil at the object's end.
  mutating func nextKey(first: inout Bool) throws(JSONError) -> JSONString? {
    guard try hasNext(first: &first, close: UInt8(ascii: "}")) else { return nil }
    guard peek() == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
    let key = try string()
    try expect(UInt8(ascii: ":"))
    return key
  }

  /// Whether another element follows; takes the comma or the closing bracket.
  mutating func hasElement(first: inout Bool) throws(JSONError) -> Bool {
    try hasNext(first: &first, close: UInt8(ascii: "]"))
  }

  private mutating func hasNext(first: inout Bool, close: UInt8) throws(JSONError) -> Bool {
    let byte = peek()
    if byte == close {
      position += 1
      depth -= 1
      return false
    }
    if first {
      first = false
      return true
    }
    guard byte == UInt8(ascii: ",") else {
      throw unexpected("',' or '\(Character(UnicodeScalar(close)))'")
    }
    position += 1
    // A trailing comma is refused here, where the message can say so.
    guard peek() != close else { throw unexpected("another member after ','") }
    return true
  }

  private mutating func enter() throws(JSONError) {
    depth += 1
    guard depth <= Self.depthMax else {
      throw JSONError("nested deeper than \(Self.depthMax) levels")
    }
    position += 1
  }

  /// Passes over any value and checks its grammar.
  mutating func skipValue() throws(JSONError) {
    switch peek() {
    case UInt8(ascii: "{"):
      try enter()
      var first = true
      while try nextKey(first: &first) != nil { try skipValue() }
    case UInt8(ascii: "["):
      try enter()
      var first = true
      while try hasElement(first: &first) { try skipValue() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: _ = try number()
    }
  }

  // MARK: Strings

  mutating func string() throws(JSONError) -> JSONString {
    guard peek() == UInt8(ascii: "\"") else { throw try expected("a string") }
    position += 1
    let start = position
    position = bytes.span.plainEnd(from: start)
    guard position < bytes.count else { throw unexpected("the end of the string") }
    switch bytes[position] {
    case UInt8(ascii: "\""):
      position += 1
      return .plain(start..<position - 1)
    case UInt8(ascii: "\\"):
      return .unescaped(try unescapedString(from: start))
    default:
      throw unexpected("no control character inside a string")
    }
  }

  private mutating func unescapedString(from start: Int) throws(JSONError) -> [UInt8] {
    var result = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return result
      case UInt8(ascii: "\\"):
        position += 1
        try appendEscape(to: &result)
      case 0..<0x20:
        throw unexpected("no control character inside a string")
      default:
        result.append(byte)
        position += 1
      }
    }
    throw unexpected("the end of the string")
  }

  private mutating func appendEscape(to result: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else { throw unexpected("an escape") }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      position += 1
      result.append(contentsOf: Array(String(try escapedScalar()).utf8))
      return
    default: throw unexpected("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
    }
    position += 1
  }

  /// The scalar of `\uXXXX` or of a pair of surrogates; the position is behind the first `u`.
  private mutating func escapedScalar() throws(JSONError) -> UnicodeScalar {
    let high = try hexQuad()
    if let scalar = UnicodeScalar(high) { return scalar }
    guard high < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw unexpected("no lone surrogate") }
    position += 2
    let low = try hexQuad()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = UnicodeScalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw unexpected("no lone surrogate") }
    return scalar
  }

  private mutating func hexQuad() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = hexDigit(bytes[position]) else {
        throw unexpected("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Errors

  /// A grammar error at the current byte.
  func unexpected(_ wanted: String) -> JSONError {
    guard position < bytes.count else {
      return JSONError("malformed JSON: expected \(wanted), found the end of the document")
    }
    return JSONError("malformed JSON at byte \(position): expected \(wanted)")
  }

  /// An error that names the value which comes next instead of the wanted one. Reads that value,
  /// so that malformed JSON is reported as such first.
  mutating func expected(_ wanted: String) throws(JSONError) -> JSONError {
    JSONError("expected \(wanted), found \(try describeValue())")
  }

  private mutating func describeValue() throws(JSONError) -> String {
    let first = peek()
    let start = position
    try skipValue()
    switch first {
    case UInt8(ascii: "{"): return "an object"
    case UInt8(ascii: "["): return "an array"
    default: return JSONError.clipped(String(decoding: bytes[start..<position], as: UTF8.self))
    }
  }
}

/// A string of a JSON document: a range of it, or bytes of its own when there were escapes.
enum JSONString {
  case plain(Range<Int>)
  case unescaped([UInt8])
}

extension JSONScanner {
  func bytes(of string: JSONString) -> ArraySlice<UInt8> {
    switch string {
    case .plain(let range): bytes[range]
    case .unescaped(let bytes): bytes[...]
    }
  }

  func text(of string: JSONString) -> String {
    String(decoding: bytes(of: string), as: UTF8.self)
  }
}

func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
