/// How large the windows of a connection should be. It has no clock and sends nothing: what has
/// happened goes in, sizes come out.
///
/// A peer that is far away waits when its window is smaller than what one round trip carries. So
/// a ping goes out beside its data, and what the handlers read before the answer is one round
/// trip's worth. If that is about what the window lets through, and came faster than ever before,
/// then the window is what holds the peer up, and doubles.
///
/// What nobody reads does not count, so a peer cannot make us keep more of it by sending.
///
/// ```swift
/// if tuner.received(count, now: now) { engine.ping(.window) }
/// tuner.read(count)
/// if let wanted = tuner.answered(now: now) { engine.setWindows(wanted) }
/// ```
struct WindowTuner {
  struct Windows: Hashable, Sendable {
    /// Body bytes of a stream that the peer may send before any are read.
    var stream: Int
    /// The same of all streams together.
    var connection: Int
  }

  private enum State {
    /// No ping is on its way. Next: measuring, when there is data.
    case quiet
    /// A ping is on its way since then. Next: quiet, when it is answered.
    case measuring(since: ContinuousClock.Instant)
  }

  /// Between two pings that have shown nothing, at first; twice as long after each.
  private static let pauseLeast = Duration.milliseconds(100)
  private static let pauseMost = Duration.seconds(10)

  let start: Windows
  private let most: Windows
  private(set) var windows: Windows
  private var state = State.quiet
  /// Bytes that have come since the last ping was answered.
  private var receivedBytes = 0
  /// Bytes that have been read since the last ping was sent.
  private var readBytes = 0
  /// The greatest bytes per second so far.
  private var bestRate = 0.0
  private var pause = Self.pauseLeast
  private var pausedUntil: ContinuousClock.Instant?

  init(start: Windows, most: Windows) {
    self.start = start
    self.most = Windows(
      stream: max(start.stream, most.stream),
      connection: max(start.connection, most.connection))
    windows = start
  }

  /// Whether the windows are larger than they were at first.
  var hasGrown: Bool { windows != start }

  /// Data has come. True: send a ping now.
  mutating func received(_ count: Int, now: ContinuousClock.Instant) -> Bool {
    switch state {
    case .measuring: return false
    case .quiet:
      receivedBytes += count
      // Whoever sends little is not held up, and pings for nothing are work for both.
      guard receivedBytes >= windows.stream / 4, windows != most else { return false }
      if let pausedUntil, now < pausedUntil { return false }
      state = .measuring(since: now)
      readBytes = 0
      return true
    }
  }

  /// Handlers have taken so many bytes.
  mutating func read(_ count: Int) { readBytes += count }

  /// The ping has been answered. Returns the windows that the connection should have, if those it
  /// has hold the peer up.
  mutating func answered(now: ContinuousClock.Instant) -> Windows? {
    switch state {
    case .quiet: return nil
    case .measuring(let since):
      state = .quiet
      receivedBytes = 0
      // Below a microsecond the clock, not the way, is what would be measured.
      let rate = Double(readBytes) / max(1e-6, seconds(now - since))
      let isFaster = rate > bestRate
      bestRate = max(bestRate, rate)
      guard isFaster, fills(windows.stream) else {
        rest(now: now)
        return nil
      }
      let stream = min(most.stream, 2 * windows.stream)
      let connection = fills(windows.connection) ? 2 * windows.connection : windows.connection
      let wanted = Windows(
        stream: stream, connection: min(most.connection, max(connection, stream)))
      return wanted == windows ? nil : wanted
    }
  }

  /// Whether so much was read as a peer can send that waits for a window of this size. The library
  /// announces what has been read when it is half a window, so half may be on its way at a time,
  /// and a piece less.
  private func fills(_ window: Int) -> Bool { readBytes >= window / 5 * 2 }

  /// The windows have been set.
  mutating func set(_ windows: Windows) {
    self.windows = windows
    pause = Self.pauseLeast
    pausedUntil = nil
  }

  /// Larger windows cannot be had at the moment.
  mutating func refused(now: ContinuousClock.Instant) {
    // The same rate again shall count as progress when there is room.
    bestRate = 0
    rest(now: now)
  }

  /// The windows are as they were at first, and so is what is known.
  mutating func reset() { self = WindowTuner(start: start, most: most) }

  private mutating func rest(now: ContinuousClock.Instant) {
    pausedUntil = now + pause
    pause = min(pause * 2, Self.pauseMost)
  }

  private func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }
}
