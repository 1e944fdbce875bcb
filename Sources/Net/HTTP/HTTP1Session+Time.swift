internal import Reactor
private import Telemetry

/// What time does to a connection of HTTP/1.1.
extension HTTP1Session {
  package var deadline: ContinuousClock.Instant? {
    guard let ageDeadline = age.deadline else { return inputDeadline }
    return inputDeadline.map { min($0, ageDeadline) } ?? ageDeadline
  }

  /// Until when the peer must have sent something.
  private var inputDeadline: ContinuousClock.Instant? {
    let limits = environment.limits
    guard let running else {
      // What it has sent waits for us.
      if isWaiting { return nil }
      return waitsSince + (parser.isInHead ? limits.headerTimeout : limits.idleTimeout)
    }
    let exchange = running.exchange
    if !exchange.isRequestComplete && exchange.unreadCount == 0 {
      return waitsSince + environment.bodyTimeout
    }
    return nil
  }

  package func expire() {
    let now = environment.loop.now
    switch age.tick(now: now) {
    case .none: break
    case .retire: report("max_age")
    case .cut:
      report("max_age_grace")
      abandon(.connectionLost)
      return finish()
    }
    guard let inputDeadline, now >= inputDeadline else { return }
    if running != nil || parser.isInHead {
      refuse(status: 408, reason: "the request did not arrive in time")
    } else {
      finish()
    }
  }

  func report(_ cause: String) {
    environment.metrics.connectionEnded(cause)
    environment.log.debug(
      "connection.ended", ["peer": .string(peer), "cause": .string(cause)])
  }
}
