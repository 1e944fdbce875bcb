internal import Telemetry
internal import Testing

@Suite("Moment")
struct MomentTests {
  @Test(
    "is the instant that it is made of",
    arguments: [-86_400, 0, 300, 86_400 * 365 * 100] as [Int64])
  func instant(seconds: Int64) {
    let instant = ContinuousClock.now + .seconds(seconds) + .nanoseconds(1)
    #expect(Moment(instant).instant == instant)
  }

  @Test("is as much later as is added")
  func addition() {
    let moment = Moment.now
    #expect((moment + .milliseconds(5)).instant == moment.instant + .milliseconds(5))
    #expect(moment < moment + .nanoseconds(1))
    #expect(moment + .nanoseconds(-1) < moment)
  }
}
