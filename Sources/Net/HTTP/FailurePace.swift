/// Holds what fails of the requests that a connection of HTTP/1.1 sends without waiting for answers
/// against what it may have of that. It has no clock: instants go in.
///
/// Whoever waits for each answer is no faster than we are. Whoever does not has an error for every
/// few bytes, as fast as a core makes them.
struct FailurePace {
  /// How long a pause is at least, in milliseconds: a short one would be more work than what it
  /// keeps away. Each connection has a time of its own, or all that began together would go on
  /// together, time and again, and everybody else would wait for them.
  static let pauses = 100...200

  private let allowance: FloodLimits.Allowance
  /// Up to when the allowance per second has been used; the burst is how far this may be ahead of
  /// now.
  private var usedUpTo: ContinuousClock.Instant
  private let pauseLeast: Duration
  /// Failures that successes have paid for. No more than a burst, so that none are saved up.
  private var savings = 0

  /// - Parameter pause: one of ``pauses``.
  init(_ allowance: FloodLimits.Allowance, now: ContinuousClock.Instant, pause: Int) {
    self.allowance = allowance
    pauseLeast = .milliseconds(pause)
    usedUpTo = now
  }

  /// Counts an answer, which the next request may not have waited for. Returns until when that
  /// waits now; nil: it begins. A failure of ours is not the client's.
  mutating func answered(
    status: Int, isFollowed: Bool, now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant? {
    if status < 400 { savings = min(savings + allowance.perAnswer, allowance.burst) }
    guard isFollowed, 400..<500 ~= status else { return nil }
    if savings > 0 {
      savings -= 1
      return nil
    }
    let interval = Duration.nanoseconds(1_000_000_000 / max(1, allowance.perSecond))
    usedUpTo = max(usedUpTo, now) + interval
    // When one more of them would be within the allowance.
    let due = usedUpTo - interval * (allowance.burst - 1)
    return due > now ? max(due, now + pauseLeast) : nil
  }
}
