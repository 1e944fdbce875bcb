/// How long a peer has not read what waits in front of its socket. It has no clock: instants go in.
struct SendWatch {
  /// Bytes that a slow reader must take before its time begins anew: one that reads a byte now and
  /// then shall not keep the rest here.
  static let progressBytes = 4_096

  private(set) var since: ContinuousClock.Instant
  private var mark = 0

  init(now: ContinuousClock.Instant) { since = now }

  /// Bytes wait from now on.
  mutating func began(now: ContinuousClock.Instant) {
    since = now
    mark = 0
  }

  /// So many of the bytes that wait have been taken by now.
  mutating func took(upTo position: Int, now: ContinuousClock.Instant) {
    guard position - mark >= Self.progressBytes else { return }
    since = now
    mark = position
  }
}
