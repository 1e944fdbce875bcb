internal import Testing

@testable internal import HTTP2

@Suite("Unsent output")
struct UnsentOutputTests {
  private let start = ContinuousClock.now

  @Test("nothing waits before something is kept")
  func empty() {
    var unsent = UnsentOutput(now: start)
    #expect(unsent.isEmpty)
    #expect(unsent.count == 0)
    #expect(unsent.stalled(now: start + .seconds(9)) == nil)
    let dropped = unsent.drop()
    #expect(dropped == 0)
  }

  @Test("the rest waits from the moment it is kept, until it is dropped")
  func rest() {
    var unsent = UnsentOutput(now: start)
    unsent.keep([1, 2, 3, 4, 5], from: 2, now: start + .seconds(1))
    #expect(!unsent.isEmpty)
    #expect(unsent.count == 3)
    #expect(unsent.stalled(now: start + .seconds(4)) == .seconds(3))
    let dropped = unsent.drop()
    #expect(dropped == 3)
    #expect(unsent.isEmpty)
    #expect(unsent.stalled(now: start + .seconds(4)) == nil)
  }
}
