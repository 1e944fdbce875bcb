internal import Codings
internal import HTTP
internal import RPC
internal import Reactor

/// One call that has a method: what was asked, by whom, until when.
///
/// Unchecked, because the exchange in it belongs to its loop and checks that itself.
final class ServedCall: BodyWork, @unchecked Sendable {
  let exchange: HTTPExchange
  let method: RegisteredMethod
  /// What compressed requests are compressed with.
  let coding: Coding?
  let context: ServerContext
  private let deadline: CallDeadline?
  private let door: GRPCHandler
  /// The messages of the call, once something needs more than the one that has come.
  private lazy var stream = GRPCServerStream(self, limits: door.limits)

  init(
    _ method: RegisteredMethod, _ call: consuming GRPCCall, _ exchange: HTTPExchange,
    door: GRPCHandler
  ) {
    self.door = door
    self.exchange = exchange
    self.method = method
    coding = call.coding
    deadline = CallTimeout(
      asked: call.timeout, method.kind, unaryMax: door.limits.unaryTimeoutMax
    )?.deadline(from: exchange.loop.now)
    var context = ServerContext(
      method: method.reference, metadata: call.metadata,
      deadline: deadline?.instant, peer: exchange.head.peer, door: .grpc,
      requestID: RequestID.offered(call.metadata["x-request-id"]), deadlineIsEnforced: true,
      end: exchange)
    if let identity = exchange.head.identity {
      context.peerCertificate = PeerCertificate(
        subject: identity.subject, names: identity.names, fingerprint: identity.fingerprint)
    }
    self.context = context
  }
}

extension ServedCall {
  // Inlined into what calls it through the protocol, which would be one more function that waits.
  @inline(__always)
  func run(in task: LoopTask) async {
    exchange.begins(in: task)
    do throws(RPCError) {
      switch method.kind {
      case .unary:
        let message: [UInt8]
        if let complete = completeMessage() {
          message = complete
        } else {
          message = try await stream.onlyMessage()
        }
        respond(
          try await Router.serveUnary(
            method, message: message, context: context, by: door.router))
      case .serverStreaming, .clientStreaming, .bidirectional:
        try await door.router.serve(method, stream: stream, context: context)
        stream.finish(nil)
      }
    } catch {
      stream.finish(error.meant(in: context))
    }
    exchange.handlerReturned()
  }

  func canBegin(with body: ArraySlice<UInt8>) -> Bool {
    MessageDeframer.isDecided(
      body, bytesMax: door.limits.messageBytesMax, isCompressible: coding != nil)
  }

  // Most calls end before, and do without a timer.
  func waits() {
    if let deadline { stream.watch(deadline) }
  }

  /// The request of a unary call if it is plain and has come by now, as that of most has.
  private func completeMessage() -> [UInt8]? {
    guard coding == nil, var body = exchange.takeCompleteBody() else { return nil }
    if MessageDeframer.unframe(&body, bytesMax: door.limits.messageBytesMax) { return body }
    stream.received(body)
    return nil
  }

  /// Sends the one response; it needs no stream when the handler has added nothing.
  private func respond(_ response: consuming [UInt8]) {
    guard context.isResponseUntouched else { return stream.respond(response) }
    guard case .waiting = exchange.phase else { return }
    exchange.respond(
      status: 200, fields: GRPCFields.response, body: framed(response),
      trailers: GRPCFields.succeeded)
  }
}
