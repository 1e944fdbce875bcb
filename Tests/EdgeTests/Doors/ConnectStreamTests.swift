internal import Codings
@testable internal import Gateway
internal import HTTP
internal import RPC
internal import Schema
internal import TestHarness
internal import Testing

@Suite("Connect, streams", .timeLimit(.minutes(5)))
struct ConnectStreamTests {
  private func with(_ body: (DoorHarness) async throws -> Void) async throws {
    try await DoorHarness.with(Library().doors()) { try await body($0) }
  }

  private static let json: HTTPFields = ["content-type": "application/connect+json"]

  private func call(
    _ door: DoorHarness, _ method: String, _ messages: [String], _ fields: HTTPFields = json,
    version: HTTPVersion = .http2
  ) async -> Answer {
    let body = messages.flatMap { Envelope.bytes(Array($0.utf8)) }
    return await door.send(
      "POST", Library.service + method, bytes: body, fields: fields, version: version)
  }

  /// The messages, and the end, of an answer.
  private func read(_ answer: Answer) throws -> (messages: [String], end: JSONValue) {
    let all = try #require(envelopes(answer.body))
    let end = try #require(all.last)
    #expect(end.flags == Envelope.connectEnd)
    let value = try JSONValue(json: end.payload)
    return (all.dropLast().map { String(decoding: $0.payload, as: UTF8.self) }, value)
  }

  @Test("ends every stream with a message that says how")
  func serverStreaming() async throws {
    try await with { door in
      let two = await call(door, "Watch", ["{\"pages\":2}"])
      #expect(two.status == 200)
      #expect(two.fields["content-type"] == "application/connect+json")
      let good = try read(two)
      #expect(good.messages == ["{\"pages\":\"2\"}", "{\"pages\":\"2\"}"])
      #expect(good.end == .object([]))
      let broken = try read(await call(door, "Watch", ["{\"pages\":3,\"available\":true}"]))
      #expect(broken.messages.count == 3)
      #expect(broken.end["error"]?["code"]?.text == "aborted")
      let refused = await call(door, "Watch", ["{}"])
      #expect(refused.status == 200)
      let early = try read(refused)
      #expect(early.messages.isEmpty && early.end["error"]?["code"]?.text == "not_found")
    }
  }

  @Test("serves streams of requests, those of both ways over HTTP/2 only")
  func clientStreaming() async throws {
    try await with { door in
      let books = ["{\"title\":\"a\"}", "{\"pages\":7}"]
      for version in [HTTPVersion.http1, .http2] {
        let answer = await call(door, "Merge", books, version: version)
        let merged = try read(answer)
        #expect(merged.messages == ["{\"title\":\"a\",\"pages\":\"7\"}"])
        #expect(merged.end["metadata"]?["x-last"] == .array([.string("2")]))
        #expect(answer.fields["x-first"] == "1")
      }
      let talk = try read(await call(door, "Talk", books))
      #expect(talk.messages == ["{\"title\":\"a\"}", "{\"pages\":\"7\"}"])
      let old = await call(door, "Talk", books, version: .http1)
      #expect(old.status == 505)
    }
  }

  @Test("speaks protobuf as well")
  func proto() async throws {
    try await with { door in
      let sent = Envelope.bytes(book("{\"pages\":1}"))
      let answer = await door.send(
        "POST", Library.service + "Watch", bytes: sent,
        fields: ["content-type": "application/connect+proto"])
      let end = Envelope.bytes(Array("{}".utf8), flags: Envelope.connectEnd)
      #expect(answer.body == sent + end)
      // Field 3 with its default value: a stream of no messages.
      let none = await door.send(
        "POST", Library.service + "Watch", bytes: Envelope.bytes([3 << 3, 0]),
        fields: ["content-type": "application/connect+proto"])
      #expect(none.status == 200 && none.body == end)
    }
  }

  @Test("says what breaks the framing in the end message")
  func refuses() async throws {
    let cases: [(body: [UInt8], code: String)] = [
      ([], "internal"), ([0, 0, 0], "internal"), ([0, 0, 0, 0, 3, 0x7B], "internal"),
      ([0, 0, 0, 0x27, 0x11], "resource_exhausted"), ([2, 0, 0, 0, 2, 0x7B, 0x7D], "internal"),
      ([4, 0, 0, 0, 2, 0x7B, 0x7D], "internal"), ([1, 0, 0, 0, 2, 0x7B, 0x7D], "internal"),
      (Envelope.bytes([0x7B]), "invalid_argument"),
      (
        Envelope.bytes(Array("{\"pages\":1}".utf8)) + Envelope.bytes(Array("{}".utf8)),
        "unimplemented"
      ),
    ]
    try await with { door in
      for (body, code) in cases {
        let answer = await door.send(
          "POST", Library.service + "Watch", bytes: body, fields: Self.json)
        let (messages, end) = try read(answer)
        #expect(answer.status == 200 && messages.isEmpty)
        #expect(end["error"]?["code"]?.text == code, "\(body)")
      }
      for (name, value) in [("connect-timeout-ms", "x"), ("connect-protocol-version", "9")] {
        var fields = Self.json
        fields.add(name, value)
        let (_, end) = try read(await call(door, "Watch", ["{\"pages\":1}"], fields))
        #expect(end["error"]?["code"]?.text == "invalid_argument")
      }
      let (_, unknown) = try read(await call(door, "Nothing", ["{}"]))
      #expect(unknown["error"]?["code"]?.text == "unimplemented")
    }
  }

  @Test("takes no body that was cut off for a stream that has ended")
  func truncated() async throws {
    let whole = Envelope.bytes(Array("{\"title\":\"a\"}".utf8))
    try await with { door in
      for cut in [whole + whole.dropLast(), whole + whole.prefix(3)] {
        let answer = await door.send(
          "POST", Library.service + "Merge", bytes: Array(cut), fields: Self.json)
        let (messages, end) = try read(answer)
        #expect(messages.isEmpty && end["error"]?["code"]?.text == "internal")
      }
    }
  }

  @Test("compresses message by message for whoever does the same, within the limit")
  func compression() async throws {
    try await with { door in
      var fields = Self.json
      fields.add("connect-content-encoding", "gzip")
      fields.add("connect-accept-encoding", "gzip")
      let json = Array("{\"pages\":1,\"name\":\"\(String(repeating: "a", count: 900))\"}".utf8)
      let gzip = Envelope.bytes(Coding.gzip.compress(json), flags: 1)
      let answer = await door.send(
        "POST", Library.service + "Watch", bytes: gzip, fields: fields)
      #expect(answer.fields["connect-content-encoding"] == "gzip")
      let all = try #require(envelopes(answer.body))
      #expect(all.map(\.flags) == [1, 2])
      let bomb = Coding.gzip.compress([UInt8](repeating: 0x20, count: 10_001))
      let refused = await door.send(
        "POST", Library.service + "Watch", bytes: Envelope.bytes(bomb, flags: 1), fields: fields)
      #expect(try read(refused).end["error"]?["code"]?.text == "resource_exhausted")
      #expect(refused.bombs == 1)
      var other = Self.json
      other.add("connect-content-encoding", "br")
      let unknown = await door.send(
        "POST", Library.service + "Watch", bytes: gzip, fields: other)
      #expect(try read(unknown).end["error"]?["code"]?.text == "unimplemented")
      #expect(unknown.fields["connect-accept-encoding"] == "gzip, deflate")
    }
  }
}
