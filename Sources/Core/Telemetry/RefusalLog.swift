private import Synchronization

/// Decides which refusals get a line in the log: a peer that is refused all the time must not fill
/// the disk too. It has no clock: instants go in.
package struct RefusalLog {
  /// Lines for one cause in one interval.
  package static let linesMax = 10
  package static let interval = Duration.seconds(10)

  private struct Lines {
    var since: ContinuousClock.Instant
    var written = 0
    var suppressed = 0
  }

  private var byCause: [String: Lines] = [:]

  package init() {}

  /// Whether a refusal gets a line, and then how many before it got none; nil when it gets none.
  /// Causes are names from the code, so there are not many of them. Refusals that come together have
  /// one line at most.
  package mutating func admit(
    _ cause: String, times count: Int = 1, now: ContinuousClock.Instant
  ) -> Int? {
    var lines = byCause[cause] ?? Lines(since: now)
    defer { byCause[cause] = lines }
    if now >= lines.since + Self.interval {
      lines.since = now
      lines.written = 0
    }
    guard lines.written < Self.linesMax else {
      lines.suppressed += count
      return nil
    }
    lines.written += 1
    defer { lines.suppressed = 0 }
    return lines.suppressed + count - 1
  }
}

/// The same for refusals on any thread.
package final class SharedRefusalLog: Sendable {
  private let log = Mutex(RefusalLog())

  package init() {}

  /// As ``RefusalLog/admit(_:times:now:)``.
  package func admit(
    _ cause: String, now: ContinuousClock.Instant = .now
  ) -> Int? {
    log.withLock { $0.admit(cause, now: now) }
  }
}

extension LogFields {
  /// Says how many lines before this one were not written, if any.
  package mutating func add(notLogged count: Int) {
    if count > 0 { add("not_logged", .int(count)) }
  }
}
