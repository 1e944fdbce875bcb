/// Whether the addresses of a server are known, and when to ask for them again.
struct ResolutionState {
  enum State: Equatable {
    case unresolved
    case resolving
    /// Known since this time.
    case resolved(at: ContinuousClock.Instant)
    /// Not known; asked for again not before the time.
    case failed(until: ContinuousClock.Instant, cause: HTTPClientError)
  }

  private(set) var state = State.unresolved
  /// Tells the answer to an attempt that has been given up from the one that is waited for.
  private(set) var attempt = 0
  private var isStale = false
  private var backoff: Backoff
  private let interval: Duration

  init(backoff: Backoff.Configuration, interval: Duration) {
    self.backoff = Backoff(backoff)
    self.interval = interval
  }

  var isResolving: Bool { state == .resolving }

  /// The addresses may have changed.
  mutating func refresh() { isStale = true }

  /// Somebody wants addresses; true when they must be asked for. Without a connection, addresses
  /// that have lain for a while count as stale, so that a server which has moved is found.
  mutating func demand(now: ContinuousClock.Instant, isIdle: Bool) -> Bool {
    switch state {
    case .unresolved: break
    case .resolving: return false
    case .resolved(let time):
      guard isStale || isIdle, now >= time + interval else { return false }
    case .failed(let until, _):
      guard now >= until else { return false }
    }
    state = .resolving
    isStale = false
    attempt += 1
    return true
  }

  mutating func succeeded(now: ContinuousClock.Instant) {
    backoff.reset()
    state = .resolved(at: now)
  }

  /// Returns when to try again.
  mutating func failed(
    _ cause: HTTPClientError, now: ContinuousClock.Instant, random: Double
  ) -> ContinuousClock.Instant {
    let until = now + backoff.next(random: random)
    state = .failed(until: until, cause: cause)
    return until
  }
}
