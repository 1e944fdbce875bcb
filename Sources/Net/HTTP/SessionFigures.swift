package import Telemetry

/// What a session tells of itself to those who look after the server.
package struct SessionFigures: Sendable, Hashable {
  package let version: HTTPVersion
  /// Requests whose head has been taken. Some may wait for their handler to start.
  package var started = 0
  /// Those that were answered to the end.
  package var succeeded = 0
  /// Those that were reset, or whose connection broke.
  package var failed = 0
  package var lastStarted: Moment?
  /// Streams that are open, or whose handler still runs.
  package var open = 0
  /// Pings of ours to see whether the peer is there.
  package var keepalivesSent = 0
  /// Body bytes that the peer may send at the moment; nil where there is no such limit.
  package var localWindowBytes: Int?
  /// Body bytes that we may send at the moment.
  package var remoteWindowBytes: Int?

  package init(version: HTTPVersion) { self.version = version }

  /// Whether more calls of the peer have succeeded than failed.
  package var isProven: Bool { succeeded > failed }
}
