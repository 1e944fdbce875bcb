internal import HTTP
internal import RPC
internal import RPCTransport
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
  private let deadline: CallDeadline?

  /// The stream of a call that ends at the deadline, whether its handler has returned or not.
  init(
    _ exchange: HTTPExchange, _ wire: Wire, metadata: ResponseMetadata,
    until deadline: CallDeadline?
  ) {
    self.exchange = exchange
    self.wire = wire
    self.metadata = metadata
    self.deadline = deadline
    if deadline != nil { exchange.loop.atEndOfTurn(self) }
  }

  // MARK: Requests

  func nextMessage() async throws(RPCError) -> [UInt8]? {
    while true {
      if let message = try nextRequest() {
        metadata.noteMessage(wasCompressed: wire.requestWasCompressed)
        return message
      }
      if requestHasEnded { return nil }
      if let bytes = try await readBody() {
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

  private func nextRequest() throws(RPCError) -> [UInt8]? {
    do throws(RPCError) {
      return try wire.nextRequest()
    } catch {
      if wire.coding.metBomb { exchange.reportBomb() }
      throw error
    }
  }

  private func readBody() async throws(RPCError) -> [UInt8]? {
    do {
      return try await exchange.readBody(keeping: wire.keptCount)
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

  /// Most calls end in the turn of the loop that began them, so only one that is still there when
  /// the turn ends is watched.
  func turnEnded() {
    guard let deadline else { return }
    exchange.endCall(
      at: deadline, finish: { [self] in finish(.deadlineExceeded) }, reset: { [self] in reset() })
  }

  private func reset() {
    guard answer != .finished else { return }
    answer = .finished
    exchange.reset(code: HTTP2ErrorCode.cancel)
  }
}
