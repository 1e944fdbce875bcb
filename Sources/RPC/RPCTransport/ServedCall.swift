internal import Codings
internal import HTTP
internal import RPC
internal import Reactor

/// One call that has a method: what was asked, by whom, until when.
///
/// Unchecked, because the exchange in it belongs to its loop and checks that itself.
struct ServedCall: @unchecked Sendable {
  /// When a call must end, and who has said so.
  struct Deadline {
    let instant: ContinuousClock.Instant
    /// The client's own, at which it gives up by itself.
    let isClients: Bool
  }

  let exchange: HTTPExchange
  let method: RegisteredMethod
  /// What compressed requests are compressed with.
  let coding: Coding?
  let context: ServerContext
  let responseMetadata: ResponseMetadata
  let deadline: Deadline?

  init(
    _ method: RegisteredMethod, _ call: GRPCCall, _ exchange: HTTPExchange, limits: GRPCLimits
  ) {
    self.exchange = exchange
    self.method = method
    coding = call.coding
    responseMetadata = ResponseMetadata()
    let timeout = earlier(call.timeout, limits.timeoutMax(method.kind))
    deadline = timeout.map { timeout in
      Deadline(instant: exchange.loop.now + timeout, isClients: timeout == call.timeout)
    }
    var context = ServerContext(
      method: method.reference, metadata: call.metadata, deadline: deadline?.instant,
      peer: exchange.head.peer, door: .grpc,
      requestID: RequestID.offered(call.metadata["x-request-id"]),
      responseMetadata: responseMetadata, deadlineIsEnforced: true)
    if let identity = exchange.head.identity {
      context.peerCertificate = PeerCertificate(
        subject: identity.subject, names: identity.names, fingerprint: identity.fingerprint)
    }
    self.context = context
  }
}

/// The shorter of two durations that may be missing.
private func earlier(_ one: Duration?, _ other: Duration?) -> Duration? {
  guard let one else { return other }
  return other.map { min(one, $0) } ?? one
}
