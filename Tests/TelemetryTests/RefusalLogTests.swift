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
}
