internal import Reactor
internal import Synchronization
internal import Telemetry
internal import Testing

@testable internal import HTTP
@testable internal import HTTP2

/// The server's side of HTTP/2 without a socket: bytes go in, and nothing but the session is left.
@Suite("HTTP2ServerSession", .timeLimit(.minutes(1)))
struct ServerSessionTests {
  /// A session on its loop, which makes its output when it is told to.
  private struct Harness {
    let session: HTTP2ServerSession
    let host = SilentHost()

    init(
      _ loop: EventLoop, limits: HTTPLimits = HTTPLimits(),
      handler: @escaping @Sendable (HTTPExchange) async -> Void
    ) {
      self.init(loop, limits: limits, handler: ClosureHandler(body: handler))
    }

    init(_ loop: EventLoop, limits: HTTPLimits, handler: any HTTPHandler) {
      let environment = HTTPEnvironment(
        loop: loop, handler: handler, limits: limits, log: .silent,
        metrics: HTTPMetrics(Metrics()))
      session = HTTP2ServerSession(
        environment: environment, peer: "test", scheme: "http", host: host)
      receive(
        Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0])
    }

    func receive(_ bytes: [UInt8]) {
      unsafe bytes.withUnsafeBufferPointer { unsafe session.receive($0) }
    }

    /// What is to be sent by now.
    @discardableResult
    func produce() -> [UInt8] {
      var output: [UInt8] = []
      _ = session.produce(into: &output)
      return output
    }

