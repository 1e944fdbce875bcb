internal import HTTP

/// Holds what a peer sends against what it may send. It has no clock: instants go in.
///
/// ```swift
/// guard floods.allow(.ping, limits, now: now) else { … }
/// ```
struct FloodGuard {
  /// What is counted. The names are those of the causes in metrics and log.
  enum Event: Int, CaseIterable, Sendable {
    case ping
    case settings
    case priority
    case windowUpdate
    case emptyFrame
    case strayFrame
    case reset
    case provokedReset
    case refusal
    case bomb

    var cause: String {
      switch self {
      case .ping: "ping_flood"
      case .settings: "settings_flood"
      case .priority: "priority_flood"
      case .windowUpdate: "window_update_flood"
      case .emptyFrame: "empty_frame_flood"
      case .strayFrame: "stray_frame_flood"
      case .reset: "reset_flood"
      case .provokedReset: "provoked_reset_flood"
      case .refusal: "refusal_flood"
      case .bomb: "compression_bomb"
      }
    }
  }

  private struct Account {
    /// Up to when the allowance per second has been used, in nanoseconds; the burst is how far
    /// this may be ahead of now.
    var usedUpTo: Int64 = 0
    /// How many events have been paid for with answers and streams.
    var earnedUsed: Int64 = 0
  }

  /// Events that answers and streams of the past can pay for, so that none can be saved up for a
  /// flood.
  private static let savingsMax: Int64 = 10_000

  private var accounts = [10 of Account](repeating: Account())
  private var answers: Int64 = 0
  private var streams: Int64 = 0
  private let start: ContinuousClock.Instant

  init(now: ContinuousClock.Instant) {
    precondition(accounts.count == Event.allCases.count, "an account for each event")
    start = now
  }

  /// A frame of an answer has been sent.
  mutating func answered() { answers &+= 1 }

  /// The peer has opened a stream.
  mutating func opened() { streams &+= 1 }

  /// Counts an event; false when there have been too many.
  mutating func allow(
    _ event: Event, _ limits: FloodLimits, now: ContinuousClock.Instant
  ) -> Bool {
    let allowance = limits.allowance(event)
    var account = accounts[event.rawValue]
    defer { accounts[event.rawValue] = account }
    let earned = answers * Int64(allowance.perAnswer) + streams * Int64(allowance.perStream)
    account.earnedUsed = max(account.earnedUsed, earned - Self.savingsMax)
    if account.earnedUsed < earned {
      account.earnedUsed += 1
      return true
    }
    let interval = 1_000_000_000 / Int64(max(1, allowance.perSecond))
    let now = Self.nanoseconds(now - start)
    account.usedUpTo = max(account.usedUpTo, now) + interval
    return account.usedUpTo <= now + interval * Int64(allowance.burst)
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let parts = duration.components
    return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
  }
}

extension FloodLimits {
  func allowance(_ event: FloodGuard.Event) -> Allowance {
    switch event {
    case .ping: pings
    case .settings: settings
    case .priority: priorities
    case .windowUpdate: windowUpdates
    case .emptyFrame: emptyFrames
    case .strayFrame: strayFrames
    case .reset: resets
    case .provokedReset: provokedResets
    case .refusal: refusals
    case .bomb: bombs
    }
  }
}
