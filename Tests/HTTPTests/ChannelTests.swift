internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

/// What a client does about connections that are not there, are full or go away.
@Suite("Channel", .timeLimit(.minutes(1)))
struct ChannelTests {
  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  @Test("requests above the streams of the server wait and all succeed")
  func maxStreams() async throws {
    var limits = HTTPLimits()
    limits.concurrentStreamsMax = 1
    try await withServer(limits: limits, handler: mirror) { server in
      let client = server.client()
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            let stream = try await client.request(
              method: "POST", target: "/", body: .bytes([1, 2, 3]), deadline: soon)
            let status = try await stream.response().status
            _ = try await stream.collectBody(limit: 10)
            return status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == [Int](repeating: 200, count: 20))
      #expect(server.metrics.renderPrometheus().contains("klinke_http_connections 1"))
    }
  }

  @Test("one request more than may wait is refused, a cancelled or late one leaves the queue")
  func waitingLimit() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    // Accepts in the kernel and never answers.
    let silent = try ListeningSocket.open(loopback, count: 1)[0]
    let port = try #require(silent.address.port)
    var configuration = HTTPClientConfiguration()
    configuration.waitingMax = 1
    let client = HTTP2Client(
      loop: group.loops[0], target: .host("127.0.0.1", port: port), configuration: configuration)
    func request(_ deadline: ContinuousClock.Instant?) async -> HTTPClientError? {
      do throws(HTTPClientError) {
        _ = try await client.request(method: "GET", target: "/", deadline: deadline)
        return nil
      } catch {
        return error
      }
    }
    // Whichever of the two is second is refused; the other waits until it is cancelled.
    let failures = await withTaskGroup(of: HTTPClientError?.self) { group in
      for _ in 0..<2 { group.addTask { await request(nil) } }
      let first = await group.next() ?? nil
      group.cancelAll()
      return [first, await group.next() ?? nil]
    }
    #expect(failures == [.tooManyWaiting(1), .cancelled])
    let late = await request(.now + .milliseconds(500))
    #expect(
      late == .notConnectedInTime(waitingFor: "a connection to 127.0.0.1:\(port)"))
    await client.close()
  }

  @Test("a request that waits for the server is sent when the server comes up")
  func waitForReady() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let closed = try #require(ReservedPort())
    let port = closed.port
    var configuration = HTTPClientConfiguration()
    configuration.backoff = .init(
      initial: .milliseconds(20), maximum: .milliseconds(50), multiplier: 1.6)
    let client = HTTP2Client(
      loop: group.loops[0], target: .host("127.0.0.1", port: port), configuration: configuration)
    await #expect(throws: HTTPClientError.unreachable(.refused("127.0.0.1:\(port)"))) {
      try await client.request(method: "GET", target: "/", deadline: soon)
    }
    let patient = Task {
      let stream = try await client.request(
        method: "GET", target: "/", deadline: soon, waitForReady: true)
      return try await stream.response().status
    }
    try await withServer(address: .tcp(host: "127.0.0.1", port: port), handler: mirror) { _ in
      let status = try await patient.value
      #expect(status == 200)
      await client.close()
    }
  }

  @Test("round_robin spreads requests over all addresses and goes on when one is gone")
  func roundRobin() async throws {
    try await withServer(handler: { $0.respond(status: 201) }) { one in
      try await withServer(handler: { $0.respond(status: 202) }) { two in
        var configuration = HTTPClientConfiguration()
        configuration.balancing = .roundRobin
        let client = HTTP2Client(
          loop: one.group.loops[0], target: .list([one.target, two.target], authority: "both"),
          configuration: configuration)
        func status() async throws -> Int {
          try await client.request(method: "GET", target: "/", deadline: soon).response().status
        }
        // The second connection may come a little after the first.
        var seen: Set<Int> = []
        try await until {
          seen.insert(try await status())
          return seen.count == 2
        }
        var four: [Int] = []
        for _ in 0..<4 { four.append(try await status()) }
        #expect(four.filter { $0 == 201 }.count == 2)
        await two.server.drain(grace: .zero)
        for _ in 0..<10 {
          let left = try await status()
          #expect(left == 201)
        }
        await client.close()
      }
    }
  }

  @Test("pick_first goes on to the next address when the first does not answer")
  func nextAddress() async throws {
    let closed = try #require(ReservedPort())
    try await withServer(handler: mirror) { server in
      let client = HTTP2Client(
        loop: server.group.loops[0],
        target: .list([.host("127.0.0.1", port: closed.port), server.target], authority: "x"))
      let stream = try await client.request(method: "GET", target: "/", deadline: soon)
      #expect(try await stream.response().status == 200)
      await client.close()
    }
  }

  @Test("an idle connection is closed, and made again for the next request")
  func idle() async throws {
    try await withServer(handler: mirror) { server in
      var configuration = HTTPClientConfiguration()
      configuration.idleTimeout = .milliseconds(50)
      let client = HTTP2Client(
        loop: server.group.loops[0], target: server.target, configuration: configuration)
      let first = try await client.request(method: "GET", target: "/", deadline: soon)
      _ = try await first.response()
      _ = try await first.collectBody(limit: 10)
      try await until { server.metrics.renderPrometheus().contains("klinke_http_connections 0") }
      let second = try await client.request(method: "GET", target: "/", deadline: soon)
      #expect(try await second.response().status == 200)
      await client.close()
    }
  }

  @Test("closing a client ends the requests on a connection that the server lets finish")
  func closeEnding() async throws {
    var limits = HTTPLimits()
    limits.life.ageMax = .milliseconds(60)
    try await withServer(
      limits: limits,
      handler: { exchange in
        if exchange.head.target == "/next" { return exchange.respond(status: 204) }
        try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
      }
    ) { server in
      let client = server.client()
      let slow = try await client.request(method: "GET", target: "/slow", deadline: soon)
      // The next request goes by another connection as soon as the first is too old.
      while !server.metrics.renderPrometheus().contains("klinke_http_connections 2") {
        let next = try await client.request(method: "GET", target: "/next", deadline: soon)
        _ = try await next.response()
      }
      await client.close()
      await #expect(throws: HTTPClientError.closed) { try await slow.response() }
    }
  }

  @Test("failures to connect are in the log with their cause")
  func log() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let closed = try #require(ReservedPort())
    let port = closed.port
    let lines = Journal()
    var configuration = HTTPClientConfiguration()
    configuration.log = Logger(level: .info) { lines.add($0) }
    let client = HTTP2Client(
      loop: group.loops[0], target: .host("127.0.0.1", port: port), configuration: configuration)
    await #expect(throws: HTTPClientError.self) {
      try await client.request(method: "GET", target: "/", deadline: soon)
    }
    await client.close()
    let logged = lines.entries
    #expect(logged.count == 1)
    #expect(logged.first?.contains("http.client.connect_failed") == true)
    #expect(logged.first?.contains("nobody listens on 127.0.0.1:\(port)") == true)
  }
}
