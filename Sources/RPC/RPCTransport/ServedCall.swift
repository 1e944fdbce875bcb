internal import Codings
internal import HTTP
internal import RPC
internal import Reactor

/// One call that has a method: what was asked, by whom, until when.
///
/// Unchecked, because the exchange in it belongs to its loop and checks that itself.
final class ServedCall: ContextStorage, BodyWork, @unchecked Sendable {
  let exchange: HTTPExchange
  let registered: RegisteredMethod
  /// What compressed requests are compressed with.
  let coding: Coding?
  private let deadline: CallDeadline?
  private let handler: GRPCHandler
  /// The messages of the call, once something needs more than the one that has come.
  private lazy var stream = GRPCServerStream(self, limits: handler.limits)

  var context: ServerContext { ServerContext(self) }

  override var isInterrupted: Bool { exchange.isInterrupted }

  init(
    _ method: RegisteredMethod, timeout: Duration?, coding: Coding?, metadata: consuming Metadata,
    on exchange: HTTPExchange, by handler: GRPCHandler
  ) {
    self.handler = handler
    self.exchange = exchange
    registered = method
    self.coding = coding
    deadline = CallTimeout(
      asked: timeout, method.kind, unaryMax: handler.limits.unaryTimeoutMax
    )?.deadline(from: exchange.loop.moment)
    let requestID = RequestID.offered(metadata["x-request-id"])
    super.init(
      method: method.reference, metadata: metadata, deadline: deadline?.moment,
      peer: exchange.head.peer, door: .grpc, requestID: requestID, deadlineIsEnforced: true)
    if let identity = exchange.head.identity {
      set(
        PeerCertificate(
          subject: identity.subject, names: identity.names, fingerprint: identity.fingerprint))
    }
  }
}

extension ServedCall {
  // Inlined into what calls it through the protocol, which would be one more function that waits.
  @inline(__always)
  func run(in task: LoopTask) async {
    exchange.begins(in: task)
    do throws(RPCError) {
      switch registered.kind {
      case .unary:
        let message: [UInt8]
        if let complete = completeMessage() {
          message = complete
        } else {
          message = try await stream.onlyMessage()
        }
        respond(
          try await Router.serveUnary(
            registered, message: message, context: context, by: handler.router))
      case .serverStreaming, .clientStreaming, .bidirectional:
        try await handler.router.serve(registered, stream: stream, context: context)
        stream.finish(nil)
      }
    } catch {
      stream.finish(error.meant(in: context))
    }
    exchange.handlerReturned()
  }

  func canBegin(with body: ArraySlice<UInt8>) -> Bool {
    MessageDeframer.isDecided(
      body, bytesMax: handler.limits.messageBytesMax, isCompressible: coding != nil)
  }

  // Most calls end before, and do without a timer.
  func waits() {
    if let deadline { stream.watch(deadline) }
  }

  /// The request of a unary call if it is plain and has come by now, as that of most has.
  private func completeMessage() -> [UInt8]? {
    guard coding == nil, var body = exchange.takeCompleteBody() else { return nil }
    if MessageDeframer.unframe(&body, bytesMax: handler.limits.messageBytesMax) { return body }
    stream.received(body)
    return nil
  }

  /// Sends the one response; it needs no stream when the handler has added nothing.
  private func respond(_ response: consuming [UInt8]) {
    guard isResponseUntouched else { return stream.respond(response) }
    guard case .waiting = exchange.phase else { return }
    exchange.respond(
      status: 200, fields: GRPCFields.response, body: framed(response),
      trailers: GRPCFields.succeeded)
  }
}
