/// When a connection that carries one exchange at a time is too old. It has no clock and sends
/// nothing: instants go in, actions come out.
struct ConnectionAge {
  enum Action: Hashable, Sendable {
    case none
    /// Say with the next answer that it is the last.
    case retire
    /// End the connection, whatever runs.
    case cut
  }

  private enum Stage {
    /// Answers leave the connection open. Next: old.
    case young(until: ContinuousClock.Instant)
    /// The next answer is the last. Next: over, if none comes until then.
    case old(until: ContinuousClock.Instant)
    case over
  }

  private let grace: Duration
  private var stage: Stage

  /// The age of a connection that begins now, its end moved by `jitter` thousandths.
  init(_ limits: LifeLimits, now: ContinuousClock.Instant, jitter: Int) {
    grace = limits.ageGrace
    stage = .young(until: limits.ageEnd(from: now, jitter: jitter))
  }

  /// Whether the next answer is the last.
  var isOld: Bool {
    switch stage {
    case .young: false
    case .old, .over: true
    }
  }

  /// When ``tick(now:)`` has something to do.
  var deadline: ContinuousClock.Instant? {
    switch stage {
    case .young(let until), .old(let until): until
    case .over: nil
    }
  }

  /// What is due.
  mutating func tick(now: ContinuousClock.Instant) -> Action {
    switch stage {
    case .young(let until):
      guard now >= until else { return .none }
      stage = .old(until: now + grace)
      return .retire
    case .old(let until):
      guard now >= until else { return .none }
      stage = .over
      return .cut
    case .over: return .none
    }
  }
}
