internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

/// The same as `ConnectionLifeTests`, on a socket.
@Suite("Ends of HTTP/2 connections", .timeLimit(.minutes(1)))
struct ConnectionEndTests {
  private static let opening =
    Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
  private static let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]

  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  private static func get(stream id: UInt8) -> [UInt8] {
    [0, 0, 6, 1, 5, 0, 0, 0, id, 0x82, 0x86, 0x84, 0x41, 1, 0x61]
  }

  private func ended(_ cause: String, _ server: RunningServer) -> Int {
    server.metrics.counter(
      "klinke_http_connections_ended_total",
      help: "Connections that were ended because of their age or silence, by cause.",
      labels: ["cause": cause]
    ).value
  }

  private func answer(_ exchange: HTTPExchange) async {
    exchange.respond(status: 200, body: Array("done".utf8))
  }

  @Test("an idle connection ends, and the peer is told why")
  func idle() async throws {
    var limits = HTTPLimits()
    limits.idleTimeout = .milliseconds(50)
    try await withServer(limits: limits, handler: answer) { server in
      let client = try await RawClient(server)
      client.send(Self.opening)
      let end = await client.readAll()
      #expect(end.contains("max_idle"))
      #expect(ended("max_idle", server) == 1)
    }
  }

  @Test("a peer that pings too often is told to calm down, one that gets answers is not")
  func pings() async throws {
    try await withServer(handler: answer) { server in
      let honest = try await RawClient(server)
      honest.send(Self.opening + Self.ping + Self.ping + Self.ping + Self.get(stream: 1))
      _ = await honest.read(until: "done")
      honest.send(Self.ping + Self.ping + Self.ping + Self.get(stream: 3))
      _ = await honest.read(until: "done")
      #expect(ended("too_many_pings", server) == 0)

      let hostile = try await RawClient(server)
      hostile.send(Self.opening + Self.ping + Self.ping + Self.ping + Self.ping)
      let end = await hostile.readAll()
      #expect(end.contains("too_many_pings"))
      #expect(ended("too_many_pings", server) == 1)
    }
  }

  @Test("a peer that does not answer a ping is cut off, and its handlers are cancelled")
  func keepalive() async throws {
    var limits = HTTPLimits()
    limits.life.keepaliveTime = .milliseconds(40)
    limits.life.keepaliveTimeout = .milliseconds(40)
    let cancelled = Signal()
    try await withServer(
      limits: limits,
      handler: { exchange in
        try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
        if Task.isCancelled { cancelled.send() }
      }
    ) { server in
      let client = try await RawClient(server)
      client.send(Self.opening + Self.get(stream: 1))
      let end = await client.readAll()
      await cancelled.wait()
      #expect(end.contains("keepalive_timeout"))
      #expect(ended("keepalive_timeout", server) == 1)
    }
  }

  @Test("an old connection finishes what runs, and the next request takes a new one")
  func age() async throws {
    var limits = HTTPLimits()
    limits.life.ageMax = .milliseconds(60)
    let isOld = Signal()
    try await withServer(
      limits: limits,
      handler: { exchange in
        if exchange.head.target == "/slow" { await isOld.wait() }
        exchange.respond(status: 200, body: Array("done".utf8))
      }
    ) { server in
      defer { isOld.send() }
      let client = try await RawClient(server)
      client.send(Self.opening + Self.get(stream: 1))
      let end = await client.readAll()
      #expect(end.contains("max_age"))

      let ours = server.client()
      let slow = try await ours.request(method: "GET", target: "/slow", deadline: soon)
      try await until { ended("max_age", server) >= 2 }
      let next = try await ours.request(method: "GET", target: "/next", deadline: soon)
      #expect(text(try await next.collectBody(limit: 10)) == "done")
      isOld.send()
      #expect(text(try await slow.collectBody(limit: 10)) == "done")
      #expect(ended("max_age_grace", server) == 0)
    }
  }

  @Test("what goes on after the grace of an old connection is cancelled")
  func grace() async throws {
    var limits = HTTPLimits()
    limits.life.ageMax = .milliseconds(40)
    limits.life.ageGrace = .milliseconds(40)
    let cancelled = Signal()
    try await withServer(
      limits: limits,
      handler: { exchange in
        try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
        if Task.isCancelled { cancelled.send() }
      }
    ) { server in
      let stream = try await server.client().request(method: "GET", target: "/", deadline: soon)
      await cancelled.wait()
      await #expect(throws: HTTPClientError.self) { try await stream.response() }
      #expect(ended("max_age_grace", server) == 1)
    }
  }
}
