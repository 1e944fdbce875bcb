public import RPC

/// How the calls to a service behave when nobody says otherwise: gRPC's service config.
///
/// ```swift
/// let config = try ServiceConfig(json: #"""
///   {"methodConfig": [{
///     "name": [{"service": "klinke.mapping.v1.MappingService"}],
///     "timeout": "5s",
///     "retryPolicy": {
///       "maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "2s",
///       "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]
///     }
///   }]}
///   """#)
/// ```
public struct ServiceConfig: Sendable, Hashable {
  /// What a method is configured by: its path `/service/method`, its service as `/service/`, or the
  /// empty string for all others.
  public var methods: [String: MethodConfig]
  /// Stops retries of a server that is failing; `nil` is never.
  public var throttling: RetryThrottling?
  /// `pick_first` or `round_robin`, when the config says so.
  public var loadBalancing: String?

  /// A config; the default changes nothing.
  public init(
    methods: [String: MethodConfig] = [:], throttling: RetryThrottling? = nil,
    loadBalancing: String? = nil
  ) {
    self.methods = methods
    self.throttling = throttling
    self.loadBalancing = loadBalancing
  }

  /// The most specific config of a path.
  func method(_ path: String) -> MethodConfig? {
    guard !methods.isEmpty else { return nil }
    if let exact = methods[path] { return exact }
    if let slash = path.lastIndex(of: "/"), let service = methods[String(path[...slash])] {
      return service
    }
    return methods[""]
  }
}

/// How the calls of one method behave.
public struct MethodConfig: Sendable, Hashable {
  /// What is done beyond one attempt.
  public enum Policy: Sendable, Hashable {
    /// Only what is safe always: a request that no handler has seen is sent again.
    case none
    /// One attempt after another.
    case retry(RetryPolicy)
    /// Several attempts at once. Only for methods that the contract says are idempotent. A call that
    /// sends several requests makes its attempts one after another, see ``HedgingPolicy``.
    case hedging(HedgingPolicy)
  }

  /// Whether calls wait for a server that cannot be reached.
  public var waitForReady: Bool?
  /// How long a call may take; a shorter time of the call itself counts.
  public var timeout: Duration?
  /// The longest request message.
  public var requestBytesMax: Int?
  /// The longest response message.
  public var responseBytesMax: Int?
  /// What is done beyond one attempt.
  public var policy: Policy

  /// A config; the default changes nothing.
  public init(
    waitForReady: Bool? = nil, timeout: Duration? = nil, requestBytesMax: Int? = nil,
    responseBytesMax: Int? = nil, policy: Policy = .none
  ) {
    self.waitForReady = waitForReady
    self.timeout = timeout
    self.requestBytesMax = requestBytesMax
    self.responseBytesMax = responseBytesMax
    self.policy = policy
  }
}

/// When a call that has failed is made again.
public struct RetryPolicy: Sendable, Hashable {
  /// More are never made, whatever a policy says.
  public static let attemptsLimit = 5

  /// The first included; at most ``attemptsLimit``.
  public var attemptsMax: Int
  /// The wait before the first retry, give or take a fifth.
  public var initialBackoff: Duration
  /// The longest wait.
  public var backoffMax: Duration
  /// What each wait is to the one before.
  public var backoffMultiplier: Double
  /// The failures after which it may help to try again.
  public var retryableCodes: Set<RPCCode>

  /// A policy.
  public init(
    attemptsMax: Int, initialBackoff: Duration, backoffMax: Duration, backoffMultiplier: Double,
    retryableCodes: Set<RPCCode>
  ) {
    self.attemptsMax = min(attemptsMax, RetryPolicy.attemptsLimit)
    self.initialBackoff = initialBackoff
    self.backoffMax = backoffMax
    self.backoffMultiplier = backoffMultiplier
    self.retryableCodes = retryableCodes
  }
}

/// When a call is made again before its first attempt has failed.
///
/// A call that sends several requests has one attempt at a time: its messages would have to be kept
/// and sent for each at its own pace. It is made again at once after a failure that is not fatal, as
/// long as what has been sent is kept, so that ``delay`` does nothing for it.
public struct HedgingPolicy: Sendable, Hashable {
  /// The first included; at most ``RetryPolicy/attemptsLimit``.
  public var attemptsMax: Int
  /// From one attempt to the next; zero makes all at once.
  public var delay: Duration
  /// The failures of an attempt that do not fail the call.
  public var nonFatalCodes: Set<RPCCode>

  /// A policy.
  public init(attemptsMax: Int, delay: Duration, nonFatalCodes: Set<RPCCode>) {
    self.attemptsMax = min(attemptsMax, RetryPolicy.attemptsLimit)
    self.delay = delay
    self.nonFatalCodes = nonFatalCodes
  }
}

/// When a server fails so often that retries would only make it worse.
public struct RetryThrottling: Sendable, Hashable {
  /// 1 to 1000. There are no retries while half of them, or fewer, are left.
  public var tokensMax: Int
  /// What a success gives back, in thousandths of a token; a failure takes a whole one.
  public var thousandthsPerSuccess: Int

  /// A throttle that begins full.
  public init(tokensMax: Int, thousandthsPerSuccess: Int) {
    self.tokensMax = tokensMax
    self.thousandthsPerSuccess = thousandthsPerSuccess
  }
}
