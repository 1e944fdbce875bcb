@testable internal import HTTP2
internal import Testing

@Suite("Turn wait")
struct TurnWaitTests {
  private let start = ContinuousClock.now

  @Test("nothing has waited before it begins")
  func nothing() {
    let wait = TurnWait()
    #expect(!wait.isWaiting)
    #expect(wait.total(now: start) == .zero)
  }

  @Test("the turns of one load add up until the socket is empty")
  func adds() {
    var wait = TurnWait()
    wait.begin(now: start)
    #expect(wait.isWaiting)
    #expect(wait.total(now: start + .seconds(3)) == .seconds(3))
    wait.end(now: start + .seconds(4))
    #expect(!wait.isWaiting)
    wait.begin(now: start + .seconds(5))
    #expect(wait.total(now: start + .seconds(7)) == .seconds(6))
    wait.end(now: start + .seconds(7))
    #expect(wait.total(now: start + .seconds(9)) == .seconds(6))
    wait.socketEmptied()
    #expect(wait.total(now: start + .seconds(9)) == .zero)
  }
}
