package import HTTP
package import RPC

/// The gRPC door: serves the methods of a router over HTTP/2.
///
/// ```swift
/// let door = GRPCHandler(router: router)
/// func start(_ exchange: HTTPExchange) {
///   if GRPCHandler.accepts(exchange.head) { door.start(exchange) } else { … }
/// }
/// ```
package final class GRPCHandler: HTTPHandler {
  let router: Router
  let limits: GRPCLimits

  package init(router: Router, limits: GRPCLimits = GRPCLimits()) {
    self.router = router
    self.limits = limits
  }

  /// Whether a request is for this door; its content type decides.
  package static func accepts(_ head: HTTPRequestHead) -> Bool {
    GRPCRequest.isGRPC(contentType: head.fields["content-type"])
  }

  package func start(_ exchange: HTTPExchange) {
    if let known = exchange.head.reading as? KnownCall, known.door === self {
      return begin(known.call, of: known.method, exchange)
    }
    switch GRPCRequest(exchange.head) {
    case .call(let call): begin(call, exchange)
    case .fail(let error): fail(error, exchange)
    case .refuse(let status, let allow, let reason):
      refuse(exchange, status: status, allow: allow, reason: reason)
    }
  }

  private func begin(_ call: GRPCCall, _ exchange: HTTPExchange) {
    guard let method = exchange.head.withTarget({ router.method(path: $0) }) else {
      return fail(router.unknownMethod(path: exchange.head.target), exchange)
    }
    exchange.head.keep(KnownCall(method, call, door: self))
    begin(call, of: method, exchange)
  }

  private func begin(_ call: GRPCCall, of method: RegisteredMethod, _ exchange: HTTPExchange) {
    let served = ServedCall(
      method, timeout: call.timeout, coding: call.coding, metadata: call.metadata, on: exchange,
      by: self)
    switch method.kind {
    case .unary, .serverStreaming: exchange.performWithBody(served)
    case .clientStreaming, .bidirectional: exchange.perform(served)
    }
  }

  package func refusal(of fields: HTTPFields, reason: String) -> HTTPFields? {
    GRPCRequest.isGRPC(contentType: fields["content-type"]) ? GRPCFields.refusal(reason) : nil
  }

  /// Answers what is not gRPC.
  private func refuse(
    _ exchange: HTTPExchange, status: Int, allow: String?, reason: String
  ) {
    var fields = HTTPFields()
    fields.add("content-type", "text/plain; charset=utf-8")
    if let allow { fields.add("allow", allow) }
    exchange.respond(status: status, fields: fields, body: Array("\(reason)\n".utf8))
    exchange.handlerReturned()
  }

  /// Answers a call that has no handler.
  private func fail(_ error: RPCError, _ exchange: HTTPExchange) {
    router.telemetry?.refused(
      error, door: .grpc, path: exchange.head.target, peer: exchange.head.peer)
    exchange.finishHeadersOnly(
      status: 200, fields: GRPCFields.trailersOnly(error, Metadata()))
    exchange.handlerReturned()
  }
}
