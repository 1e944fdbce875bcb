/// How long a peer has not taken what waits for it. It has no clock: instants go in.
struct StallWatch {
  /// Bytes that count as taking something, unless it is all: a peer that opens its window byte by
  /// byte takes nothing.
  private static let progressBytes = 1_024

  private var since: ContinuousClock.Instant?
  private var sentThen = 0
  private var heldThen = 0

  /// Looks again: `held` bytes wait and `sent` have gone out since the connection began.
  mutating func look(held: Int, sent: Int, now: ContinuousClock.Instant) {
    guard held > 0 else {
      since = nil
      return
    }
    guard since == nil || sent - sentThen >= min(Self.progressBytes, heldThen) else { return }
    since = now
    sentThen = sent
    heldThen = held
  }

  /// How long nothing has been taken; nil when nothing waits.
  func stalled(now: ContinuousClock.Instant) -> Duration? { since.map { now - $0 } }
}
