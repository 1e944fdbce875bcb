internal import HTTP
internal import Reactor
internal import TLS

/// What time does to a connection, and how it ends.
extension ServerConnection {
  private static let lingerTimeout = Duration.seconds(2)
  /// How long a connection without a byte may hold up the end of the server. Closing it at once
  /// would fail a client that has just connected, and whose first request is on its way.
  private static let openingTimeoutWhenDraining = Duration.seconds(2)

  /// Called about once a second.
  func checkDeadlines(now: ContinuousClock.Instant) {
    if let stalled = unsent.stalled(now: now), stalled >= environment.limits.sendTimeout {
      return end(cause: "send_timeout")
    }
    let waited = wait.total(now: now)
    switch phase {
    case .handshake, .sniffing:
      if now >= phaseSince + openingTimeout + waited { end(cause: "handshake_timeout") }
    case .open(let session):
      if let deadline = session.deadline, now >= deadline + waited { session.expire() }
      session.look(now: now)
    case .lingering:
      if now >= phaseSince + Self.lingerTimeout { close() }
    case .closed: break
    }
  }

  /// Bytes that wait for the peer.
  var heldBytes: Int {
    guard case .open(let session) = phase else { return unsent.count }
    return session.heldBytes + unsent.count
  }

  /// Since when there is no request; nil while there is one.
  var idleSince: ContinuousClock.Instant? {
    switch phase {
    case .handshake, .sniffing, .lingering: phaseSince
    case .open(let session): session.idleSince
    case .closed: nil
    }
  }

  /// How long the peer has taken nothing of what waits for it; nil when nothing waits.
  func stalled(now: ContinuousClock.Instant) -> Duration? {
    guard case .open(let session) = phase else { return nil }
    let stalled = session.stalled(now: now)
    guard let ours = unsent.stalled(now: now) else { return stalled }
    return max(ours, stalled ?? .zero)
  }

  /// The loop holds too much for this one.
  func endHolding(cause: String) {
    guard case .open(let session) = phase else { return }
    if unsent.isEmpty { session.endHolding(cause: cause) } else { end(cause: cause) }
  }

  /// Ends the idle connection at once, so that another has its place.
  func evict() {
    switch phase {
    case .handshake, .sniffing: return end(cause: "evicted")
    case .open(let session):
      session.evict()
      flush()
    case .lingering, .closed: break
    }
    close()
  }

  func end(cause: String) {
    environment.refused("connection.cut", cause: cause, peer: peer)
    close()
  }

  private var openingTimeout: Duration {
    let timeout = environment.limits.handshakeTimeout
    return isDraining ? min(Self.openingTimeoutWhenDraining, timeout) : timeout
  }

  func drain() {
    isDraining = true
    switch phase {
    case .handshake, .sniffing, .lingering: break
    case .open(let session): session.drain()
    case .closed: break
    }
  }

  /// Cancels the handlers. The connection ends with their last words.
  func interrupt() {
    if case .open(let session) = phase { session.interrupt() }
  }

  /// Ends the connection now, telling the peer.
  func cancel() {
    if case .open(let session) = phase {
      session.cancel()
      flush()
    }
    close()
  }

  func linger() {
    guard case .open(let session) = phase else { return }
    let leavesInput = session.leavesInput
    session.connectionLost()
    transport.tls?.close()
    if leavesInput { lingerForPeer() } else { close() }
  }

  /// Ends our side and waits until the peer has ended its own, for a while.
  func lingerForPeer() {
    guard transport.descriptor.shutdownSending() else { return close() }
    phase = .lingering
    phaseSince = environment.loop.now
    updateInterest()
  }

  func close() {
    if case .closed = phase { return }
    let last = phase
    environment.loop.deregister(descriptor)
    environment.hold(-unsent.drop())
    phase = .closed
    if case .open(let session) = last { session.connectionLost() }
    owner.connectionClosed(self)
  }
}
