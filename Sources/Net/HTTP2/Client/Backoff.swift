/// How long to wait between attempts, longer after each that failed.
package struct Backoff: Sendable, Hashable {
  /// The numbers of the waits.
  package struct Configuration: Sendable, Hashable {
    package var initial = Duration.seconds(1)
    package var maximum = Duration.seconds(120)
    package var multiplier = 1.6
    /// The share by which a wait may be shorter or longer, so that many clients of one server that
    /// was down do not all come at once.
    package var jitter = 0.2

    package init() {}

    package init(initial: Duration, maximum: Duration, multiplier: Double, jitter: Double = 0.2) {
      self.initial = initial
      self.maximum = maximum
      self.multiplier = multiplier
      self.jitter = jitter
    }
  }

  private let configuration: Configuration
  /// Attempts that have failed since the last one that did not.
  package private(set) var failures = 0

  package init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// How long to wait after one more failure; `random` is in 0 ... 1.
  package mutating func next(random: Double) -> Duration {
    let wait = Self.wait(configuration, afterFailures: failures)
    failures += 1
    return wait * (1 - configuration.jitter + 2 * configuration.jitter * random)
  }

  /// An attempt has succeeded.
  package mutating func reset() { failures = 0 }

  /// The wait before its jitter.
  private static func wait(_ configuration: Configuration, afterFailures count: Int) -> Duration {
    var wait = min(configuration.initial, configuration.maximum)
    for _ in 0..<count where wait < configuration.maximum {
      wait = min(wait * configuration.multiplier, configuration.maximum)
    }
    return wait
  }
}
