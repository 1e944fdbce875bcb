internal import Testing

@testable internal import HTTP

@Suite("Pace of requests that fail")
struct FailurePaceTests {
  private let start = ContinuousClock.now

  private func pace(burst: Int = 3, perSecond: Int = 10, pause: Int = 100) -> FailurePace {
    FailurePace(
      .init(burst: burst, perSecond: perSecond, perAnswer: 1), now: start, pause: pause)
  }

  @Test("so many may fail at once, and after the last of them the next waits")
  func burst() {
    var pace = pace()
    for _ in 0..<2 { #expect(pace.answered(status: 404, isFollowed: true, now: start) == nil) }
    let end = pace.answered(status: 404, isFollowed: true, now: start)
    #expect(end == start + .milliseconds(100))
  }

  @Test("what has waited fails no more often than it may", arguments: [100, 137, 200])
  func waits(pause: Int) {
    var pace = pace(burst: 1, perSecond: 100, pause: pause)
    var now = start
    var count = 0
    while now < start + .seconds(10) {
      count += 1
      if let end = pace.answered(status: 404, isFollowed: true, now: now) {
        #expect(end >= now + .milliseconds(pause))
        now = end
      }
    }
    #expect(count <= 1_001)
  }

  @Test("neither successes count nor our own failures, nor what nothing follows")
  func others() {
    var pace = pace(burst: 1)
    for status in [200, 304, 500, 503] {
      #expect(pace.answered(status: status, isFollowed: true, now: start) == nil)
    }
    pace = self.pace(burst: 1)
    #expect(pace.answered(status: 404, isFollowed: false, now: start) == nil)
    #expect(pace.answered(status: 500, isFollowed: true, now: start) == nil)
    #expect(pace.answered(status: 404, isFollowed: true, now: start) != nil)
  }

  @Test("a success makes up for a failure, and no more of them than a burst")
  func savings() {
    var pace = pace(burst: 2)
    for _ in 0..<100 { _ = pace.answered(status: 200, isFollowed: true, now: start) }
    for _ in 0..<3 { #expect(pace.answered(status: 400, isFollowed: true, now: start) == nil) }
    #expect(pace.answered(status: 400, isFollowed: true, now: start) != nil)
  }
}
