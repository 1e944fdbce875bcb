internal import HTTP
@testable internal import HTTP2
internal import Testing

@Suite("ConnectionLife")
struct ConnectionLifeTests {
  private let start = ContinuousClock.now

  private static var limits: HTTPLimits {
    var limits = HTTPLimits()
    limits.idleTimeout = .seconds(300)
    limits.life.keepaliveTime = .seconds(100)
    limits.life.keepaliveTimeout = .seconds(20)
    limits.life.pingIntervalMin = .seconds(60)
    limits.life.idlePingIntervalMin = .seconds(600)
    limits.life.pingStrikesMax = 2
    limits.life.ageMax = .seconds(1_000)
    limits.life.ageGrace = .seconds(50)
    return limits
  }

  private func life(
    jitter: Int = 0, _ change: (inout HTTPLimits) -> Void = { _ in }
  ) -> ConnectionLife {
    var limits = Self.limits
    change(&limits)
    return ConnectionLife(limits, now: start, jitter: jitter)
  }

  private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  // MARK: Keepalive

  @Test("a silent peer is pinged after the keepalive time, and cut off after the timeout")
  func keepalive() {
    var life = life()
    #expect(life.deadline(hasStreams: true) == at(100))
    #expect(life.tick(now: at(99.9), hasStreams: true) == .none)
    #expect(life.tick(now: at(100), hasStreams: true) == .ping)
    #expect(life.tick(now: at(100), hasStreams: true) == .none)
    #expect(life.deadline(hasStreams: true) == at(120))
    #expect(life.tick(now: at(119.9), hasStreams: true) == .none)
    #expect(life.tick(now: at(120), hasStreams: true) == .cut(.keepaliveTimeout))
    #expect(life.tick(now: at(200), hasStreams: true) == .none)
    #expect(life.deadline(hasStreams: true) == nil)
  }

  @Test("any byte answers a ping, and the time runs from the last byte")
  func answered() {
    var life = life()
    life.received(now: at(60))
    #expect(life.tick(now: at(100), hasStreams: true) == .none)
    #expect(life.tick(now: at(160), hasStreams: true) == .ping)
    life.received(now: at(161))
    #expect(life.deadline(hasStreams: true) == at(261))
    #expect(life.tick(now: at(181), hasStreams: true) == .none)
    #expect(life.tick(now: at(261), hasStreams: true) == .ping)
  }

  // MARK: Pings of the peer

  @Test("two pings too early are forgiven, the third ends the connection")
  func strikes() {
    var life = life()
    #expect(life.receivedPing(now: at(1), hasStreams: true, hasSent: false) == .none)
    #expect(life.receivedPing(now: at(2), hasStreams: true, hasSent: false) == .none)
    #expect(life.receivedPing(now: at(3), hasStreams: true, hasSent: false) == .none)
    let third = life.receivedPing(now: at(4), hasStreams: true, hasSent: false)
    #expect(third == .cut(.tooManyPings))
    #expect(life.receivedPing(now: at(5), hasStreams: true, hasSent: false) == .none)
  }

  @Test("pings at the permitted interval are none too many")
  func permittedPings() {
    var life = life()
    for number in 0..<100 {
      let action = life.receivedPing(
        now: at(Double(number) * 60), hasStreams: true, hasSent: false)
      #expect(action == .none)
    }
  }

  @Test(
    "pings a moment before the permitted interval are too many, with a stream and without",
    arguments: [(true, 60.0), (false, 600.0)])
  func pingsTooSoon(hasStreams: Bool, interval: Double) {
    for (early, last) in [(0.0, ConnectionLife.Action.none), (0.001, .cut(.tooManyPings))] {
      var life = life()
      var now = 0.0
      var action = life.receivedPing(now: at(now), hasStreams: hasStreams, hasSent: false)
      // Three that come too soon; the interval runs from the last that did not.
      for _ in 0..<3 {
        #expect(action == .none)
        now += early == 0 ? interval : (interval - early) / 3
        action = life.receivedPing(now: at(now), hasStreams: hasStreams, hasSent: false)
      }
      #expect(action == last)
    }
  }

