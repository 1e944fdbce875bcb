internal import Codings
@testable internal import Gateway
internal import HTTP
internal import RPC
internal import TestHarness
internal import Testing
internal import Wire

@Suite("gRPC-Web", .timeLimit(.minutes(5)))
struct GRPCWebDoorTests {
  private func with(_ body: (DoorHarness, Library) async throws -> Void) async throws {
    let library = Library()
    try await DoorHarness.with(library.doors()) { try await body($0, library) }
  }

  private static let binary: HTTPFields = ["content-type": "application/grpc-web+proto"]
  private static let text: HTTPFields = ["content-type": "application/grpc-web-text"]

  private func call(
    _ door: DoorHarness, _ method: String, _ body: [UInt8], _ fields: HTTPFields = binary
  ) async -> Answer {
    await door.send("POST", Library.service + method, bytes: body, fields: fields)
  }

  @Test("answers with the message and the trailers in the body")
  func unary() async throws {
    try await with { door, _ in
      let sent = book("{\"title\":\"ä\"}")
      let answer = await call(door, "Create", Envelope.bytes(sent))
      #expect(answer.status == 200)
      #expect(answer.fields["content-type"] == "application/grpc-web+proto")
      #expect(
        answer.body
          == Envelope.bytes(sent) + Envelope.bytes(Array("grpc-status: 0\r\n".utf8), flags: 0x80))
      #expect(answer.trailers == nil)
    }
  }

  @Test("speaks base64 in pieces of their own, both ways or one way")
  func text() async throws {
    try await with { door, _ in
      let sent = Envelope.bytes(book("{\"pages\":2}"))
      let trailers = Envelope.bytes(Array("grpc-status: 0\r\n".utf8), flags: 0x80)
      let pieces = TextStream.encode(Array(sent[..<4])) + TextStream.encode(Array(sent[4...]))
      let answer = await call(door, "Watch", pieces, Self.text)
      #expect(answer.fields["content-type"] == "application/grpc-web-text")
      #expect(
        answer.body
          == TextStream.encode(sent) + TextStream.encode(sent) + TextStream.encode(trailers))
      var fields = Self.text
      fields.add("accept", "application/grpc-web+proto")
      let mixed = await call(door, "Create", TextStream.encode(sent), fields)
      #expect(mixed.body == sent + trailers)
      fields = Self.binary
      fields.add("accept", "application/grpc-web-text")
      let other = await call(door, "Create", sent, fields)
      #expect(other.body == TextStream.encode(sent) + TextStream.encode(trailers))
      let broken = await call(door, "Create", Array("AAA*".utf8), Self.text)
      #expect(broken.fields["grpc-status"] == "13")
    }
  }

  @Test("says an error before the first message in the headers, a later one in the body")
  func errors() async throws {
    try await with { door, _ in
      let failed = await call(door, "Fail", Envelope.bytes(book("{\"pages\":5}")))
      #expect(failed.status == 200 && failed.body.isEmpty)
      #expect(failed.fields["grpc-status"] == "5" && failed.fields["grpc-message"] == "it failed")
      #expect(failed.fields["grpc-status-details-bin"] != nil)
      let broken = await call(
        door, "Watch", Envelope.bytes(book("{\"pages\":3,\"available\":true}")))
      let all = try #require(envelopes(broken.body))
      #expect(all.map(\.flags) == [0, 0, 0, 0x80])
      let trailers = trailerLines(all[3].payload)
      #expect(trailers["grpc-status"] == "10" && trailers["grpc-message"] == "broken off")
      #expect(broken.fields["grpc-status"] == nil)
    }
  }

  @Test("serves streams of requests")
  func streams() async throws {
    try await with { door, _ in
      let two =
        Envelope.bytes(book("{\"title\":\"a\"}")) + Envelope.bytes(book("{\"pages\":7}"))
      let merged = await call(door, "Merge", two)
      let all = try #require(envelopes(merged.body))
      #expect(bookJSON(all[0].payload) == "{\"title\":\"a\",\"pages\":\"7\"}")
      #expect(merged.fields["x-first"] == "1")
      #expect(trailerLines(all[1].payload)["x-last"] == "2")
      let talk = await call(door, "Talk", two)
      #expect(envelopes(talk.body)?.count == 3)
      let none = await call(door, "Talk", [])
      #expect(envelopes(none.body)?.map(\.flags) == [0x80])
    }
  }

  @Test("takes no body that was cut off for a stream that has ended", arguments: [true, false])
  func truncated(isText: Bool) async throws {
    let whole = Envelope.bytes(book("{\"title\":\"a\"}"))
    let cut = whole + whole.dropLast()
    var fields = Self.binary
    if isText { fields = ["content-type": "application/grpc-web-text"] }
    try await with { door, _ in
      let answer = await call(door, "Merge", isText ? TextStream.encode(cut) : cut, fields)
      #expect(answer.fields["grpc-status"] == "13")
      // The last message of the text may come at its end, for want of padding.
      let good = await call(
        door, "Merge",
        isText ? TextStream.encode(whole).filter { $0 != UInt8(ascii: "=") } : whole, fields)
      #expect(good.fields["grpc-status"] == nil && good.status == 200)
    }
  }

  @Test("cuts an error that is longer than clients take")
  func longErrors() throws {
    let form = try #require(GRPCWebForm(contentType: "application/grpc-web", accept: nil))
    var error = RPCError(.invalidArgument, String(repeating: "x", count: 100_000))
    error.add(RetryInfo(retryDelay: ProtoDuration(seconds: 4)))
    let fields = GRPCWebCall.refusal(error, Metadata(), form, requestID: "r")
    let message = fields["grpc-message"] ?? ""
    #expect((100...8_000).contains(message.utf8.count))
    #expect(fields["grpc-status-details-bin"] != nil)
  }

  @Test("says an error with its own metadata and that of the call")
  func errorMetadata() throws {
    let form = try #require(GRPCWebForm(contentType: "application/grpc-web", accept: nil))
    var error = RPCError(.aborted, "broken off")
    error.metadata = ["x-error": "1"]
    let fields = GRPCWebCall.refusal(error, ["x-call": "2"], form, requestID: "r")
    #expect(fields["x-error"] == "1" && fields["x-call"] == "2")
  }

  @Test("refuses what breaks the framing")
  func refuses() async throws {
    try await with { door, _ in
      let cases: [(body: [UInt8], status: String)] = [
        ([], "13"), ([0, 0, 0, 0], "13"), ([0, 0, 0, 0, 2, 8], "13"), ([2, 0, 0, 0, 0], "13"),
        ([0x80, 0, 0, 0, 0], "13"), ([1, 0, 0, 0, 0], "13"), ([0, 0, 0, 0x27, 0x11], "8"),
        (Envelope.bytes([]) + Envelope.bytes([]), "12"),
      ]
      for (body, status) in cases {
        let answer = await call(door, "Create", body)
        #expect(answer.status == 200 && answer.fields["grpc-status"] == status, "\(body)")
      }
      let unknown = await call(door, "Nothing", Envelope.bytes([]))
      #expect(unknown.fields["grpc-status"] == "12")
      let get = await door.send("GET", Library.service + "Create", fields: Self.binary)
      #expect(get.status == 405 && get.fields["allow"] == "POST")
      let json = await call(
        door, "Create", [], ["content-type": "application/grpc-web+json"])
      #expect(json.status == 415 && json.fields["accept-post"] != nil)
    }
  }

  @Test("inflates within the limit and compresses for whoever does the same")
  func compression() async throws {
    try await with { door, _ in
      var fields = Self.binary
      fields.add("grpc-encoding", "gzip")
      fields.add("grpc-accept-encoding", "identity, gzip")
      let long = book("{\"title\":\"\(String(repeating: "a", count: 5_000))\"}")
      let sent = Envelope.bytes(Coding.gzip.compress(long), flags: 1)
      let answer = await call(door, "Create", sent, fields)
      #expect(answer.fields["grpc-encoding"] == "gzip")
      let all = try #require(envelopes(answer.body))
      #expect(all.map(\.flags) == [1, 0x80])
      let inflated = try Coding.gzip.inflate(all[0].payload, bytesMax: 10_000)
      #expect(inflated == long)
      let bomb = Coding.gzip.compress([UInt8](repeating: 0, count: 10_001))
      let refused = await call(door, "Create", Envelope.bytes(bomb, flags: 1), fields)
      #expect(refused.fields["grpc-status"] == "8" && refused.bombs == 1)
      let corrupt = await call(door, "Create", Envelope.bytes([1, 2, 3], flags: 1), fields)
      #expect(corrupt.fields["grpc-status"] == "13")
      var other = Self.binary
      other.add("grpc-encoding", "br")
      let unknown = await call(door, "Create", sent, other)
      #expect(unknown.fields["grpc-status"] == "12")
      #expect(unknown.fields["grpc-accept-encoding"] == "gzip, deflate")
    }
  }

  @Test("keeps to deadlines and passes on metadata, not what is HTTP's or the browser's")
  func heads() async throws {
    try await with { door, library in
      var fields = Self.binary
      fields.add("grpc-timeout", "1m")
      let late = await call(door, "Wait", Envelope.bytes([]), fields)
      #expect(late.fields["grpc-status"] == "4")
      fields = Self.binary
      fields.add("grpc-timeout", "1x")
      let malformed = await call(door, "Create", Envelope.bytes([]), fields)
      #expect(malformed.fields["grpc-status"] == "13")
      fields = Self.binary
      for (name, value) in [
        ("authorization", "Bearer t"), ("x-grpc-web", "1"), ("cookie", "a=b"), ("origin", "x"),
        ("sec-fetch-mode", "cors"), ("x-forwarded-for", "1.2.3.4"), ("x-tag", "a"),
        ("data-bin", "AAE"), ("x-request-id", "r-1"),
      ] { fields.add(name, value) }
      let answer = await call(door, "Create", Envelope.bytes([]), fields)
      #expect(answer.fields["x-request-id"] == "r-1")
      let context = try #require(library.log.all.last)
      #expect(
        context.metadata.entries.map(\.name)
          == ["authorization", "x-tag", "data-bin", "x-request-id"])
      #expect(context.door == .grpcWeb && context.requestID == "r-1")
      fields = Self.binary
      fields.add("data-bin", "*")
      let wrong = await call(door, "Create", Envelope.bytes([]), fields)
      #expect(wrong.fields["grpc-status"] == "13")
    }
  }

  @Test("every prefix and every changed byte of a request is answered without a trap")
  func mutations() async throws {
    try await with { door, _ in
      let body = Envelope.bytes(book("{\"title\":\"a\",\"pages\":1}"))
      for position in body.indices {
        for byte in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
          var changed = body
          changed[position] = byte
          for bytes in [changed, Array(changed[..<position])] {
            let answer = await call(door, "Create", bytes)
            #expect(answer.status == 200)
          }
        }
      }
    }
  }
}
