package import HTTP
package import TLS
package import Telemetry

/// How a client reaches its server.
package struct HTTPClientConfiguration: Sendable {
  /// Whom to trust; nil is without TLS.
  package var tls: TLSClientConfiguration?
  package var limits = HTTPLimits()
  package var balancing = Balancing.pickFirst
  /// Between attempts to connect.
  package var backoff = Backoff.Configuration()
  /// For one attempt to reach all addresses: the connection, TLS and the server's settings.
  package var connectTimeout = Duration.seconds(20)
  /// From one address of the server to the next while none has answered.
  package var attemptDelay = Duration.milliseconds(250)
  /// Asking a silent server whether it is there; nil is never.
  package var keepalive: KeepaliveState.Configuration?
  /// Without a request. After it the connections are closed; the next request makes new ones.
  package var idleTimeout = Duration.seconds(30 * 60)
  /// Requests that may wait for a connection at once. Above: refused.
  package var waitingMax = 10_000
  /// Addresses of a name are asked for again after this time, and not more often.
  package var resolveInterval = Duration.seconds(5)
  /// Hears of connections that fail or end.
  package var log = Logger.silent
  /// In 0 ... 1, for the jitter of waits.
  package var random: @Sendable () -> Double = { Double.random(in: 0...1) }

  package init(tls: TLSClientConfiguration? = nil, limits: HTTPLimits = HTTPLimits()) {
    self.tls = tls
    self.limits = limits
  }
}
