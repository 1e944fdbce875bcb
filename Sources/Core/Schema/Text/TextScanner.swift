/// The words of a text: names, numbers, strings and signs.
struct TextScanner {
  enum Token: Equatable {
    case name(String)
    /// A number as it is written, without a sign.
    case number(String)
    case string([UInt8])
    case sign(UInt8)
    case end
  }

  private let text: [UInt8]
  private var position = 0
  private(set) var token = Token.end
  /// Where ``token`` begins.
  private var start = 0

  init(_ text: String) throws(TextError) {
    self.text = Array(text.utf8)
    try advance()
  }

  /// An error at the current token.
  func error(_ reason: String) -> TextError {
    let before = text[..<start]
    let line = before.count { $0 == 0x0a } + 1
    let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    return TextError(reason, line: line, column: start - lineStart + 1)
  }

  /// The current token as an error shows it.
  var words: String {
    switch token {
    case .name(let name): "`\(JSONError.clipped(name))`"
    case .number(let number): "`\(JSONError.clipped(number))`"
    case .string: "a string"
    case .sign(let byte): "`\(UnicodeScalar(byte))`"
    case .end: "the end"
    }
  }

  mutating func take(_ sign: Unicode.Scalar) throws(TextError) -> Bool {
    guard token == .sign(UInt8(ascii: sign)) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ sign: Unicode.Scalar) throws(TextError) {
    guard try take(sign) else { throw error("expected `\(sign)`, found \(words)") }
  }

  // MARK: Tokens

  mutating func advance() throws(TextError) {
    skipSpace()
    start = position
    guard position < text.count else { return token = .end }
    let byte = text[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): token = .string(try string(until: byte))
    case _ where TextFormat.isDigit(byte) || isPointBeforeDigit: token = .number(number())
    case _ where TextFormat.isLetter(byte) || byte == UInt8(ascii: "_"): token = .name(name())
    case 0x21..<0x7f:
      position += 1
      token = .sign(byte)
    default: throw error("found a character that has no meaning")
    }
  }

  private var isPointBeforeDigit: Bool {
    text[position] == UInt8(ascii: ".") && position + 1 < text.count
      && TextFormat.isDigit(text[position + 1])
  }

  /// Spaces, line breaks and comments from `#` to the end of the line.
  private mutating func skipSpace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09...0x0d: position += 1
      case UInt8(ascii: "#"):
        position = text[position...].firstIndex(of: 0x0a) ?? text.count
      default: return
      }
    }
  }

  private mutating func name() -> String {
    let end =
      text[position...].firstIndex {
        !TextFormat.isLetter($0) && !TextFormat.isDigit($0) && $0 != UInt8(ascii: "_")
      } ?? text.count
    defer { position = end }
    return String(decoding: text[position..<end], as: UTF8.self)
  }

  /// Everything that can be part of a number; what it means is for its field to say.
  private mutating func number() -> String {
    var end = position
    var isSignAllowed = false
    let isHexadecimal =
      text[position...].starts(with: "0x".utf8) || text[position...].starts(with: "0X".utf8)
    while end < text.count {
      let byte = text[end]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      guard
        TextFormat.isDigit(byte) || TextFormat.isLetter(byte) || byte == UInt8(ascii: ".")
          || isSign && isSignAllowed
      else { break }
      isSignAllowed =
        !isHexadecimal && (byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"))
      end += 1
    }
    defer { position = end }
    return String(decoding: text[position..<end], as: UTF8.self)
  }

  // MARK: Strings

  private mutating func string(until quote: UInt8) throws(TextError) -> [UInt8] {
    position += 1
    var bytes: [UInt8] = []
    while position < text.count, text[position] != 0x0a {
      let byte = text[position]
      position += 1
      if byte == quote { return bytes }
      if byte == UInt8(ascii: "\\") { try escape(&bytes) } else { bytes.append(byte) }
    }
    throw error("a string without an end")
  }

  private mutating func escape(_ bytes: inout [UInt8]) throws(TextError) {
    guard position < text.count else { throw error("a string without an end") }
    let byte = text[position]
    position += 1
    switch byte {
    case UInt8(ascii: "a"): bytes.append(0x07)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0c)
    case UInt8(ascii: "n"): bytes.append(0x0a)
    case UInt8(ascii: "r"): bytes.append(0x0d)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "v"): bytes.append(0x0b)
    case UInt8(ascii: "?"), UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      bytes.append(byte)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      position -= 1
      bytes.append(try byteValue(radix: 8, digits: 3))
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      bytes.append(try byteValue(radix: 16, digits: 2))
    case UInt8(ascii: "u"): try scalar(digits: 4, &bytes)
    case UInt8(ascii: "U"): try scalar(digits: 8, &bytes)
    default: throw error("a string with an escape that does not exist")
    }
  }

  private mutating func byteValue(radix: UInt32, digits: Int) throws(TextError) -> UInt8 {
    guard let byte = UInt8(exactly: try value(radix: radix, 1...digits)) else {
      throw error("a string with an escape above 255")
    }
    return byte
  }

  private mutating func scalar(digits: Int, _ bytes: inout [UInt8]) throws(TextError) {
    guard let scalar = UnicodeScalar(try value(radix: 16, digits...digits)) else {
      throw error("a string with an escape that is no character")
    }
    bytes += Array(String(Character(scalar)).utf8)
  }

  private mutating func value(
    radix: UInt32, _ count: ClosedRange<Int>
  ) throws(TextError) -> UInt32 {
    var value: UInt32 = 0
    var digits = 0
    while digits < count.upperBound, position < text.count,
      let digit = Character(UnicodeScalar(text[position])).hexDigitValue, digit < radix
    {
      value = value &* radix &+ UInt32(digit)
      digits += 1
      position += 1
    }
    guard count.contains(digits) else { throw error("a string with an escape without its digits") }
    return value
  }
}
