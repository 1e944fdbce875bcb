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
}
