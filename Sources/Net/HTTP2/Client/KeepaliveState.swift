/// When to ask a silent server whether it is still there.
package struct KeepaliveState {
  /// How a client keeps a connection alive.
  package struct Configuration: Sendable, Hashable {
    /// Silence of the server before a PING; at least ``timeMin``, which is what servers bear.
    package var time: Duration
    /// How long the answer may take before the connection is given up.
    package var timeout: Duration
    /// Whether a connection without a request is asked as well. Servers may forbid it.
    package var isWithoutCalls: Bool

    package static let timeMin = Duration.seconds(10)

    package init(
      time: Duration, timeout: Duration = .seconds(20), isWithoutCalls: Bool = false
    ) {
      self.time = max(time, Self.timeMin)
      self.timeout = timeout
      self.isWithoutCalls = isWithoutCalls
    }
  }

  package enum Action: Equatable {
    case none
    case ping
    /// The server has not answered in time.
    case close
  }

  package private(set) var configuration: Configuration
  private var lastRead: ContinuousClock.Instant
  private var pinged: ContinuousClock.Instant?

  package init(_ configuration: Configuration, now: ContinuousClock.Instant) {
    self.configuration = configuration
    lastRead = now
  }

  /// The server has sent something, whatever it is.
  package mutating func read(now: ContinuousClock.Instant) {
    lastRead = now
    pinged = nil
  }

  /// A request begins: after a long silence the server is asked first.
  package mutating func began(now: ContinuousClock.Instant) -> Action {
    check(now: now, hasCalls: true)
  }

  /// The time has come that ``wakeUp(hasCalls:)`` has told, or any other.
  package mutating func check(now: ContinuousClock.Instant, hasCalls: Bool) -> Action {
    if let pinged { return now >= pinged + configuration.timeout ? .close : .none }
    guard hasCalls || configuration.isWithoutCalls, now >= lastRead + configuration.time else {
      return .none
    }
    pinged = now
    return .ping
  }

  /// When to call ``check(now:hasCalls:)`` next; nil is not before a request begins.
  package func wakeUp(hasCalls: Bool) -> ContinuousClock.Instant? {
    if let pinged { return pinged + configuration.timeout }
    return hasCalls || configuration.isWithoutCalls ? lastRead + configuration.time : nil
  }
}
