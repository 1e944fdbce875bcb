internal import Codings
internal import HTTP
internal import RPC
internal import Reactor
internal import Wire

/// The server's side of one call: messages in and out of an HTTP exchange.
///
/// `@unchecked Sendable` is true because all of it happens on the loop of the exchange, which checks
/// that: the handler's task and its children run there, and so does the deadline's timer.
final class GRPCServerStream: CallStream, @unchecked Sendable {
  private enum Answer {
    /// Nothing was sent: an error can still be a single block of headers.
    case notStarted
    /// The head is out.
    case started
    /// The status is out, or the stream was reset.
    case finished
  }

  /// Below this, headers of a coding outweigh what it saves; only for a handler that left it to us.
  private static let compressedBytesMin = 256

  private let exchange: HTTPExchange
  private let metadata: ResponseMetadata
  private var deframer: MessageDeframer
  private var answer = Answer.notStarted
  private var requestHasEnded = false
  /// What compressed responses are compressed with; known when the head is out.
  private var responseCoding: Coding?

  init(_ call: ServedCall, limits: GRPCLimits) {
    exchange = call.exchange
    metadata = call.context.responseMetadata
    deframer = MessageDeframer(messageBytesMax: limits.messageBytesMax, coding: call.coding)
  }

  // MARK: Requests

  func nextMessage() async throws(RPCError) -> [UInt8]? {
    while true {
      if let message = try deframedMessage() { return message }
      if requestHasEnded { return nil }
      if let bytes = try await readBody() {
        deframer.append(bytes)
      } else {
        requestHasEnded = true
        try endDeframer()
      }
    }
  }

  /// Takes what somebody else has read of the body.
  func received(_ bytes: [UInt8]) { deframer.append(bytes) }

  /// The one message of a unary call.
  func onlyMessage() async throws(RPCError) -> [UInt8] {
    guard let message = try await nextMessage() else { throw .missingRequest }
    guard try await nextMessage() == nil else { throw .severalRequests }
    return message
  }

  private func deframedMessage() throws(RPCError) -> [UInt8]? {
    do {
      let message = try deframer.next()
      if deframer.coding != nil {
        metadata.noteMessage(wasCompressed: deframer.lastWasCompressed)
      }
      return message
    } catch {
      if case .inflatesTooLong = error { exchange.reportBomb() }
      throw RPCError(error)
    }
  }

  private func endDeframer() throws(RPCError) {
    do {
      try deframer.end()
    } catch {
      throw RPCError(error)
    }
  }

  private func readBody() async throws(RPCError) -> [UInt8]? {
    do {
      return try await exchange.readBody(keeping: deframer.keptCount)
    } catch {
      throw RPCError(error)
    }
  }

  // MARK: Responses

  func send(_ message: [UInt8]) async throws(RPCError) { try await send(message, compress: true) }

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) {
    try startAnswer()
    do {
      try await exchange.write(frame(message, compress: compress))
    } catch {
      throw RPCError(error)
    }
  }

  func sendNow(_ message: Span<UInt8>, compress: Bool) throws(RPCError) -> Bool {
    try startAnswer()
    guard exchange.hasRoom(for: message.count + MessageDeframer.prefixBytes) else { return false }
    do {
      if compress, responseCoding != nil {
        try exchange.writeNow(frame(Array(copying: message), compress: true))
      } else {
        let prefix = framePrefix(message.count)
        try exchange.writeNow(message, after: prefix.span)
      }
      return true
    } catch {
      throw RPCError(error)
    }
  }

  private func startAnswer() throws(RPCError) {
    switch answer {
    case .notStarted:
      answer = .started
      exchange.start(status: 200, fields: responseFields())
    case .started: break
    case .finished: throw .cancelled
    }
  }

  /// Sends the one response of a unary call and its status.
  func respond(_ response: [UInt8]) {
    guard answer == .notStarted else { return }
    answer = .finished
    let fields = responseFields()
    exchange.respond(
      status: 200, fields: fields, body: frame(response, compress: true),
      trailers: GRPCFields.trailers(nil, metadata.trailing))
  }

  /// Sends the status, once: later calls do nothing.
  func finish(_ error: RPCError?) {
    defer { answer = .finished }
    // Nobody reads it any more, and floods leave thousands of such calls.
    if exchange.phase == .gone { return }
    switch (answer, error) {
    case (.finished, _): return
    case (.notStarted, let error?):
      exchange.finishHeadersOnly(
        status: 200, fields: GRPCFields.trailersOnly(error, metadata.trailing))
    case (.notStarted, nil):
      exchange.start(status: 200, fields: responseFields())
      exchange.finish(trailers: GRPCFields.trailers(nil, metadata.trailing))
    case (.started, _):
      exchange.finish(trailers: GRPCFields.trailers(error, metadata.trailing))
    }
  }

  // MARK: Compression

  /// The head of the answer, after which it is settled what responses are compressed with.
  private func responseFields() -> HTTPFields {
    responseCoding = chosenCoding()
    return GRPCFields.response(
      metadata.initial, requests: deframer.coding, responses: responseCoding)
  }

  private func chosenCoding() -> Coding? {
    switch metadata.responseCompression {
    case .off: return nil
    case .automatic: if deframer.coding == nil { return nil }
    case .on: break
    }
    // Only what the client says it understands, for which its own messages are no proof.
    let accepted = exchange.head.fields.values(for: "grpc-accept-encoding").flatMap {
      Coding.known(in: $0)
    }
    if let coding = deframer.coding, accepted.contains(coding) { return coding }
    return accepted.contains(.gzip) ? .gzip : accepted.first
  }

  private func frame(_ message: [UInt8], compress: Bool) -> [UInt8] {
    guard compress, let responseCoding else { return framed(message) }
    switch metadata.responseCompression {
    case .off: return framed(message)
    case .on: return framed(message, responseCoding)
    case .automatic:
      guard message.count >= Self.compressedBytesMin else { return framed(message) }
      let compressed = framed(message, responseCoding)
      return compressed.count < message.count ? compressed : framed(message)
    }
  }

  // MARK: Deadline

  /// Ends the call at its deadline and cancels the handler.
  func watch(_ deadline: CallDeadline) {
    exchange.endCall(
      at: deadline, finish: { [self] in finish(.deadlineExceeded) }, reset: { [self] in reset() })
  }

  private func reset() {
    switch answer {
    case .finished: return
    case .notStarted, .started:
      answer = .finished
      exchange.reset(code: HTTP2ErrorCode.cancel)
    }
  }
}
