@testable internal import HTTP2
internal import Testing

@Suite("Window tuner")
struct WindowTunerTests {
  private let began = ContinuousClock.now
  private let start = WindowTuner.Windows(stream: 100_000, connection: 200_000)

  private func tuner(most: Int = 1_000_000) -> WindowTuner {
    WindowTuner(start: start, most: .init(stream: most, connection: most))
  }

  private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
    began + .milliseconds(milliseconds)
  }

  @Test("data beside which no ping is on its way is worth one")
  func asks() {
    var tuner = tuner()
    let isWorthOne = tuner.received(25_000, now: at(0))
    #expect(isWorthOne)
    let isWorthTwo = tuner.received(100_000, now: at(1))
    #expect(!isWorthTwo)
  }

  @Test("little data is not worth a ping until there is enough of it")
  func asksLittle() {
    var tuner = tuner()
    for _ in 0..<24 {
      let isWorthOne = tuner.received(1_000, now: at(0))
      #expect(!isWorthOne)
    }
    let isWorthOne = tuner.received(1_000, now: at(0))
    #expect(isWorthOne)
  }

  @Test("a window that is full in a round trip doubles, of the connection when it is full as well")
  func grows() {
    var tuner = tuner()
    _ = tuner.received(60_000, now: at(0))
    tuner.read(40_000)
    if let wanted = tuner.answered(now: at(50)) { tuner.set(wanted) }
    #expect(tuner.windows == .init(stream: 200_000, connection: 200_000))
    _ = tuner.received(60_000, now: at(50))
    tuner.read(80_000)
    let wanted = tuner.answered(now: at(100))
    #expect(wanted == .init(stream: 400_000, connection: 400_000))
  }

  @Test("what was read before the ping, or less than two fifths, makes no difference")
  func staysSmall() {
    var tuner = tuner()
    tuner.read(90_000)
    _ = tuner.received(90_000, now: at(0))
    tuner.read(39_999)
    let wanted = tuner.answered(now: at(50))
    #expect(wanted == nil)
  }

  @Test("data that nobody reads makes no difference")
  func unread() {
    var tuner = tuner()
    for _ in 0..<10 { _ = tuner.received(100_000, now: at(0)) }
    let wanted = tuner.answered(now: at(50))
    #expect(wanted == nil)
  }

  @Test("an answer to no ping makes no difference")
  func unasked() {
    var tuner = tuner()
    tuner.read(100_000)
    let wanted = tuner.answered(now: at(50))
    #expect(wanted == nil)
  }

  @Test("windows grow to the most there may be, and then nothing is asked")
  func mostly() {
    var tuner = tuner(most: 500_000)
    var now = 0
    for _ in 0..<8 {
      guard tuner.received(tuner.windows.stream, now: at(now)) else { break }
      tuner.read(tuner.windows.stream)
      now += 50
      if let wanted = tuner.answered(now: at(now)) { tuner.set(wanted) }
    }
    #expect(tuner.windows == .init(stream: 500_000, connection: 500_000))
    let asks = tuner.received(1_000_000, now: at(now + 60_000))
    #expect(!asks)
  }

  @Test("a larger window that brings no more is not enlarged again")
  func noFaster() {
    var tuner = tuner()
    _ = tuner.received(100_000, now: at(0))
    tuner.read(100_000)
    if let wanted = tuner.answered(now: at(50)) { tuner.set(wanted) }
    _ = tuner.received(100_000, now: at(50))
    // Twice as much in twice the time: a queue on the way has become longer, nothing else.
    tuner.read(200_000)
    let wanted = tuner.answered(now: at(450))
    #expect(tuner.windows.stream == 200_000)
    #expect(wanted == nil)
  }

  @Test("pings that show nothing become rare")
  func pauses() {
    var tuner = tuner()
    var asked: [Int] = []
    for now in stride(from: 0, to: 20_000, by: 50) {
      if tuner.received(100_000, now: at(now)) {
        asked.append(now)
        _ = tuner.answered(now: at(now))
      }
    }
    #expect(asked == [0, 100, 300, 700, 1_500, 3_100, 6_300, 12_700])
  }

  @Test("a growth that was refused is asked for again after a pause")
  func refused() {
    var tuner = tuner()
    for now in [0, 200] {
      let asks = tuner.received(100_000, now: at(now))
      #expect(asks)
      tuner.read(100_000)
      let wanted = tuner.answered(now: at(now + 50))
      #expect(wanted?.stream == 200_000)
      tuner.refused(now: at(now + 50))
      let asksAtOnce = tuner.received(100_000, now: at(now + 50))
      #expect(!asksAtOnce)
    }
  }

  @Test("a reset is a new beginning")
  func reset() {
    var tuner = tuner()
    _ = tuner.received(100_000, now: at(0))
    tuner.read(100_000)
    if let wanted = tuner.answered(now: at(50)) { tuner.set(wanted) }
    #expect(tuner.hasGrown)
    tuner.reset()
    #expect(!tuner.hasGrown)
    #expect(tuner.windows == start)
  }

  @Test("a start above the most is the most")
  func startAboveMost() {
    var tuner = tuner(most: 50_000)
    let asks = tuner.received(1_000_000, now: at(0))
    #expect(!asks)
  }
}
