/// What a connection has to send and its socket has not taken yet, and for how long its peer has
/// read nothing of it. It has no clock: instants go in.
struct UnsentOutput {
  private var bytes: [UInt8] = []
  private var start = 0
  private var watch: SendWatch

  init(now: ContinuousClock.Instant) { watch = SendWatch(now: now) }

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count - start }

  /// How long the peer has taken too little of it; nil when nothing waits.
  func stalled(now: ContinuousClock.Instant) -> Duration? {
    isEmpty ? nil : now - watch.since
  }

  /// Keeps what is left of the output from that index on. There must be nothing else.
  mutating func keep(_ output: [UInt8], from index: Int, now: ContinuousClock.Instant) {
    bytes = output.copy(from: index)
    start = 0
    watch.began(now: now)
  }

  /// Sends as much as the socket takes, and says how much that was; nil: the connection is broken.
  mutating func send(over transport: borrowing Transport, now: ContinuousClock.Instant) -> Int? {
    guard let position = transport.send(bytes, from: start) else { return nil }
    watch.took(upTo: position, now: now)
    let sent = position - start
    start = position
    if start == bytes.count { drop() }
    return sent
  }

  /// Forgets it, and says how much it was.
  @discardableResult
  mutating func drop() -> Int {
    defer {
      bytes = []
      start = 0
    }
    return count
  }
}

extension [UInt8] {
  /// The rest in an array of its own, even where that is all: the loop's buffer of output goes on
  /// to others.
  func copy(from start: Int) -> [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe Array(UnsafeBufferPointer(rebasing: $0[start...])) }
  }
}
