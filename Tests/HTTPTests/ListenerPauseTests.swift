internal import Glibc
internal import HTTP
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Pauses of a listener", .timeLimit(.minutes(1)))
struct ListenerPauseTests {
  @Test("are all counted, and get some lines of the log")
  func lines() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let metrics = Metrics()
    let lines = Journal()
    let log = Logger(level: .info) { lines.add($0) }
    await loop.run {
      let environment = HTTPEnvironment(
        loop: loop, handler: ClosureHandler { _ in }, limits: HTTPLimits(), log: log,
        metrics: HTTPMetrics(metrics))
      for _ in 0..<100 { environment.paused("descriptors") }
    }
    #expect(lines.entries.count == RefusalLog.linesMax)
    let counted = metrics.counter(
      "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
      labels: ["cause": "descriptors"])
    #expect(counted.value == 100)
  }

  @Test("end when there are descriptors again")
  func goesOn() async throws {
    // In a process of its own, whose other tests would find none either.
    await #expect(processExitsWith: .success) {
      try await withServer(handler: mirror) { server in
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        let free = dup(0)
        close(free)
        var limit = rlimit()
        _ = unsafe getrlimit(files, &limit)
        var few = limit
        // One more: that of the client.
        few.rlim_cur = rlim_t(free + 1)
        _ = unsafe setrlimit(files, &few)
        let client = try await RawClient(server)
        let pauses = server.metrics.counter(
          "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
          labels: ["cause": "descriptors"])
        try await until { pauses.value > 0 }
        _ = unsafe setrlimit(files, &limit)
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = await client.readAll()
        precondition(answer.hasPrefix("HTTP/1.1 200 "), "served: \(answer)")
      }
    }
  }
}