    var window: Int? { session.figures.localWindowBytes }
  }

  private func onLoop<R: Sendable>(_ body: @escaping @Sendable (EventLoop) -> R) async throws -> R {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    return await loop.run { body(loop) }
  }

  private static let settingsHeard: [UInt8] = [0, 0, 0, 4, 1, 0, 0, 0, 0]

  /// The head of a POST to `/`.
  private static func post(_ id: UInt8) -> [UInt8] {
    [0, 0, 6, 1, 4, 0, 0, 0, id, 0x83, 0x86, 0x84, 0x41, 1, 0x61]
  }

  /// So many bytes of a body, in one frame.
  private static func data(_ id: UInt8, _ count: Int, isEnd: Bool = false) -> [UInt8] {
    [0, UInt8(count >> 8), UInt8(count & 0xFF), 0, isEnd ? 1 : 0, 0, 0, 0, id]
      + [UInt8](repeating: 7, count: count)
  }

  @Test("is let go of when its connection ends with an answer unsent")
  func release() async throws {
    let isGone = try await onLoop { loop in
      weak var session: HTTP2ServerSession?
      do {
        let harness = Harness(loop) { $0.respond(status: 200) }
        session = harness.session
        harness.produce()
        harness.receive(Self.post(1) + Self.data(1, 1, isEnd: true))
        harness.session.connectionLost()
      }
      return session == nil
    }
    #expect(isGone)
  }

  /// The fields of each head in what is sent, as they are on the wire.
  private static func heads(in output: [UInt8]) -> [[UInt8]] {
    var heads: [[UInt8]] = []
    var rest = output[...]
    while rest.count >= 9 {
      let frame = Array(rest.prefix(9))
      let count = Int(frame[0]) << 16 | Int(frame[1]) << 8 | Int(frame[2])
      if frame[3] == 1 { heads.append(Array(rest.dropFirst(9).prefix(count))) }
      rest = rest.dropFirst(9 + count)
    }
    return heads
  }

  @Test("puts what comes once only into no table", arguments: ["x-request-id", "traceparent"])
  func neverRepeated(name: String) async throws {
    let heads = try await onLoop { loop in
      let harness = Harness(loop) { $0.respond(status: 200, fields: [name: "1", "x-tag": "a"]) }
      var heads: [[UInt8]] = []
      for id in [1, 3] as [UInt8] {
        harness.receive(Self.post(id) + Self.data(id, 1, isEnd: true))
        heads += Self.heads(in: harness.produce())
      }
      return heads
    }
    #expect(heads.count == 2)
    for head in heads {
      // RFC 7541 section 6.2.3: a literal that is never indexed, with its name.
      #expect(head.prefix(2) == [0x88, 0x10])
    }
    // Section 6.2.1 with its name, and then as the one entry of the table.
    #expect(heads.first?.contains(0xBE) == false)
    #expect(heads.last?.contains(0xBE) == true)
  }

  // MARK: The connection's window

  /// Half of it given back makes a WINDOW_UPDATE.
  private static var smallWindow: HTTPLimits {
    var limits = HTTPLimits()
    limits.connectionWindowBytes = 65_535
    return limits
  }

  @Test("gives room back once for a body that nobody reads")
  func unreadOnce() async throws {
    let window = try await onLoop { loop in
      // The second stays: only what its handler takes may be sent again.
      let harness = Harness(loop, limits: Self.smallWindow) { exchange in
        if exchange.streamID != 3 { return exchange.respond(status: 400) }
        try? await loop.sleep(until: loop.now + .seconds(60))
      }
      defer { harness.session.connectionLost() }
      harness.receive(Self.settingsHeard)
      for (id, count) in [(1, 16_000), (3, 16_000), (5, 1_000)] as [(UInt8, Int)] {
        harness.receive(Self.post(id) + Self.data(id, count, isEnd: true))
        harness.produce()
      }
      return harness.window
    }
    #expect(window == 65_535 - 33_000)
  }

  @Test("gives room back for a body that nobody reads while its answer waits for the peer")
  func unreadAnswered() async throws {
    let window = try await onLoop { loop in
      let harness = Harness(loop, limits: Self.smallWindow) { exchange in
        exchange.respond(status: 400, body: [1])
      }
      defer { harness.session.connectionLost() }
      let noRoom: [UInt8] = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]
      let body = (0..<3).flatMap { _ in Self.data(1, 16_000) }
      harness.receive(Self.settingsHeard + noRoom + Self.post(1) + body)
      harness.produce()
      return harness.window
    }
    #expect(window == 65_535)
  }

  @Test("gives room back for the body of a stream that the handler resets")
  func unreadReset() async throws {
    let window = try await onLoop { loop in
      let harness = Harness(loop, limits: Self.smallWindow) { exchange in
        exchange.reset(code: HTTP2ErrorCode.internalError)
      }
      let body = (0..<3).flatMap { _ in Self.data(1, 16_000) }
      harness.receive(Self.settingsHeard + Self.post(1) + body)
      harness.produce()
      return harness.window
    }
    #expect(window == 65_535)
  }

  @Test("gives room back for the body of a stream that it resets for its silence")
  func unreadSilent() async throws {
    let window = try await onLoop { loop in
      let harness = Harness(loop, limits: Self.smallWindow) { exchange in
        _ = try? await exchange.readBody()
        _ = try? await exchange.readBody(keeping: 1)
      }
      harness.receive(Self.settingsHeard + Self.post(1) + Self.data(1, 1))
      // The handler has not run again when the time is over.
      harness.receive((0..<3).flatMap { _ in Self.data(1, 16_000) })
      harness.session.look(now: loop.now + .seconds(600))
      harness.produce()
      return harness.window
    }
    #expect(window == 65_535)
  }

  @Test("gives room back for the body of a stream that the peer resets unread")
  func unreadPeerReset() async throws {
    let figures = try await resetByPeer()
    #expect(figures.localWindowBytes == 65_535)
  }

  @Test("counts a stream that the peer resets among those that failed")
  func failedPeerReset() async throws {
    let figures = try await resetByPeer()
    #expect(figures.failed == 1)
    #expect(figures.succeeded == 0)
  }

  /// After a stream with a body that its handler does not read, and that the peer resets.
  private func resetByPeer() async throws -> SessionFigures {
    try await onLoop { loop in
      let harness = Harness(loop, limits: Self.smallWindow) { _ in
        try? await loop.sleep(until: loop.now + .seconds(60))
      }
      defer { harness.session.connectionLost() }
      let body = (0..<3).flatMap { _ in Self.data(1, 16_000) }
      harness.receive(Self.settingsHeard + Self.post(1) + body)
      harness.produce()
      harness.receive([0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8])
      harness.produce()
      return harness.session.figures
    }
  }

  @Test("names the last stream that it has taken when it ends the connection")
  func lastStream() async throws {
    let output = try await onLoop { loop in
      let harness = Harness(loop) { _ in
        try? await loop.sleep(until: loop.now + .seconds(60))
      }
      defer { harness.session.connectionLost() }
      harness.receive(Self.settingsHeard + Self.post(1) + Self.post(3))
      harness.produce()
      harness.session.endHolding(cause: "held")
      return text(harness.produce())
    }
    // GOAWAY with stream 3 and ENHANCE_YOUR_CALM (RFC 9113 section 6.8).
    #expect(output.contains("\u{7}\0\0\0\0\0\0\0\0\u{3}\0\0\0\u{b}held"))
  }

  @Test("takes a request whose client has not yet heard of the end, and names it as the last")
  func lateRequest() async throws {
    let (first, second) = try await onLoop { loop in
      let harness = Harness(loop) { $0.respond(status: 204) }
      defer { harness.session.connectionLost() }
      harness.receive(Self.settingsHeard)
      harness.produce()
      harness.session.drain()
      let first = harness.produce()
      harness.receive(Self.post(1) + Self.data(1, 1, isEnd: true))
      // The client answers the ping before the first GOAWAY.
      harness.receive([0, 0, 8, 6, 1, 0, 0, 0, 0] + first.prefix(17).suffix(8))
      return (first.dropFirst(17), text(harness.produce()))
    }
    // No stream is excluded by the first (RFC 9113 section 6.8).
    #expect(first.starts(with: [0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF]))
    #expect(second.contains("\u{7}\0\0\0\0\0\0\0\0\u{1}\0\0\0\0shutdown"))
  }

  // MARK: What waits for the peer

  @Test("holds nothing for a stream that has ended, however long its handler goes on")
  func heldOfTheDead() async throws {
    let (before, after) = try await onLoop { loop in
      let harness = Harness(loop) { exchange in
        exchange.respond(status: 200, body: [UInt8](repeating: 7, count: 50_000))
        try? await loop.sleep(until: loop.now + .seconds(60))
      }
      let environment = harness.session.environment
      defer { harness.session.connectionLost() }
      harness.receive(Self.settingsHeard + Self.post(1))
      let before = environment.heldBytes
      // CANCEL; the handler has not run again since.
      harness.receive([0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8])
      return (before, environment.heldBytes)
    }
    #expect(before == 50_000)
    #expect(after == 0)
  }

  // MARK: Handlers

  /// Answers in the turn in which the body comes.
  private struct AwaitingHandler: HTTPHandler {
    final class Answering: BodyWork {
      let exchange: HTTPExchange

      init(_ exchange: HTTPExchange) { self.exchange = exchange }

      func run(in task: LoopTask) async {
        exchange.begins(in: task)
        exchange.respond(status: 204)
        exchange.handlerReturned()
      }

      func canBegin(with body: ArraySlice<UInt8>) -> Bool { true }

      func waits() {}
    }

    func start(_ exchange: HTTPExchange) { exchange.performWithBody(Answering(exchange)) }
  }

  @Test("counts a handler once that has waited for its body", arguments: [2, 3])
  func handlersOnce(limit: Int) async throws {
    let figures = try await onLoop { loop in
      var limits = HTTPLimits()
      limits.runningHandlersMax = limit
      let harness = Harness(loop, limits: limits, handler: AwaitingHandler())
      defer { harness.session.connectionLost() }
      harness.receive(Self.settingsHeard + Self.post(1) + Self.post(3))
      harness.produce()
      // Both may go on now, and have not yet when the third comes.
      harness.receive(
        Self.data(1, 1, isEnd: true) + Self.data(3, 1, isEnd: true) + Self.post(5)
          + Self.data(5, 1, isEnd: true))
      harness.produce()
      return harness.session.figures
    }
    #expect(figures.started == limit)
    #expect(figures.succeeded == limit)
  }

  // MARK: Settings

  @Test("judges new settings by the streams that are open then")
  func windowsOfTheDead() async throws {
    let output = try await onLoop { loop in
      let harness = Harness(loop) { $0.respond(status: 204) }
      // The window of the stream is the largest there is when our settings are acknowledged.
      harness.receive(
        Self.post(1) + [0, 0, 4, 8, 0, 0, 0, 0, 1, 0x7F, 0xFF, 0, 0] + Self.settingsHeard)
      harness.produce()
      harness.receive([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0x11, 0x70])
      return text(harness.produce())
    }
    #expect(!output.contains("window_overflow"))
  }
}
