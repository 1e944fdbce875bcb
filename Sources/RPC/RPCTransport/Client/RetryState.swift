internal import HTTP2
internal import RPC

/// How an attempt of a call has failed.
struct AttemptFailure: Error {
  /// How far the request came.
  enum Reach: Equatable {
    /// It has not left this process.
    case unsent
    /// The server has not looked at it.
    case refused
    /// The server may have acted on it.
    case delivered
    /// The server has begun to answer.
    case answered
  }

  /// What the server says about trying again.
  enum Pushback: Equatable {
    case none
    case after(Duration)
    case never

    /// Of `grpc-retry-pushback-ms`.
    init(_ metadata: Metadata) {
      let values = metadata.values(for: GRPCName.pushback)
      switch values.count {
      case 0: self = .none
      case 1:
        if let milliseconds = Int32(values[0]), milliseconds >= 0 {
          self = .after(.milliseconds(Int64(milliseconds)))
        } else {
          self = .never
        }
      default: self = .never
      }
    }
  }

  let error: RPCError
  let reach: Reach
  let pushback: Pushback
}

/// Which attempts a call makes, one after another.
struct RetryState {
  enum Decision: Equatable {
    /// The failure of the attempt is that of the call.
    case fail
    case retry(after: Duration)
  }

  private let policy: RetryPolicy?
  private var backoff: Backoff
  private var wasRefused = false
  /// Attempts that have counted, the one that runs left out.
  private(set) var attemptsBefore = 0

  init(_ policy: RetryPolicy?) {
    self.policy = policy
    backoff = Backoff(
      Backoff.Configuration(
        initial: policy?.initialBackoff ?? .zero, maximum: policy?.backoffMax ?? .zero,
        multiplier: policy?.backoffMultiplier ?? 1))
  }

  /// Whether a failure with that code takes a token of the throttle.
  func takesToken(_ failure: AttemptFailure) -> Bool {
    guard let policy, failure.reach != .unsent else { return false }
    return policy.retryableCodes.contains(failure.error.code) || failure.pushback == .never
  }

  /// An attempt has failed. `mayRetry` is what the throttle says, `isKept` whether the requests can
  /// still be sent again; `random` is in 0 ... 1.
  mutating func failed(
    _ failure: AttemptFailure, isKept: Bool, mayRetry: Bool, timeLeft: Duration?, random: Double
  ) -> Decision {
    if let timeLeft, timeLeft <= .zero { return .fail }
    guard isKept else { return .fail }
    switch failure.reach {
    case .unsent: return .retry(after: .zero)
    case .refused where !wasRefused:
      wasRefused = true
      return .retry(after: .zero)
    case .answered: return .fail
    case .refused, .delivered: break
    }
    guard let policy, policy.retryableCodes.contains(failure.error.code), mayRetry,
      attemptsBefore + 1 < policy.attemptsMax
    else { return .fail }
    let wait: Duration
    switch failure.pushback {
    case .never: return .fail
    case .after(let time):
      wait = time
      backoff.reset()
    case .none: wait = backoff.next(random: random)
    }
    // A retry that cannot begin in time would only hide why the call has failed.
    if let timeLeft, wait >= timeLeft { return .fail }
    attemptsBefore += 1
    return .retry(after: wait)
  }
}
