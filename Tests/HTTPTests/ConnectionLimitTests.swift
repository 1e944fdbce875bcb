internal import HTTP
internal import HTTP2
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Limit of connections", .timeLimit(.minutes(1)))
struct ConnectionLimitTests {
  private static let opening =
    Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
    + [0, 0, 0, 4, 1, 0, 0, 0, 0]
  private static let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0]
  private static let get: [UInt8] = [0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x86, 0x84, 0x41, 1, 0x61]

  private static var limits: HTTPLimits {
    var limits = HTTPLimits()
    limits.connectionsPerLoopMax = 2
    limits.life.permitsIdlePings = true
    limits.life.pingIntervalMin = .zero
    return limits
  }

  private func refused(_ server: RunningServer) -> Int {
    server.metrics.counter(
      "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
      labels: ["cause": "connections"]
    ).value
  }

  private func evicted(_ server: RunningServer) -> Int {
    server.metrics.counter(
      "klinke_http_connections_ended_total",
      help: "Connections that were ended because of their age or silence, by cause.",
      labels: ["cause": "evicted"]
    ).value
  }

  /// A client that the server has heard all of.
  private func client(_ server: RunningServer, sending bytes: [UInt8] = []) async throws
    -> RawClient
  {
    let client = try await RawClient(server)
    client.send(Self.opening + bytes + Self.ping + Array("the ping".utf8))
    _ = await client.read(until: "the ping")
    return client
  }

  @Test("at the limit all live, and one more takes the place of the one idle for longest")
  func eviction() async throws {
    try await withServer(
      limits: Self.limits, handler: { $0.respond(status: 200, body: Array("answered".utf8)) }
    ) { server in
      let first = try await client(server)
      let second = try await client(server)
      #expect(evicted(server) == 0)
      // Its request makes the first one the younger of the two.
      first.send(Self.get)
      _ = await first.read(until: "answered")
      first.send(Self.ping + Array("served 1".utf8))
      _ = await first.read(until: "served 1")
      let third = try await client(server)
      let end = await second.readAll()
      #expect(end.contains("evicted"))
      #expect(evicted(server) == 1)
      #expect(refused(server) == 0)
      for (client, mark) in [(first, "the one."), (third, "another.")] {
        client.send(Self.ping + Array(mark.utf8))
        let answer = await client.read(until: mark)
        #expect(answer.contains(mark))
      }
    }
  }

  @Test("one that has been refused and lingers gives way as well")
  func lingering() async throws {
    var limits = Self.limits
    limits.connectionsPerLoopMax = 1
    try await withServer(limits: limits, handler: mirror) { server in
      let first = try await RawClient(server)
      first.send("nonsense\r\n\r\n")
      let refusal = await first.read(until: "400")
      #expect(refusal.contains("400"))
      // It does not end its side, so the server reads on for a while.
      let second = try await RawClient(server)
      second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let answer = await second.read(until: "200")
      #expect(answer.contains("200"))
      #expect(refused(server) == 0)
    }
  }

  @Test("a compression bomb over HTTP/1.1 is counted, and its answer is the last")
  func bomb() async throws {
    try await withServer(handler: { exchange in
      exchange.reportBomb()
      exchange.respond(status: 400)
    }) { server in
      let client = try await RawClient(server)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let answer = await client.readAll()
      #expect(answer.contains("connection: close"))
      let count = server.metrics.counter(
        "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
        labels: ["cause": "compression_bomb"]
      ).value
      #expect(count == 1)
    }
  }

  @Test("where none is idle the new one is refused, and the others are not disturbed")
  func refusal() async throws {
    let released = Signal()
    try await withServer(
      limits: Self.limits,
      handler: { exchange in
        await released.wait()
        exchange.respond(status: 200, body: Array("served".utf8))
      }
    ) { server in
      let busy = [
        try await client(server, sending: Self.get), try await client(server, sending: Self.get),
      ]
      #expect(refused(server) == 0)
      let third = try await RawClient(server)
      let answer = await third.readAll()
      #expect(answer.isEmpty)
      #expect(refused(server) == 1)
      #expect(evicted(server) == 0)
      released.send()
      for client in busy {
        let answer = await client.read(until: "served")
        #expect(answer.contains("served"))
      }
    }
  }
}
