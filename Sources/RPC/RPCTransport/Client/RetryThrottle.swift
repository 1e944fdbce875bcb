private import Synchronization

/// The tokens of a target, in thousandths.
struct ThrottleState {
  private let most: Int
  private let gain: Int
  private var tokens: Int

  init(_ throttling: RetryThrottling) {
    most = throttling.tokensMax * 1_000
    gain = throttling.thousandthsPerSuccess
    tokens = most
  }

  var allowsRetries: Bool { tokens > most / 2 }

  mutating func succeeded() { tokens = min(tokens + gain, most) }

  mutating func failed() { tokens = max(tokens - 1_000, 0) }
}

/// What the calls to one target share about retries: the throttle, and the room for messages that
/// are kept to be sent again.
final class RetryResources: Sendable {
  /// Of all calls together.
  static let keptBytesMax = 16 << 20
  /// Of one call.
  static let keptBytesPerCallMax = 256 << 10

  private struct State {
    var throttle: ThrottleState?
    var keptBytes = 0
  }

  private let state: Mutex<State>

  init(_ throttling: RetryThrottling?) {
    state = Mutex(State(throttle: throttling.map { ThrottleState($0) }))
  }

  var allowsRetries: Bool { state.withLock { $0.throttle?.allowsRetries ?? true } }

  func succeeded() { state.withLock { $0.throttle?.succeeded() } }

  func failed() { state.withLock { $0.throttle?.failed() } }

  /// Whether there is room to keep so many bytes more.
  func reserve(_ count: Int) -> Bool {
    state.withLock { state in
      guard state.keptBytes + count <= Self.keptBytesMax else { return false }
      state.keptBytes += count
      return true
    }
  }

  func release(_ count: Int) { state.withLock { $0.keptBytes -= count } }
}
