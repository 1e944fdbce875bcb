/// An instant of the continuous clock, of a size that the compiler knows.
///
/// `ContinuousClock.Instant` belongs to a library that may change it, so whoever holds one, and even an
/// empty place for one, asks the runtime how to copy and destroy it. That is much for what every
/// call notes.
package struct Moment: Sendable, Hashable, Comparable {
  /// Since ``origin``.
  private let time: Duration

  /// The first time that this process asked for.
  private static let origin = ContinuousClock.now

  package init(_ instant: ContinuousClock.Instant) {
    time = Self.origin.duration(to: instant)
  }

  private init(time: Duration) { self.time = time }

  package static var now: Moment { Moment(.now) }

  package var instant: ContinuousClock.Instant { Self.origin + time }

  package static func + (moment: Moment, duration: Duration) -> Moment {
    Moment(time: moment.time + duration)
  }

  package static func < (left: Moment, right: Moment) -> Bool { left.time < right.time }
}
