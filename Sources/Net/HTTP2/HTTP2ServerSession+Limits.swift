internal import HTTP
internal import Telemetry

/// What a session does about a peer that meets a limit.
extension HTTP2ServerSession {
  func reportRefusedStreams(_ engine: HTTP2Engine) {
    guard engine.refusedStreams > 0 else { return }
    environment.refused(
      "http2.refused", cause: "streams", times: engine.refusedStreams, peer: peer)
    engine.refusedStreams = 0
  }

  func refuseHeader(_ stream: HTTP2ServerStream, _ block: HTTP2HeaderBlock) {
    let limits = environment.limits
    let reason =
      "the request header has more than \(limits.headerListBytesMax) bytes"
      + " or \(limits.headerFieldsMax) fields"
    guard let fields = environment.handler.refusal(of: block.fields, reason: reason) else {
      return refuse(stream, status: 431, "header_size", reason)
    }
    environment.refused("http2.refused", cause: "header_size", peer: peer, ["status": .int(431)])
    engine?.respond(stream, HTTPResponseHead(status: 431, fields: fields), hasBody: false)
    engine?.count(.refusal)
  }

  /// Answers in place of a handler.
  func refuse(
    _ stream: HTTP2ServerStream, status: Int, _ cause: String, _ reason: String
  ) {
    environment.refused("http2.refused", cause: cause, peer: peer, ["status": .int(status)])
    let body = Array("\(reason)\n".utf8)
    stream.refusal = body
    engine?.respond(
      stream,
      HTTPResponseHead(
        status: status,
        fields: ["content-type": "text/plain", "content-length": String(body.count)]),
      hasBody: true)
    engine?.count(.refusal)
  }

  /// Whether so much waits for the peer that no handler shall add to it: much more than all
  /// responses may queue together, or a little when the loop holds too much already.
  var isCrowded: Bool {
    if environment.holdsMuch {
      return unsentBytes >= Self.crowdedBytes || host?.isSocketFull ?? true
    }
    return unsentBytes >= 4 * environment.limits.connectionQueueBytesMax
  }

  /// What a response may queue: its share of what the connection may, but at least some frames.
  func queueBytesMax(_ engine: HTTP2Engine) -> Int {
    if environment.holdsMuch { return Self.queueBytesMin }
    let share = environment.limits.connectionQueueBytesMax / max(1, engine.openStreams)
    return min(environment.limits.responseQueueBytesMax, max(Self.queueBytesMin, share))
  }

  /// Ends the connection of a peer that has broken a rule; true when it has just been done.
  @discardableResult
  func cutIfFaulty(_ engine: HTTP2Engine) -> Bool {
    guard let fault = engine.fault, !isCut else { return false }
    environment.refused("http2.cut", cause: fault.cause, peer: peer)
    cut(code: fault.code, text: fault.cause, engine)
    return true
  }

  // MARK: Slow readers

  func look(now: ContinuousClock.Instant) {
    guard let engine, !isOver else { return }
    stall.look(held: unsentBytes, sent: engine.sentBodyBytes, now: now)
    // Others may have made room since the last try.
    waitForStarts()
    startHeld()
    resetSilent(engine, now: now)
    shrinkWindowsIfUnused(engine)
    if let stalled = stall.stalled(now: now), stalled >= environment.limits.stallTimeout {
      endHolding(cause: "stalled")
    }
  }

  /// Ends the streams whose peer has begun a message and does not go on with it.
  func resetSilent(_ engine: HTTP2Engine, now: ContinuousClock.Instant) {
    let timeout = environment.bodyTimeout
    for case let stream as HTTP2ServerStream in engine.streams.all {
      guard let since = stream.exchange?.owedSince, !stream.isClosed,
        now >= since + timeout
      else { continue }
      environment.refused("http2.refused", cause: "body_timeout", peer: peer)
      if let exchange = stream.exchange { engine.consume(stream, exchange.dropUnread()) }
      abandon(stream, .timedOut)
      engine.reset(stream, code: HTTP2ErrorCode.cancel)
      engine.count(.provokedReset)
      host?.sessionChanged()
    }
    cutIfFaulty(engine)
  }

  func reportBomb() {
    guard let engine, !isOver else { return }
    engine.count(.bomb)
    cutIfFaulty(engine)
    host?.sessionChanged()
  }

  func stalled(now: ContinuousClock.Instant) -> Duration? { stall.stalled(now: now) }

  var heldBytes: Int { unsentBytes }

  func endHolding(cause: String) {
    guard let engine, !isOver else { return }
    engine.fault = PeerFault(HTTP2ErrorCode.enhanceYourCalm, cause)
    cutIfFaulty(engine)
  }
}
