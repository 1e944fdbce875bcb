/// When which of a server's addresses is tried (RFC 8305, "happy eyeballs"): each a moment after
/// the one before it, or at once when that has failed. It has no clock and opens nothing.
///
/// ```
///             started, more left         the last started
///   starting ───────────────────► starting ───────────► waiting
///      │ a failure makes the next due at once              │ all have failed
///      └───────────────────────────────────────────────► lost
/// ```
struct AddressRace {
  enum Step: Hashable, Sendable {
    /// Begin with this address.
    case attempt(Int)
    /// Wait for an attempt to end, at most until then if there is another address.
    case wait(until: ContinuousClock.Instant?)
    /// Every address has failed.
    case lost
  }

  private let count: Int
  private let delay: Duration
  private var started = 0
  private var running = 0
  private var due: ContinuousClock.Instant?

  init(count: Int, delay: Duration) {
    self.count = count
    self.delay = delay
  }

  /// What to do now. Ask again after every attempt that has begun or ended.
  mutating func next(now: ContinuousClock.Instant) -> Step {
    guard started < count else { return running > 0 ? .wait(until: nil) : .lost }
    if let due, now < due { return .wait(until: due) }
    due = now + delay
    started += 1
    running += 1
    return .attempt(started - 1)
  }

  /// One of the attempts has failed.
  mutating func failed() {
    precondition(running > 0, "only what has begun can fail")
    running -= 1
    due = nil
  }

  /// Puts the families by turns, so that one that leads nowhere costs one delay and not many. The
  /// order within a family stays, and so does which comes first: the resolver has thought about it.
  static func byTurns<Address>(_ addresses: [Address], family: (Address) -> Int32) -> [Address] {
    var families: [Int32] = []
    for address in addresses where !families.contains(family(address)) {
      families.append(family(address))
    }
    let queues = families.map { wanted in addresses.filter { family($0) == wanted } }
    let longest = queues.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in
      queues.compactMap { index < $0.count ? $0[index] : nil }
    }
  }
}
