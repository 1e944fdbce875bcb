internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Testing
internal import Wire

/// What a client makes of answers that our server would never give.
@Suite("answers against the rules", .timeLimit(.minutes(5)))
struct ForeignAnswerTests {
  private static let message = framed(Echo(text: "hello").wireBytes())
  private static let ok: HTTPFields = ["grpc-status": "0"]

  private func call(_ answer: ScriptedAnswer) async throws -> Result<Echo, RPCError> {
    var result = Result<Echo, RPCError>.failure(.cancelled)
    try await withServer(answer) { client in
      do throws(RPCError) {
        result = .success(try await client.unary(EchoMethods.echo, Echo()))
      } catch {
        result = .failure(error)
      }
    }
    return result
  }

  @Test("a plain answer is taken, so that what follows fails for its own reason")
  func plain() async throws {
    let result = try await call(ScriptedAnswer(body: Self.message, trailers: Self.ok))
    #expect(try result.get().text == "hello")
  }

  @Test(
    "an answer that breaks the framing or has not one message",
    arguments: [
      (message + message, [.unimplemented, .internal]), ([], [.internal]),
      ([2, 0, 0, 0, 0], [.internal]), ([1, 0, 0, 0, 0], [.internal]),
      ([0, 0, 0, 0, 9, 1], [.internal]), ([0, 0, 0], [.internal]),
      (message + [0], [.internal]), ([0, 0xff, 0xff, 0xff, 0xff], [.resourceExhausted]),
      (framed([0x0a, 0x05]), [.internal]),
    ] as [([UInt8], [RPCCode])])
  func broken(body: [UInt8], codes: [RPCCode]) async throws {
    let result = try await call(ScriptedAnswer(body: body, trailers: Self.ok))
    let error = #expect(throws: RPCError.self) { try result.get() }
    #expect(error.map { codes.contains($0.code) } == true)
  }

  @Test("an answer without a status is UNKNOWN, whatever it has of messages")
  func noStatus() async throws {
    for trailers in [nil, ["x-trailer": "value"]] as [HTTPFields?] {
      let result = try await call(ScriptedAnswer(body: Self.message, trailers: trailers))
      let error = #expect(throws: RPCError.self) { try result.get() }
      #expect(error?.code == .unknown)
      #expect(error?.message.contains("without grpc-status") == true)
    }
  }

  @Test("a head may be followed by an error, with or without a message between")
  func headThenError() async throws {
    for body in [[], Self.message] {
      let result = try await call(
        ScriptedAnswer(body: body, trailers: ["grpc-status": "9", "grpc-message": "50%25 %zz"]))
      let error = #expect(throws: RPCError.self) { try result.get() }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.message == "50% %zz")
    }
  }

  @Test("one block may be all, and success in it is none without a message")
  func trailersOnly() async throws {
    for (status, code) in [("5", .notFound), ("0", .internal)] as [(String, RPCCode)] {
      let result = try await call(ScriptedAnswer(head: ["grpc-status": status]))
      let error = #expect(throws: RPCError.self) { try result.get() }
      #expect(error?.code == code)
    }
  }
}

/// Answers every request with the same.
private struct ScriptedAnswer: HTTPTaskHandler {
  var head: HTTPFields = [:]
  /// `nil` is an answer of headers only.
  var body: [UInt8]?
  var trailers: HTTPFields?

  func handle(_ exchange: HTTPExchange) async {
    var fields: HTTPFields = ["content-type": "application/grpc"]
    fields.add(head)
    guard let body else {
      return exchange.finishHeadersOnly(status: 200, fields: fields)
    }
    exchange.respond(status: 200, fields: fields, body: body, trailers: trailers)
  }
}
