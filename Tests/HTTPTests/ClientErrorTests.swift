internal import HTTP
internal import HTTP2
internal import Reactor
internal import TLS
internal import TestHarness
internal import Testing

@Suite("Client errors name their cause", .timeLimit(.minutes(1)))
struct ClientErrorTests {
  private func failure(
    _ target: HTTPClientTarget, tls: TLSClientConfiguration? = nil,
    deadline: ContinuousClock.Instant = .now + .seconds(20)
  ) async throws -> HTTPClientError? {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let client = HTTP2Client(loop: group.loops[0], target: target, tls: tls)
    do throws(HTTPClientError) {
      let stream = try await client.request(method: "GET", target: "/", deadline: deadline)
      _ = try await stream.response()
      await client.close()
      return nil
    } catch {
      await client.close()
      return error
    }
  }

  @Test("nobody listens")
  func refused() async throws {
    let closed = try #require(ReservedPort())
    let port = closed.port
    #expect(
      try await failure(.host("127.0.0.1", port: port))
        == .unreachable(.refused("127.0.0.1:\(port)")))
    let path = TemporaryFolders.path("no-such")
    #expect(try await failure(.unix(path: path)) == .unreachable(.noSocket("unix:\(path)")))
  }

  @Test("the name is unknown")
  func unknownHost() async throws {
    guard
      case .unreachable(.unknownHost(let host, _)) = try await failure(
        .host("no-such-name.invalid", port: 1))
    else {
      Issue.record("another error")
      return
    }
    #expect(host == "no-such-name.invalid")
  }

  @Test("the server speaks something else")
  func notHTTP2() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    // A listener that nobody accepts from: the connection is made, and no answer comes.
    let silent = try ListeningSocket.open(loopback, count: 1)[0]
    let port = try #require(silent.address.port)
    // Long enough to connect on a busy machine, which is not what the errors are to tell of.
    let patience = Duration.seconds(1)
    for tls in [nil, TLSClientConfiguration()] {
      #expect(
        try await failure(.host("127.0.0.1", port: port), tls: tls, deadline: .now + patience)
          == .notConnectedInTime(waitingFor: "a connection to 127.0.0.1:\(port)"))
    }
  }

  @Test("a client that is closed gives up the connection that it makes")
  func closedEarly() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let silent = try ListeningSocket.open(loopback, count: 1)[0]
    var configuration = HTTPClientConfiguration()
    configuration.connectTimeout = .seconds(600)
    let client = HTTP2Client(
      loop: group.loops[0], target: .host("127.0.0.1", port: try #require(silent.address.port)),
      configuration: configuration)
    async let failure = #expect(throws: HTTPClientError.self) {
      try await client.request(method: "GET", target: "/")
    }
    let server = try await RawClient(accepting: silent)
    await client.close()
    // Ends with the connection.
    _ = await server.readAll()
    #expect(await failure != nil)
  }

  @Test("the server has gone in the middle")
  func connectionLost() async throws {
    let started = Signal()
    let mayFinish = Signal()
    try await withServer(handler: { exchange in
      started.send()
      // Deaf to its cancellation, which it would be asked to explain otherwise.
      await mayFinish.waitDeafly()
    }) { server in
      defer { mayFinish.send() }
      let stream = try await server.client().request(
        method: "GET", target: "/", deadline: .now + .seconds(20))
      await started.wait()
      async let drained: Void = server.server.drain(grace: .zero)
      await #expect(throws: HTTPClientError.reset(code: HTTP2ErrorCode.cancel)) {
        try await stream.response()
      }
      mayFinish.send()
      await drained
    }
  }

  @Test("an answer that a reset without an error cuts off is not a whole one")
  func cutOff() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let listener = try ListeningSocket.open(loopback, count: 1)[0]
    let port = try #require(listener.address.port)
    let client = HTTP2Client(loop: group.loops[0], target: .host("127.0.0.1", port: port))
    async let requested = client.request(
      method: "GET", target: "/", deadline: .now + .seconds(20))
    let server = try await RawClient(accepting: listener)
    server.send([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0])
    let stream = try await requested
    _ = await server.read(until: "\u{1}\u{5}\0\0\0\u{1}")
    // Status 200, one byte, and RST_STREAM with NO_ERROR.
    server.send(
      [0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88, 0, 0, 1, 0, 0, 0, 0, 0, 1, 7]
        + [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    await #expect(throws: HTTPClientError.reset(code: HTTP2ErrorCode.noError)) {
      try await stream.collectBody(limit: 100)
    }
    await client.close()
  }

  @Test("a closed client says so")
  func closed() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let client = HTTP2Client(loop: group.loops[0], target: .host("127.0.0.1", port: 1))
    await client.close()
    await #expect(throws: HTTPClientError.closed) {
      try await client.request(method: "GET", target: "/")
    }
  }
}
