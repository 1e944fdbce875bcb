/// Reads what our side has written on a connection of HTTP/1.1: answers in a row, each with a status
/// line and the body that its fields announce.
struct AnswerCheck {
  private struct Head {
    var status = 0
    var length: Int?
    var isChunked = false
    var closes = false
  }

  private var rest: ArraySlice<UInt8>
  /// The connection ended while the client still read, so that nothing may be missing.
  private let isWhole: Bool

  init(_ bytes: [UInt8], isWhole: Bool) {
    rest = bytes[...]
    self.isWhole = isWhole
  }

  mutating func check() {
    var closes = false
    while !rest.isEmpty {
      if closes { broken("an answer after one that ends the connection") }
      guard let head = head() else { return }
      closes = head.closes
      guard head.status >= 200, head.status != 204, head.status != 304 else { continue }
      guard body(head) else { return }
    }
  }

  /// A head; nil when it is cut off.
  private mutating func head() -> Head? {
    guard let line = line() else { return nil }
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]),
      (100...599).contains(status)
    else { broken("a status line says \(line)") }
    var head = Head(status: status)
    while let line = self.line() {
      if line.isEmpty { return head }
      field(line, &head)
    }
    return nil
  }

  private func field(_ line: String, _ head: inout Head) {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
      broken("a field says \(line)")
    }
    guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 9 }) else {
      broken("a field has a control character: \(line)")
    }
    let value = line[line.utf8.index(after: colon)...].drop { $0 == " " }
    switch line[..<colon].lowercased() {
    case "content-length":
      guard let length = Int(value), length >= 0, head.length == nil, !head.isChunked else {
        broken("content-length says \(value)")
      }
      head.length = length
    case "transfer-encoding":
      guard value == "chunked", head.length == nil else { broken("a second length: \(value)") }
      head.isChunked = true
    case "connection": head.closes = value.lowercased() == "close"
    default: break
    }
  }

  /// Passes over a body; false when it is cut off.
  private mutating func body(_ head: Head) -> Bool {
    if let length = head.length {
      guard rest.count >= length else { return missing("\(length - rest.count) bytes of a body") }
      rest = rest.dropFirst(length)
      return true
    }
    guard head.isChunked else {
      guard head.closes else { broken("an answer has neither a length nor an end") }
      rest = []
      return true
    }
    // A handler may break off in the middle of a body in pieces, and the connection ends with it.
    while let line = line() {
      guard let count = Int(line, radix: 16), count >= 0 else { broken("a piece of \(line) bytes") }
      if count == 0 { return trailers() }
      guard rest.count >= count + 2 else { return false }
      rest = rest.dropFirst(count)
      guard rest.starts(with: [13, 10]) else { broken("a piece is longer than it says") }
      rest = rest.dropFirst(2)
    }
    return false
  }

  private mutating func trailers() -> Bool {
    while let line = line() {
      if line.isEmpty { return true }
      var head = Head()
      field(line, &head)
    }
    return false
  }

  private func missing(_ what: String) -> Bool {
    if isWhole { broken("an answer lacks \(what)") }
    return false
  }

  /// The next line without its end; nil when it is cut off.
  private mutating func line() -> String? {
    guard let end = rest.firstIndex(of: 10) else { return nil }
    let line = rest[..<end]
    guard line.last == 13 else { broken("a line ends without CR") }
    rest = rest[(end + 1)...]
    return String(decoding: line.dropLast(), as: UTF8.self)
  }
}
