@testable internal import RPCTransport
internal import Testing

@Suite("HealthStatuses", .timeLimit(.minutes(1)))
struct HealthStatusesTests {
  @Test("knows the server and its services, and nothing else")
  func known() {
    let health = HealthStatuses(services: ["a.B"])
    #expect(health.status(of: "").status == .serving)
    #expect(health.status(of: "a.B").status == .serving)
    #expect(health.status(of: "a.b").status == nil)
  }

  @Test("draining is for good")
  func drain() {
    let health = HealthStatuses(services: ["a.B"])
    health.drain()
    health.set(.serving, for: "a.B")
    health.set(.serving, for: "late.Comer")
    #expect(Set(health.all.values) == [.notServing])
    #expect(health.all.count == 3)
  }

  @Test("nobody need watch any more when there will be no news")
  func end() async {
    let health = HealthStatuses()
    #expect(!health.status(of: "").isLast)
    let version = health.status(of: "").version
    health.drain()
    health.end()
    await health.change(after: version)
    #expect(health.status(of: "").status == .notServing)
    #expect(health.status(of: "").isLast)
  }

  @Test("a watcher that missed a change is told at once")
  func missed() async {
    let health = HealthStatuses()
    let version = health.status(of: "").version
    health.set(.notServing)
    await health.change(after: version)
    #expect(health.status(of: "").status == .notServing)
  }

  @Test("a change wakes every watcher, a cancellation its own")
  func wake() async {
    let health = HealthStatuses()
    let version = health.status(of: "").version
    await withDiscardingTaskGroup { group in
      for _ in 0..<3 { group.addTask { await health.change(after: version) } }
      health.set(.notServing)
    }
    let lonely = Task { await health.change(after: health.status(of: "").version) }
    lonely.cancel()
    await lonely.value
  }
}
