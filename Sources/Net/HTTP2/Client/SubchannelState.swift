/// Whether there is a connection to a server, and when the next attempt may be made.
///
/// ```
///          demand            connected
///   idle ──────────► connecting ─────────► ready
///    ▲                  │                    │
///    │ waited           │ failed             │ lost without having been of use, twice in a row
///    └────────────── waiting ◄───────────────┤
///    ▲                                       │ lost
///    └───────────────────────────────────────┘
/// ```
///
/// It is never stopped for good: after the longest wait it is idle, and the next demand connects.
package struct SubchannelState {
  package enum State: Sendable, Equatable {
    /// No connection, and nobody wanted one since the last was lost. A demand connects.
    case idle
    /// An attempt runs since this time.
    case connecting(since: ContinuousClock.Instant)
    /// A connection that may be used, since this time.
    case ready(since: ContinuousClock.Instant)
    /// The last attempt has failed; the next comes not before the time.
    case waiting(until: ContinuousClock.Instant, cause: HTTPClientError)
  }

  package enum Action: Equatable {
    case none
    /// Begin an attempt and give it up at the time.
    case connect(deadline: ContinuousClock.Instant)
    /// Call ``waited(now:)`` at the time.
    case wakeUp(at: ContinuousClock.Instant)
  }

  package private(set) var state = State.idle
  private var backoff: Backoff
  /// Connections in a row that have ended young and were of no use.
  private var uselessCount = 0
  private let connectTimeout: Duration

  package init(backoff: Backoff.Configuration, connectTimeout: Duration) {
    self.backoff = Backoff(backoff)
    self.connectTimeout = connectTimeout
  }

  /// Somebody wants a connection.
  package mutating func demand(now: ContinuousClock.Instant) -> Action {
    switch state {
    case .idle:
      state = .connecting(since: now)
      return .connect(deadline: now + connectTimeout)
    case .waiting(let until, _) where until <= now:
      state = .connecting(since: now)
      return .connect(deadline: now + connectTimeout)
    case .waiting, .connecting, .ready: return .none
    }
  }

  /// The attempt has succeeded: the server has sent its settings.
  package mutating func connected(now: ContinuousClock.Instant) {
    switch state {
    case .connecting: state = .ready(since: now)
    case .idle, .ready, .waiting: break
    }
  }

  /// The attempt has failed.
  package mutating func failed(
    _ cause: HTTPClientError, now: ContinuousClock.Instant, random: Double
  ) -> Action {
    switch state {
    case .connecting(let since): return wait(cause, since: since, now: now, random: random)
    case .idle, .ready, .waiting: return .none
    }
  }

  /// The connection has ended, or takes no more requests. The second in a row that ends young and
  /// was of no use to anybody counts as a failed attempt, so that a server which accepts and closes
  /// is not connected to without a pause. The first may have met a server that is being replaced.
  package mutating func lost(
    _ cause: HTTPClientError, wasUseful: Bool, now: ContinuousClock.Instant, random: Double
  ) -> Action {
    switch state {
    case .ready(let since):
      if !wasUseful && now < since + Self.youth {
        uselessCount += 1
        if uselessCount > 1 { return wait(cause, since: since, now: now, random: random) }
      } else {
        uselessCount = 0
        backoff.reset()
      }
      state = .idle
      return .none
    case .idle, .connecting, .waiting: return .none
    }
  }

  /// The time of ``Action/wakeUp(at:)`` has come.
  package mutating func waited(now: ContinuousClock.Instant) {
    switch state {
    case .waiting(let until, _) where until <= now: state = .idle
    case .waiting, .idle, .connecting, .ready: break
    }
  }

  /// Nobody has wanted the connection for long, or it is to another address now.
  package mutating func rest() {
    switch state {
    case .ready, .idle: state = .idle
    case .connecting, .waiting: break
    }
  }

  private static let youth = Duration.seconds(1)

  private mutating func wait(
    _ cause: HTTPClientError, since: ContinuousClock.Instant, now: ContinuousClock.Instant,
    random: Double
  ) -> Action {
    // Counted from the beginning of the attempt, as a slow failure has been a wait already.
    let until = max(now, since + backoff.next(random: random))
    state = .waiting(until: until, cause: cause)
    return .wakeUp(at: until)
  }
}
