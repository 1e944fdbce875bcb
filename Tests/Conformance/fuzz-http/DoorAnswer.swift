internal import HTTP
internal import RPCTransport
internal import Reactor
internal import Schema
internal import TestHarness

/// What a door has said, and what must be so of any of its answers.
struct DoorAnswer: CustomStringConvertible {
  private let status: Int
  private let fields: [(name: String, value: String)]
  private let body: [UInt8]
  private let trailers: [(name: String, value: String)]
  private let reset: UInt32?
  let isComplete: Bool

  init(_ answer: Answer, isComplete: Bool) {
    status = answer.status
    fields = Array(answer.fields)
    body = answer.body
    trailers = answer.trailers.map { Array($0) } ?? []
    reset = answer.reset
    self.isComplete = isComplete
  }

  var description: String {
    "\(status) \(told(fields)) \(body.count) \(String(decoding: body.prefix(100), as: UTF8.self))"
      + " \(told(trailers)) \(reset.map(String.init) ?? "")"
  }

  private subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The same but for the span's number, which is drawn anew for each call. Of two mistakes in a
  /// body the one that comes first may be told, or the one that is found first.
  func isSame(as other: DoorAnswer) -> Bool {
    if hasFailed, other.hasFailed { return true }
    return status == other.status && reset == other.reset && body == other.body
      && told(fields) == told(other.fields) && told(trailers) == told(other.trailers)
  }

  /// The door or the handler has refused the request.
  private var hasFailed: Bool {
    if status >= 400 || reset != nil { return true }
    if let status = (trailers + fields).first(where: { $0.name == "grpc-status" }) {
      return status.value != "0"
    }
    // What the other doors have at the end of a body, as text or in base64.
    let type = self["content-type"] ?? ""
    let bytes = type.hasPrefix("application/grpc-web-text") ? Self.texts(body) ?? [] : body
    let end = String(decoding: bytes.suffix(2_000), as: UTF8.self)
    return type.hasPrefix("application/grpc-web") && !end.contains("grpc-status: 0\r\n")
      || type.hasPrefix("application/connect+") && end.contains("\"error\"")
      || end.contains("\"error\":{\"code\"")
  }

  private func told(_ fields: [(name: String, value: String)]) -> [String] {
    fields.filter { $0.name != "x-trace" }.map { "\($0.name): \($0.value)" }
  }

  func check(_ request: DoorRequest) {
    for (name, value) in fields + trailers { checkField(name, value) }
    guard isComplete, reset == nil else { return }
    guard (200...599).contains(status) else { broken("an answer has status \(status)") }
    // The answer to HEAD says what there would be.
    if request.head.isHead { return }
    if let length = self["content-length"], status != 304 {
      guard Int(length) == body.count else { broken("\(length) bytes are \(body.count)") }
    }
    let type = self["content-type"] ?? ""
    if type.hasPrefix("application/grpc-web-text") {
      guard let bytes = Self.texts(body) else { broken("a text of gRPC-Web is no base64") }
      checkWeb(bytes)
    } else if type.hasPrefix("application/grpc-web") {
      checkWeb(body)
    } else if type.hasPrefix("application/grpc") {
      checkGRPC()
    } else if type.hasPrefix("application/connect+") {
      checkConnect()
    } else if type.hasPrefix("application/json") {
      checkJSON(body)
    }
  }

  /// Nothing in it may end a line, or begin another field.
  private func checkField(_ name: String, _ value: String) {
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x3a }) else {
      broken("a field is called \(name)")
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 9 }) else {
      broken("\(name) has a control character")
    }
  }

  private func checkStatus(_ fields: [(name: String, value: String)]) {
    let statuses = fields.filter { $0.name == "grpc-status" }
    guard statuses.count == 1, let code = Int(statuses[0].value), (0...16).contains(code) else {
      broken("an answer of gRPC ends with \(statuses)")
    }
  }

  private func checkGRPC() {
    guard status == 200 else { return }
    _ = envelopes(body)
    checkStatus(trailers.isEmpty ? fields : trailers)
  }

  private func checkWeb(_ body: [UInt8]) {
    guard status == 200, !body.isEmpty else { return }
    guard let last = envelopes(body).last, last.flags & 0x80 != 0 else {
      broken("an answer of gRPC-Web has no trailers")
    }
    var found: [(name: String, value: String)] = []
    for line in last.content.split(separator: 10) {
      guard line.last == 13, let colon = line.firstIndex(of: 0x3a) else {
        broken("trailers of gRPC-Web are malformed")
      }
      let value = line[(colon + 1)...].dropLast().drop { $0 == 0x20 }
      found.append(
        (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
    for (name, value) in found { checkField(name, value) }
    checkStatus(found)
  }

  private func checkConnect() {
    guard status == 200 else { broken("a stream of Connect has status \(status)") }
    guard let last = envelopes(body).last, last.flags & 2 != 0 else {
      broken("a stream of Connect has no end")
    }
    if last.flags & 1 == 0 { checkJSON(last.content) }
  }

  private func checkJSON(_ text: [UInt8]) {
    // What is compressed is another matter.
    guard self["content-encoding"] == nil, (try? JSONValue(json: text)) == nil else { return }
    broken("what is to be JSON is not: \(String(decoding: text.prefix(200), as: UTF8.self))")
  }

  private func envelopes(_ body: [UInt8]) -> [(flags: UInt8, content: [UInt8])] {
    var all: [(flags: UInt8, content: [UInt8])] = []
    var rest = body[...]
    while !rest.isEmpty {
      let prefix = rest.prefix(5)
      let length = prefix.dropFirst().reduce(0) { $0 << 8 | Int($1) }
      guard let flags = prefix.first, prefix.count == 5, rest.count >= 5 + length else {
        broken("an envelope is cut off")
      }
      all.append((flags, Array(rest.dropFirst(5).prefix(length))))
      rest = rest.dropFirst(5 + length)
    }
    return all
  }

  /// The bytes of texts in a row, each of which may end in padding.
  private static func texts(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      guard let part = Base64.decode(rest.prefix(4)) else { return nil }
      bytes += part
      rest = rest.dropFirst(4)
    }
    return bytes
  }
}
