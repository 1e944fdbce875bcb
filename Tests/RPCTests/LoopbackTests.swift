internal import HTTP
internal import HTTP2
internal import RPC
@testable internal import RPCTransport
internal import Reactor
internal import TestHarness
internal import Testing

@Suite("gRPC over loopback", .timeLimit(.minutes(5)))
struct LoopbackTests {
  private let service = EchoService()

  private func withEcho(_ body: (GRPCClient) async throws -> Void) async throws {
    var router = Router()
    service.register(in: &router)
    try await withServer(GRPCHandler(router: router), body)
  }

  @Test("unary calls of all sizes come back as they went")
  func unary() async throws {
    try await withEcho { client in
      for size in [0, 1, 16_379, 16_384, 70_000, 1_000_000] {
        let request = Echo(text: String(repeating: "x", count: size), count: 1)
        let response = try await client.unary(EchoMethods.echo, request)
        #expect(response == request)
      }
    }
  }

  @Test("many calls share one connection")
  func concurrent() async throws {
    try await withEcho { client in
      // Opens the connection that the others share.
      _ = try await client.unary(EchoMethods.echo, Echo())
      let sum = try await withThrowingTaskGroup(of: Int32.self) { group in
        for number in 0..<50 {
          group.addTask {
            try await client.unary(EchoMethods.echo, Echo(text: "", count: Int32(number))).count
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(sum == 1_225)
    }
  }

  @Test("a message over the limit is RESOURCE_EXHAUSTED")
  func tooLong() async throws {
    try await withEcho { client in
      let request = Echo(text: String(repeating: "x", count: 4 << 20))
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(EchoMethods.echo, request)
      }
      #expect(error?.code == .resourceExhausted)
      // The connection has survived.
      let next = try await client.unary(EchoMethods.echo, Echo(text: "next"))
      #expect(next.text == "next")
    }
  }

  @Test("an error brings its details, metadata goes both ways")
  func details() async throws {
    try await withEcho { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(EchoMethods.fail, Echo(text: "not fööund"))
      }
      #expect(error?.code == .notFound)
      #expect(error?.message == "not fööund")
      #expect(error?.reason == "ECHO_LOST")
      #expect(error?.detail(Echo.self) == Echo(text: "detail"))
      #expect(error?.metadata["x-trailer"] == "kept")

      let received = ResponseMetadata()
      var options = CallOptions(
        metadata: ["x-echo-initial": "there"], responseMetadata: received)
      options.metadata.addBinary("x-echo-trailing-bin", [0, 255])
      _ = try await client.unary(EchoMethods.echo, Echo(), options: options)
      #expect(received.initial["x-echo-initial"] == "there")
      #expect(received.trailing.binaryValues(for: "x-echo-trailing-bin") == [[0, 255]])
    }
  }

  @Test("every kind of stream")
  func streams() async throws {
    try await withEcho { client in
      var counts: [Int32] = []
      try await client.serverStreaming(EchoMethods.repeated, Echo(text: "x", count: 1_000)) {
        counts.append($0.count)
      }
      #expect(counts == Array(0..<1_000))

      let collected = try await client.clientStreaming(EchoMethods.collect) {
        (requests) async throws(RPCError) in
        for _ in 0..<100 { try await requests.send(Echo(text: "x")) }
      }
      #expect(collected.count == 100)

      let turns = try await client.bidirectional(EchoMethods.chat) {
        (requests, responses) async throws(RPCError) -> Int in
        var turns = 0
        for number in 0..<20 {
          try await requests.send(Echo(text: "", count: Int32(number)))
          if try await responses.next()?.count == Int32(number) { turns += 1 }
        }
        try await requests.finish()
        let end = try await responses.next()
        #expect(end == nil)
        return turns
      }
      #expect(turns == 20)
    }
  }

  @Test("a deadline travels to the server and ends both sides")
  func deadline() async throws {
    try await withEcho { client in
      // Connecting must not be what takes the time.
      _ = try await client.unary(EchoMethods.echo, Echo())
      let call = Task {
        try await client.unary(
          EchoMethods.hang, Echo(), options: CallOptions(timeout: .seconds(1)))
      }
      await service.cancelled.wait()
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .deadlineExceeded)
    }
  }

  @Test("a client that cancels ends the handler")
  func cancellation() async throws {
    try await withEcho { client in
      let call = Task { try await client.unary(EchoMethods.hang, Echo()) }
      await service.hanging.wait()
      call.cancel()
      await service.cancelled.wait()
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .cancelled)
    }
  }

  @Test("UNAVAILABLE names the true cause")
  func unavailable() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let http = HTTP2Client(loop: group.loops[0], target: .unix(path: "/nonexistent/klinke.sock"))
    let error = await #expect(throws: RPCError.self) {
      try await GRPCClient(http).unary(EchoMethods.echo, Echo())
    }
    #expect(error?.code == .unavailable)
    #expect(
      error?.message == "cannot connect to unix:/nonexistent/klinke.sock: there is no socket at "
        + "unix:/nonexistent/klinke.sock; start the server or correct the path")
    await http.close()
  }

  @Test(
    "an answer that is not gRPC is mapped by its HTTP status",
    arguments: [
      (401, .unauthenticated), (403, .permissionDenied), (404, .unimplemented),
      (503, .unavailable), (500, .unknown), (200, .unknown),
    ] as [(Int, RPCCode)])
  func foreign(status: Int, code: RPCCode) async throws {
    try await withServer(PlainHandler(status: status)) { client in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(EchoMethods.echo, Echo())
      }
      #expect(error?.code == code)
      #expect(error?.message.contains("HTTP status \(status)") == true)
    }
  }
}

private struct PlainHandler: HTTPTaskHandler {
  let status: Int

  func handle(_ exchange: HTTPExchange) async {
    exchange.respond(
      status: status, fields: ["content-type": "text/html"], body: Array("<p>".utf8))
  }
}
