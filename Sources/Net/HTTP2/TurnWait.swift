/// How long what a peer has sent waits for its turns: that is no delay of the peer's, and what it
/// owes may be among it. It has no clock: instants go in.
struct TurnWait {
  /// Each event of the socket asks for it, and a bit costs less to read than an instant.
  private(set) var isWaiting = false
  private var since: ContinuousClock.Instant?
  /// Of the turns since its socket was last empty.
  private var earlier = Duration.zero

  mutating func begin(now: ContinuousClock.Instant) {
    isWaiting = true
    since = now
  }

  /// It is its turn.
  mutating func end(now: ContinuousClock.Instant) {
    earlier += duration(now: now)
    isWaiting = false
    since = nil
  }

  /// All that the peer has sent until now has been read.
  mutating func socketEmptied() { earlier = .zero }

  /// How long it has waited since its socket was last empty.
  func total(now: ContinuousClock.Instant) -> Duration { earlier + duration(now: now) }

  private func duration(now: ContinuousClock.Instant) -> Duration {
    since.map { now - $0 } ?? .zero
  }
}
