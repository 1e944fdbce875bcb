@testable internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Age of HTTP/1.1 connections", .timeLimit(.minutes(1)))
struct HTTP1AgeTests {
  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  private func ended(_ cause: String, _ server: RunningServer) -> Int {
    server.metrics.counter(
      "klinke_http_connections_ended_total",
      help: "Connections that were ended because of their age or silence, by cause.",
      labels: ["cause": cause]
    ).value
  }

  private func limits(grace: Duration) -> HTTPLimits {
    var limits = HTTPLimits()
    // Long enough for the first request to come before, on a busy machine.
    limits.life.ageMax = .seconds(1)
    limits.life.ageGrace = grace
    return limits
  }

  @Test("age comes a tenth sooner or later, grace after it, and then nothing more")
  func states() {
    var limits = LifeLimits()
    limits.ageMax = .seconds(1_000)
    limits.ageGrace = .seconds(10)
    let began = ContinuousClock.now
    for (jitter, seconds) in [(-100, 900), (0, 1_000), (100, 1_100)] {
      var age = ConnectionAge(limits, now: began, jitter: jitter)
      let end = began + .seconds(seconds)
      #expect(age.deadline == end)
      #expect(age.tick(now: end - .nanoseconds(1)) == .none)
      #expect(!age.isOld)
      #expect(age.tick(now: end) == .retire)
      #expect(age.isOld)
      #expect(age.deadline == end + .seconds(10))
      #expect(age.tick(now: end + .seconds(9)) == .none)
      #expect(age.tick(now: end + .seconds(10)) == .cut)
      #expect(age.tick(now: end + .seconds(99)) == .none)
      #expect(age.deadline == nil)
    }
  }

  @Test("the next answer on an old connection is the last, and says so")
  func age() async throws {
    try await withServer(limits: limits(grace: .seconds(600)), handler: mirror) { server in
      let client = try await RawClient(server)
      client.send(Self.get)
      let young = await client.read(until: "\r\n\r\n")
      #expect(!young.contains("connection: close"))
      try await until { ended("max_age", server) >= 1 }
      client.send(Self.get)
      let old = await client.readAll()
      #expect(old.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(old.contains("\r\nconnection: close\r\n"))
      #expect(ended("max_age_grace", server) == 0)
    }
  }

  @Test("an answer that has begun when the connection becomes old is not broken off")
  func begun() async throws {
    let isOld = Signal()
    try await withServer(
      limits: limits(grace: .seconds(600)),
      handler: { exchange in
        exchange.start(status: 200, fields: [:])
        try? await exchange.write(Array("first".utf8))
        await isOld.wait()
        try? await exchange.write(Array("second".utf8))
        exchange.finish()
      }
    ) { server in
      let client = try await RawClient(server)
      client.send(Self.get)
      _ = await client.read(until: "first")
      try await until { ended("max_age", server) >= 1 }
      isOld.send()
      let rest = await client.read(until: "second\r\n0\r\n\r\n")
      #expect(rest.contains("second"))
      client.send(Self.get)
      let last = await client.readAll()
      #expect(last.contains("\r\nconnection: close\r\n"))
    }
  }

  @Test("a handler that goes on after the grace is cancelled")
  func grace() async throws {
    let cancelled = Signal()
    try await withServer(
      limits: limits(grace: .milliseconds(40)),
      handler: { exchange in
        try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
        if Task.isCancelled { cancelled.send() }
      }
    ) { server in
      let client = try await RawClient(server)
      client.send(Self.get)
      await cancelled.wait()
      let answer = await client.readAll()
      #expect(answer.isEmpty)
      #expect(ended("max_age_grace", server) == 1)
    }
  }
}
