internal import HTTP
internal import RPC
internal import Reactor

/// The server's side of one call on a door: moves bytes between an exchange and a protocol's state,
/// and sees to it that the call ends once.
///
/// `@unchecked Sendable` is true because all of it happens on the loop of the exchange, which checks
/// that: the handler's task and its children run there, and so does the deadline's timer.
final class DoorStream<Wire: DoorProtocol>: CallStream, TurnObserver, @unchecked Sendable {
  private enum Answer {
    /// Nothing was sent: an error can still be a whole answer.
    case notStarted
    /// The head is out.
    case started
    /// The end is out, or the stream was reset.
    case finished
  }

  private let exchange: HTTPExchange
  private let metadata: ResponseMetadata
  private var wire: Wire
  private var answer = Answer.notStarted
  private var requestHasEnded = false
  /// Bytes that have come since the last message.
  private var keptCount = 0
  private var deadline: ContinuousClock.Instant?
  private var timer: TimerID?

  init(_ exchange: HTTPExchange, _ wire: Wire, metadata: ResponseMetadata) {
    self.exchange = exchange
    self.wire = wire
    self.metadata = metadata
  }

  // MARK: Requests

  func nextMessage() async throws(RPCError) -> [UInt8]? {
    while true {
      if let message = try wire.nextRequest() {
        metadata.noteMessage(wasCompressed: wire.requestWasCompressed)
        keptCount = 0
        return message
      }
      if requestHasEnded { return nil }
      if let bytes = try await readBody() {
        keptCount += bytes.count
        try wire.receive(bytes)
      } else {
        requestHasEnded = true
        try wire.receiveEnd()
      }
    }
  }

  /// The one message of a unary call.
  func onlyMessage() async throws(RPCError) -> [UInt8] {
    guard let message = try await nextMessage() else { throw .missingRequest }
    guard try await nextMessage() == nil else { throw .severalRequests }
    return message
  }

  private func readBody() async throws(RPCError) -> [UInt8]? {
    do {
      return try await exchange.readBody(keeping: keptCount)
    } catch {
      throw RPCError(error)
    }
  }

  // MARK: Responses

  func send(_ message: [UInt8]) async throws(RPCError) { try await send(message, compress: true) }

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) {
    let bytes = try wire.frame(message, compress ? metadata.responseCompression : .off)
    switch answer {
    case .notStarted: start()
    case .started: break
    case .finished: throw .cancelled
    }
    do {
      try await exchange.write(bytes)
    } catch {
      throw RPCError(error)
    }
  }

  /// Sends the one response of a unary call and its end.
  func finish(with response: [UInt8]) async throws(RPCError) {
    switch answer {
    case .notStarted:
      let whole = try wire.answer(response, metadata)
      answer = .finished
      exchange.respond(whole)
    case .started:
      try await send(response)
      finish(nil)
    case .finished: return
    }
  }

  /// Ends the call, once: later ends do nothing.
  func finish(_ error: RPCError?) {
    switch (answer, error) {
    case (.finished, _): return
    case (.notStarted, let error?):
      exchange.respond(wire.refusal(error, metadata.trailing))
    case (.notStarted, nil):
      start()
      end(nil)
    case (.started, _): end(error)
    }
    answer = .finished
  }

  private func start() {
    answer = .started
    let head = wire.head(metadata)
    exchange.start(status: head.status, fields: head.fields)
  }

  private func end(_ error: RPCError?) {
    if let bytes = wire.end(error, metadata.trailing) {
      exchange.finish(last: bytes)
    } else {
      exchange.reset(code: HTTP2ErrorCode.internalError)
    }
  }

  // MARK: Deadline

  /// Ends the call at its deadline, until ``unwatch()``.
  ///
  /// Most calls end in the turn of the loop that began them, so a timer is made only for one that
  /// is still there when the turn ends.
  func watch(_ deadline: ContinuousClock.Instant) {
    self.deadline = deadline
    exchange.loop.atEndOfTurn(self)
  }

  /// Forgets the deadline.
  func unwatch() {
    deadline = nil
    if let timer { exchange.loop.cancel(timer) }
    timer = nil
  }

  func turnEnded() {
    guard let deadline else { return }
    timer = exchange.loop.schedule(at: deadline) { [self] in
      timer = nil
      finish(.deadlineExceeded)
      exchange.cancelHandler()
    }
  }
}

extension RPCError {
  /// What the end of an HTTP stream means for the call on it.
  init(_ error: HTTPStreamError) {
    switch error {
    case .reset(let code):
      self.init(.cancelled, "the client gave the call up", detail: "reset with code \(code)")
    case .connectionLost: self.init(.cancelled, "the connection to the client was lost")
    case .timedOut:
      self.init(
        .deadlineExceeded, "the client stopped sending or taking data", reason: "PEER_TIMED_OUT")
    case .cancelled, .finished: self = .cancelled
    case .bodyTooLarge(let limit): self = .messageTooLong(bytes: nil, bytesMax: limit)
    case .overloaded:
      self.init(
        .resourceExhausted, "too many long messages at once; try again", reason: "OVERLOADED")
    case .malformedBody:
      self.init(.invalidArgument, "the body is malformed", reason: "MALFORMED_BODY")
    }
  }
}
