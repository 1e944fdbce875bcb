internal import HTTP

/// When a connection is pinged, when it is too old or too long without a stream, and whether the
/// peer pings too often. It has no clock and sends nothing: instants go in, actions come out.
///
/// ```swift
/// switch life.tick(now: now, hasStreams: true) {
/// case .ping: engine.ping()
/// …
/// }
/// ```
struct ConnectionLife {
  /// Why a connection ends, in the words that the peer gets as the GOAWAY's debug data, and that
  /// metrics and log use.
  enum Cause: String, Sendable, CaseIterable {
    /// It had no stream for too long.
    case maxIdle = "max_idle"
    /// It has become too old.
    case maxAge = "max_age"
    /// Its streams did not end within the grace.
    case maxAgeGrace = "max_age_grace"
    /// The peer did not answer a ping.
    case keepaliveTimeout = "keepalive_timeout"
    /// The peer pinged too often.
    case tooManyPings = "too_many_pings"
    /// It had no stream, and another connection needed its place.
    case evicted
  }

  enum Action: Hashable, Sendable {
    case none
    /// Ask the peer whether it is there.
    case ping
    /// Take no more streams once the peer has heard of it, and let those that run end.
    case retire(Cause)
    /// Cancel what runs and end the connection.
    case cut(Cause)
  }

  private enum Stage {
    /// New streams are welcome. Next: retired or over.
    case open
    /// The peer has been told to go elsewhere; with an instant, until then. Next: over.
    case retired(until: ContinuousClock.Instant?)
    /// Nothing will happen any more.
    case over
  }

  private enum Keepalive {
    /// The peer has been heard from. Next: asked.
    case quiet
    /// A ping is on its way since then. Next: quiet when anything arrives.
    case asked(since: ContinuousClock.Instant)
  }

  private let limits: LifeLimits
  private let idleTimeout: Duration
  private let ageEnd: ContinuousClock.Instant
  private var stage = Stage.open
  private var keepalive = Keepalive.quiet
  private var lastReceived: ContinuousClock.Instant
  /// When the last stream has ended, or the connection begun.
  private(set) var idleSince: ContinuousClock.Instant
  private var lastGoodPing: ContinuousClock.Instant?
  private var strikes = 0

  /// The life of a connection that begins now, its age different by `jitter` thousandths.
  init(_ limits: HTTPLimits, now: ContinuousClock.Instant, jitter: Int) {
    self.limits = limits.life
    idleTimeout = limits.idleTimeout
    ageEnd = limits.life.ageEnd(from: now, jitter: jitter)
    lastReceived = now
    idleSince = now
  }

  // MARK: Events

  /// Bytes have arrived, whatever they are.
  mutating func received(now: ContinuousClock.Instant) {
    lastReceived = now
    keepalive = .quiet
  }

  /// The last stream has ended.
  mutating func becameIdle(now: ContinuousClock.Instant) { idleSince = now }

  /// The peer has asked whether we are there. `hasSent`: since its last ping we have sent it
  /// something of a stream, and a peer that measures the way back and forth then pings rightly.
  mutating func receivedPing(
    now: ContinuousClock.Instant, hasStreams: Bool, hasSent: Bool
  ) -> Action {
    switch stage {
    case .open, .retired: break
    case .over: return .none
    }
    if hasSent {
      strikes = 0
      lastGoodPing = nil
    }
    let isBusy = hasStreams || limits.permitsIdlePings
    let interval = isBusy ? limits.pingIntervalMin : limits.idlePingIntervalMin
    guard let last = lastGoodPing, now < last + interval else {
      lastGoodPing = now
      return .none
    }
    strikes += 1
    guard strikes > limits.pingStrikesMax else { return .none }
    return cut(.tooManyPings)
  }

  /// The connection ends for another reason: it is neither too old nor idle any more.
  mutating func retired() {
    switch stage {
    case .open: stage = .retired(until: nil)
    case .retired, .over: break
    }
  }

  // MARK: Time

  /// When ``tick(now:hasStreams:)`` has something to do.
  func deadline(hasStreams: Bool) -> ContinuousClock.Instant? {
    let keepaliveDue: ContinuousClock.Instant =
      switch keepalive {
      case .quiet: lastReceived + limits.keepaliveTime
      case .asked(let since): since + limits.keepaliveTimeout
      }
    switch stage {
    case .open:
      let ends = hasStreams ? ageEnd : min(ageEnd, idleSince + idleTimeout)
      return min(keepaliveDue, ends)
    case .retired(let until): return until.map { min($0, keepaliveDue) } ?? keepaliveDue
    case .over: return nil
    }
  }

  /// What is due. Call it again until it says nothing more: several things can be due at once.
  mutating func tick(now: ContinuousClock.Instant, hasStreams: Bool) -> Action {
    switch stage {
    case .open:
      if now >= ageEnd {
        stage = .retired(until: now + limits.ageGrace)
        return .retire(.maxAge)
      }
      if !hasStreams && now >= idleSince + idleTimeout {
        stage = .retired(until: nil)
        return .retire(.maxIdle)
      }
    case .retired(let until):
      if let until, now >= until { return cut(.maxAgeGrace) }
    case .over: return .none
    }
    switch keepalive {
    case .quiet:
      guard now >= lastReceived + limits.keepaliveTime else { return .none }
      keepalive = .asked(since: now)
      return .ping
    case .asked(let since):
      guard now >= since + limits.keepaliveTimeout else { return .none }
      return cut(.keepaliveTimeout)
    }
  }

  private mutating func cut(_ cause: Cause) -> Action {
    stage = .over
    return .cut(cause)
  }
}
