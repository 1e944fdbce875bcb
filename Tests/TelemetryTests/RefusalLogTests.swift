internal import Telemetry
internal import Testing

@Suite("RefusalLog")
struct RefusalLogTests {
  private let start = ContinuousClock.now

  @Test("writes some lines for a cause, then says how many it left out")
  func lines() {
    var log = RefusalLog()
    for _ in 0..<RefusalLog.linesMax {
      let suppressed = log.admit("a", now: start)
      #expect(suppressed == 0)
    }
    for _ in 0..<7 {
      let suppressed = log.admit("a", now: start)
      #expect(suppressed == nil)
    }
    let other = log.admit("b", now: start)
    #expect(other == 0)
    let later = start + RefusalLog.interval
    let first = log.admit("a", now: later)
    #expect(first == 7)
    let second = log.admit("a", now: later)
    #expect(second == 0)
  }

  @Test("what comes together has one line, and the rest of it is left out")
  func together() {
    var log = RefusalLog()
    let first = log.admit("a", times: 3, now: start)
    #expect(first == 2)
    for _ in 1..<RefusalLog.linesMax { _ = log.admit("a", now: start) }
    let none = log.admit("a", times: 5, now: start)
    #expect(none == nil)
    let later = log.admit("a", now: start + RefusalLog.interval)
    #expect(later == 5)
  }
}