  @Test("a peer that we have sent something of a stream starts over")
  func forgiven() {
    var life = life()
    for number in 0..<100 {
      let action = life.receivedPing(now: at(Double(number)), hasStreams: true, hasSent: true)
      #expect(action == .none)
    }
    for _ in 0..<2 {
      #expect(life.receivedPing(now: at(100), hasStreams: true, hasSent: false) == .none)
    }
    #expect(life.receivedPing(now: at(100), hasStreams: true, hasSent: true) == .none)
    for _ in 0..<2 {
      #expect(life.receivedPing(now: at(101), hasStreams: true, hasSent: false) == .none)
    }
    let last = life.receivedPing(now: at(101), hasStreams: true, hasSent: false)
    #expect(last == .cut(.tooManyPings))
  }

  @Test("without a stream a peer must ping more seldom, unless that is permitted")
  func idlePings() {
    for isPermitted in [false, true] {
      var life = life { $0.life.permitsIdlePings = isPermitted }
      var last = ConnectionLife.Action.none
      for number in 0..<4 {
        last = life.receivedPing(
          now: at(Double(number) * 100), hasStreams: false, hasSent: false)
      }
      #expect(last == (isPermitted ? .none : .cut(.tooManyPings)))
    }
  }

  // MARK: Idle and age

  @Test("a connection without a stream is retired after the idle time")
  func idle() {
    var life = life { $0.life.keepaliveTime = .seconds(10_000) }
    #expect(life.deadline(hasStreams: false) == at(300))
    #expect(life.tick(now: at(300), hasStreams: true) == .none)
    life.becameIdle(now: at(400))
    #expect(life.deadline(hasStreams: false) == at(700))
    #expect(life.tick(now: at(699), hasStreams: false) == .none)
    #expect(life.tick(now: at(700), hasStreams: false) == .retire(.maxIdle))
    #expect(life.tick(now: at(2_000), hasStreams: false) == .none)
  }

  @Test("a connection that is too old is retired, and cut when its streams go on")
  func age() {
    var life = life { $0.life.keepaliveTime = .seconds(10_000) }
    #expect(life.deadline(hasStreams: true) == at(1_000))
    #expect(life.tick(now: at(999), hasStreams: true) == .none)
    #expect(life.tick(now: at(1_000), hasStreams: true) == .retire(.maxAge))
    #expect(life.deadline(hasStreams: true) == at(1_050))
    #expect(life.tick(now: at(1_049), hasStreams: true) == .none)
    #expect(life.tick(now: at(1_050), hasStreams: true) == .cut(.maxAgeGrace))
  }

  @Test("the age differs by a tenth at most", arguments: [(-100, 900), (0, 1_000), (100, 1_100)])
  func jitter(thousandths: Int, age: Double) {
    var life = life(jitter: thousandths) { $0.life.keepaliveTime = .seconds(10_000) }
    #expect(life.deadline(hasStreams: true) == at(age))
    #expect(life.tick(now: at(age - 0.1), hasStreams: true) == .none)
    #expect(life.tick(now: at(age), hasStreams: true) == .retire(.maxAge))
  }

  @Test("a connection that ends anyway has no age, and is still asked whether it is there")
  func retired() {
    var life = life { $0.life.keepaliveTime = .seconds(5_000) }
    life.retired()
    #expect(life.deadline(hasStreams: false) == at(5_000))
    #expect(life.tick(now: at(4_000), hasStreams: false) == .none)
    #expect(life.tick(now: at(5_000), hasStreams: true) == .ping)
  }

  @Test("what is due together is told one after the other")
  func together() {
    var life = life { $0.life.ageMax = .seconds(100) }
    #expect(life.tick(now: at(100), hasStreams: true) == .retire(.maxAge))
    #expect(life.tick(now: at(100), hasStreams: true) == .ping)
    #expect(life.tick(now: at(100), hasStreams: true) == .none)
  }
}
