internal import HTTP
internal import HTTP2
internal import Reactor
internal import Synchronization
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Growth of windows", .timeLimit(.minutes(2)))
struct WindowGrowthTests {
  private static let start = 65_536
  private static let opening: [UInt8] =
    Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
    + [0, 0, 0, 4, 1, 0, 0, 0, 0] + [0, 0, 6, 1, 4, 0, 0, 0, 1, 0x83, 0x86, 0x84, 0x41, 1, 0x61]
  /// The mark of the pings that measure.
  private static let mark = "\u{3}\0eknilk"

  private static func ping(_ mark: String, isAnswer: Bool = false) -> [UInt8] {
    [0, 0, 8, 6, isAnswer ? 1 : 0, 0, 0, 0, 0] + Array(mark.utf8)
  }

  private static var piece: [UInt8] {
    [0, 0x40, 0, 0, 0, 0, 0, 0, 1] + [UInt8](repeating: 7, count: 16_384)
  }

  private func limits(growth: Int = 1 << 20) -> HTTPLimits {
    var limits = HTTPLimits()
    limits.streamWindowBytes = Self.start
    limits.connectionWindowBytes = Self.start
    limits.windowGrowthBytesMax = growth
    return limits
  }

  private func grown(_ metrics: Metrics) -> Int {
    metrics.counter(
      "klinke_http_windows_grown_total",
      help: "Times that the windows of a connection have become larger."
    ).value
  }

  private func growth(_ metrics: Metrics) -> Int {
    metrics.gauge(
      "klinke_http_window_growth_bytes",
      help: "Bytes by which the windows of connections are larger than at first."
    ).value
  }

  private func refused(_ metrics: Metrics) -> Int {
    metrics.counter(
      "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
      labels: ["cause": "window_growth"]
    ).value
  }

  @Test(
    "a window grows by no more than the loop has, and gives it back",
    arguments: [(start, 1), (start - 1, 0)])
  func budget(bytes: Int, times: Int) async throws {
    let isRead = Signal()
    let seen = Mutex<Metrics?>(nil)
    try await withServer(
      limits: limits(growth: bytes),
      handler: { exchange in
        var count = 0
        while let bytes = try? await exchange.readBody() {
          count += bytes.count
          if count == 3 * 16_384 { isRead.send() }
        }
      }
    ) { server in
      seen.withLock { $0 = server.metrics }
      let client = try await RawClient(server)
      client.send(Self.opening + Self.piece)
      _ = await client.read(until: Self.mark)
      client.send(Self.piece + Self.piece)
      await isRead.wait()
      client.send(Self.ping(Self.mark, isAnswer: true) + Self.ping("the ping"))
      // SETTINGS_INITIAL_WINDOW_SIZE of twice as much goes out before.
      let answer = await client.read(until: "the ping")
      #expect(answer.contains("\0\u{4}\0\u{2}\0\0") == (times == 1))
      #expect(grown(server.metrics) == times)
      #expect(refused(server.metrics) == 1 - times)
      #expect(growth(server.metrics) == times * Self.start)
      client.endSending()
      _ = await client.readAll()
    }
    let metrics = try #require(seen.withLock { $0 })
    #expect(growth(metrics) == 0)
  }

  @Test("answers to pings that measure are not counted as strays")
  func answers() async throws {
    var limits = limits()
    limits.floods.strayFrames = .init(burst: 1, perSecond: 1, perAnswer: 0)
    try await withServer(
      limits: limits,
      handler: { exchange in
        while let bytes = try? await exchange.readBody() { _ = bytes }
        exchange.respond(status: 200, body: Array("all read".utf8))
      }
    ) { server in
      let client = server.client()
      for _ in 0..<5 {
        let stream = try await client.request(
          method: "POST", target: "/", body: .bytes([UInt8](repeating: 7, count: 4 << 20)),
          deadline: .now + .seconds(60))
        let body = try await stream.collectBody(limit: 100)
        #expect(String(decoding: body, as: UTF8.self) == "all read")
      }
      #expect(grown(server.metrics) > 0)
    }
  }

  @Test("a client's window grows as well")
  func client() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let listener = try ListeningSocket.open(loopback, count: 1)[0]
    let port = try #require(listener.address.port)
    let client = HTTP2Client(
      loop: group.loops[0], target: .host("127.0.0.1", port: port), limits: limits())
    async let requested = client.request(
      method: "GET", target: "/", deadline: .now + .seconds(60))
    let server = try await RawClient(accepting: listener)
    // SETTINGS, and that the client's have been heard.
    server.send([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0])
    let stream = try await requested
    // The whole request is one HEADERS frame that also ends it.
    _ = await server.read(until: "\u{1}\u{5}\0\0\0\u{1}")
    server.send([0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88] + Self.piece)
    _ = await server.read(until: Self.mark)
    server.send(Self.piece + Self.piece)
    var count = 0
    while count < 3 * 16_384, let bytes = try await stream.readBody() { count += bytes.count }
    server.send(Self.ping(Self.mark, isAnswer: true) + Self.ping("the ping"))
    var answer = await server.read(until: "the ping")
    // The library may answer a ping before what we make of the one beside it.
    server.send(Self.ping("and more"))
    answer += await server.read(until: "and more")
    // SETTINGS_INITIAL_WINDOW_SIZE of twice as much.
    #expect(answer.contains("\0\u{4}\0\u{2}\0\0"))
    await client.close()
  }
}
