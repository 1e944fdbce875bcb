internal import HTTP
internal import Testing

@testable internal import HTTP2

@Suite("HoldingRelief")
struct HoldingReliefTests {
  private static let limits: HTTPLimits = {
    var limits = HTTPLimits()
    limits.heldBytesMax = 1_000
    limits.stallTimeoutWhenFull = .seconds(5)
    return limits
  }()

  private func ending(_ holdings: [(bytes: Int, stalled: Duration?)]) -> [String] {
    HoldingRelief.ending(
      holdings.map { .init(bytes: $0.bytes, stalled: $0.stalled) },
      held: holdings.reduce(0) { $0 + $1.bytes }, Self.limits
    ).map { "\($0.index) \($0.cause.rawValue)" }
  }

  @Test("ends nobody at the limit, and at one byte more whoever takes nothing")
  func limit() {
    #expect(ending([(1_000, .seconds(60))]).isEmpty)
    #expect(ending([(1_001, .seconds(60))]) == ["0 stalled"])
  }

  @Test("a peer that takes nothing has its time to the end of it")
  func stalled() {
    #expect(ending([(1_500, .seconds(5) - .nanoseconds(1))]).isEmpty)
    #expect(ending([(1_500, .seconds(5))]) == ["0 stalled"])
    #expect(ending([(1_500, nil)]).isEmpty)
  }

  @Test("ends those for whom most waits, and no more than it must")
  func most() {
    let ended = ending([
      (100, .seconds(60)), (700, .seconds(60)), (50, .seconds(60)), (300, .seconds(60)),
    ])
    #expect(ended == ["1 stalled"])
    #expect(ending([(600, nil), (500, .seconds(60)), (10, .seconds(60))]) == ["1 stalled"])
  }

  @Test("whoever takes something is spared at twice the limit, and not at one byte more")
  func twice() {
    #expect(ending([(1_200, nil), (800, nil)]).isEmpty)
    #expect(ending([(1_200, nil), (801, nil)]) == ["0 held_bytes"])
    #expect(ending([(1_200, nil), (0, .seconds(60)), (801, nil)]) == ["0 held_bytes"])
  }
}

@Suite("SendWatch")
struct SendWatchTests {
  private let start = ContinuousClock.now

  @Test("time begins anew with so many bytes, and with one byte less it does not")
  func progress() {
    var watch = SendWatch(now: start)
    watch.began(now: start + .seconds(1))
    #expect(watch.since == start + .seconds(1))
    watch.took(upTo: SendWatch.progressBytes - 1, now: start + .seconds(2))
    #expect(watch.since == start + .seconds(1))
    watch.took(upTo: SendWatch.progressBytes, now: start + .seconds(3))
    #expect(watch.since == start + .seconds(3))
    watch.took(upTo: 2 * SendWatch.progressBytes - 1, now: start + .seconds(4))
    #expect(watch.since == start + .seconds(3))
  }

  @Test("what waits anew is counted from its own beginning")
  func again() {
    var watch = SendWatch(now: start)
    watch.took(upTo: 100_000, now: start)
    watch.began(now: start + .seconds(1))
    watch.took(upTo: SendWatch.progressBytes, now: start + .seconds(2))
    #expect(watch.since == start + .seconds(2))
  }
}
