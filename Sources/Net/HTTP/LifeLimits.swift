/// How long a connection may last and how often its two ends may ask for each other.
///
/// The names are those of gRPC's keepalive and connection management, and so are the defaults, but
/// for what gRPC leaves unlimited.
package struct LifeLimits: Sendable, Hashable {
  /// Without a byte from the peer. After it the peer is pinged.
  package var keepaliveTime = Duration.seconds(2 * 3_600)
  /// Without a byte from a peer that has been pinged. After it the connection ends.
  package var keepaliveTimeout = Duration.seconds(20)
  /// From one ping of the peer to the next. Sooner: a strike.
  package var pingIntervalMin = Duration.seconds(300)
  /// The same of a peer without a stream, which has nothing to keep alive.
  package var idlePingIntervalMin = Duration.seconds(2 * 3_600)
  /// A peer without a stream may ping as often as one with.
  package var permitsIdlePings = false
  /// Strikes since we last sent it something of a stream. Above: GOAWAY ENHANCE_YOUR_CALM.
  package var pingStrikesMax = 2
  /// Of a connection, a tenth more or less, so that connections that began together do not end
  /// together. After it the peer is told to make another one: by GOAWAY, or by `Connection: close`
  /// in the next answer.
  package var ageMax = Duration.seconds(3_600)
  /// For what runs on a connection that has become too old. After it that is cancelled.
  package var ageGrace = Duration.seconds(600)

  package init() {}

  /// By how many thousandths the age of a connection may differ.
  package static let jitters = -100...100

  /// When a connection that begins now is too old.
  package func ageEnd(
    from now: ContinuousClock.Instant, jitter: Int
  ) -> ContinuousClock.Instant {
    precondition(Self.jitters.contains(jitter), "the jitter is a tenth at most")
    return now + ageMax * (1_000 + jitter) / 1_000
  }
}
