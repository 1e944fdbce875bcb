@testable internal import RPCTransport
internal import Testing

@Suite("HealthStatuses")
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

  @Test("a watcher that missed a change is told at once")
  func missed() async {
    let health = HealthStatuses()
    let (_, version) = health.status(of: "")
    health.set(.notServing)
    await health.change(after: version)
    #expect(health.status(of: "").status == .notServing)
  }

  @Test("a change wakes every watcher, a cancellation its own")
  func wake() async {
    let health = HealthStatuses()
    let (_, version) = health.status(of: "")
    await withDiscardingTaskGroup { group in
      for _ in 0..<3 { group.addTask { await health.change(after: version) } }
      health.set(.notServing)
    }
    let lonely = Task { await health.change(after: health.status(of: "").version) }
    lonely.cancel()
    await lonely.value
  }
}
