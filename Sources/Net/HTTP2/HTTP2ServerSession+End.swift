internal import HTTP
internal import Reactor
internal import Telemetry

/// What time does to a session, and how it ends.
extension HTTP2ServerSession {
  /// How long a peer may take to hear of the first GOAWAY.
  private static let announcementTimeout = Duration.seconds(2)

  var deadline: ContinuousClock.Instant? {
    guard !isOver, let engine else { return nil }
    var deadline = life.deadline(hasStreams: !engine.streams.isEmpty)
    if case .announced(let until) = draining { deadline = earlier(deadline, until) }
    if let blockSince {
      deadline = earlier(deadline, blockSince + environment.limits.headerTimeout)
    }
    if !engine.areSettingsHeard {
      deadline = earlier(deadline, began + environment.limits.handshakeTimeout)
    }
    return deadline
  }

  private func earlier(
    _ one: ContinuousClock.Instant?, _ other: ContinuousClock.Instant
  ) -> ContinuousClock.Instant { one.map { min($0, other) } ?? other }

  func expire() {
    guard let engine, !isOver else { return }
    let now = environment.loop.now
    if case .announced(let until) = draining, now >= until { announcementHeard(engine) }
    if let blockSince, now >= blockSince + environment.limits.headerTimeout {
      engine.fault = PeerFault(HTTP2ErrorCode.enhanceYourCalm, "header_timeout")
    } else if !engine.areSettingsHeard, now >= began + environment.limits.handshakeTimeout {
      engine.fault = PeerFault(HTTP2ErrorCode.settingsTimeout, "settings_timeout")
    }
    cutIfFaulty(engine)
    var action = ConnectionLife.Action.none
    repeat {
      action = life.tick(now: now, hasStreams: !engine.streams.isEmpty)
      perform(action, engine)
    } while action != .none
    host?.sessionChanged()
  }

  func receivedPing(_ engine: HTTP2Engine) {
    let action = life.receivedPing(
      now: environment.loop.now, hasStreams: !engine.streams.isEmpty,
      hasSent: engine.hasSentStreamFrame)
    engine.hasSentStreamFrame = false
    perform(action, engine)
  }

  private func perform(_ action: ConnectionLife.Action, _ engine: HTTP2Engine) {
    switch action {
    case .none: break
    case .ping:
      counted.keepalivesSent += 1
      engine.ping(.keepalive)
    case .retire(let cause):
      report(cause, .debug)
      retire(text: cause.rawValue)
    case .cut(let cause):
      report(cause, .info)
      cut(cause, engine)
    }
  }

  private func report(_ cause: ConnectionLife.Cause, _ level: LogLevel) {
    environment.metrics.connectionEnded(cause.rawValue)
    environment.log.log(
      level, "connection.ended", ["peer": .string(peer), "cause": .string(cause.rawValue)])
  }

  private func cut(_ cause: ConnectionLife.Cause, _ engine: HTTP2Engine) {
    let code = cause == .tooManyPings ? HTTP2ErrorCode.enhanceYourCalm : HTTP2ErrorCode.noError
    cancelStreams(engine)
    cut(code: code, text: cause.rawValue, engine)
  }

  func cut(code: UInt32, text: String, _ engine: HTTP2Engine) {
    isCut = true
    starting.removeAll()
    abandoned.removeHeld()
    unstartedHandlers = 0
    engine.goAway(code: code, text: text)
    host?.sessionChanged()
  }

  var idleSince: ContinuousClock.Instant? {
    guard let engine, !isOver, engine.streams.isEmpty, runningHandlers == 0 else { return nil }
    return life.idleSince
  }

  func evict() {
    guard let engine, !isOver else { return }
    report(.evicted, .debug)
    cut(.evicted, engine)
  }

  var isProven: Bool { counted.isProven }

  var figures: SessionFigures {
    var figures = counted
    figures.open = engine?.streams.count ?? 0
    figures.localWindowBytes = engine?.localWindowBytes
    figures.remoteWindowBytes = engine?.remoteWindowBytes
    return figures
  }

  func drain() { retire(text: "shutdown") }

  private func retire(text: String) {
    guard case .none = draining, let engine else { return }
    life.retired()
    endText = text
    draining = .announced(until: environment.loop.now + Self.announcementTimeout)
    engine.announceGoAway()
    host?.sessionChanged()
  }

  func announcementHeard(_ engine: HTTP2Engine) {
    guard case .announced = draining else { return }
    draining = .final
    engine.goAway(text: endText)
  }

  func interrupt() {
    for case let stream as HTTP2ServerStream in engine?.streams.all ?? [] {
      stream.exchange?.interrupt()
    }
  }

  func cancel() {
    guard let engine, !isOver else { return }
    cancelStreams(engine)
    // Not `nghttp2_session_terminate_session`, after which the library would not send the resets.
    engine.goAway(text: endText)
    host?.sessionChanged()
  }

  private func cancelStreams(_ engine: HTTP2Engine) {
    for case let stream as HTTP2ServerStream in engine.streams.all {
      abandon(stream, .connectionLost)
      engine.reset(stream, code: HTTP2ErrorCode.cancel)
    }
  }
}
