internal import RPC

/// Which attempts a call makes beside each other.
struct HedgingState {
  enum Action: Equatable {
    /// Wait for the attempts that run, and for ``nextTime``.
    case wait
    /// Begin so many attempts more.
    case launch(Int)
    /// The failure of the attempt is that of the call.
    case fail
  }

  private let policy: HedgingPolicy
  /// Attempts that have been begun.
  private(set) var launched = 0
  private var running = 0
  private var isStopped = false
  /// When to call ``due(now:mayHedge:)``.
  private(set) var nextTime: ContinuousClock.Instant?

  init(_ policy: HedgingPolicy) { self.policy = policy }

  /// Whether a failure with that code takes a token of the throttle.
  func takesToken(_ failure: AttemptFailure) -> Bool {
    policy.nonFatalCodes.contains(failure.error.code) || failure.pushback == .never
  }

  /// The call begins.
  mutating func begin(now: ContinuousClock.Instant) -> Action {
    launch(policy.delay == .zero ? policy.attemptsMax : 1, now: now)
  }

  /// ``nextTime`` has come.
  mutating func due(now: ContinuousClock.Instant, mayHedge: Bool) -> Action {
    guard let time = nextTime, time <= now else { return .wait }
    nextTime = nil
    guard mayHedge else {
      isStopped = true
      return .wait
    }
    return launch(1, now: now)
  }

  /// An attempt has failed.
  mutating func failed(
    _ failure: AttemptFailure, now: ContinuousClock.Instant, mayHedge: Bool
  ) -> Action {
    running -= 1
    guard policy.nonFatalCodes.contains(failure.error.code) else { return .fail }
    if failure.pushback == .never || !mayHedge { isStopped = true }
    if !isStopped, launched < policy.attemptsMax {
      switch failure.pushback {
      case .none, .never: return launch(1, now: now)
      case .after(let wait):
        nextTime = now + wait
        return .wait
      }
    }
    if isStopped { nextTime = nil }
    return running == 0 && nextTime == nil ? .fail : .wait
  }

  private mutating func launch(_ count: Int, now: ContinuousClock.Instant) -> Action {
    launched += count
    running += count
    nextTime = launched < policy.attemptsMax ? now + policy.delay : nil
    return .launch(count)
  }
}
