package import HTTP
internal import Reactor
package import RPC

/// The gRPC door: serves the methods of a router over HTTP/2.
///
/// ```swift
/// let door = GRPCHandler(router: router)
/// func handle(_ exchange: HTTPExchange) async {
///   if GRPCHandler.accepts(exchange.head) { await door.handle(exchange) } else { … }
/// }
/// ```
package struct GRPCHandler: HTTPHandler {
  private let router: Router
  private let limits: GRPCLimits

  package init(router: Router, limits: GRPCLimits = GRPCLimits()) {
    self.router = router
    self.limits = limits
  }

  /// Whether a request is for this door; its content type decides.
  package static func accepts(_ head: HTTPRequestHead) -> Bool {
    GRPCRequest.isGRPC(contentType: head.fields["content-type"])
  }

  package func handle(_ exchange: HTTPExchange) async {
    switch GRPCRequest(exchange.head) {
    case .call(let call):
      if let method = router.method(path: call.path) {
        await serve(method, call, exchange)
      } else {
        fail(router.unknownMethod(path: call.path), path: call.path, exchange)
      }
    case .fail(let error, let path):
      fail(error, path: path, exchange)
    case .refuse(let status, let allow, let reason):
      var fields = HTTPFields()
      fields.add("content-type", "text/plain; charset=utf-8")
      if let allow { fields.add("allow", allow) }
      exchange.respond(status: status, fields: fields, body: Array("\(reason)\n".utf8))
    }
  }

  /// Answers a call that has no handler.
  private func fail(_ error: RPCError, path: String, _ exchange: HTTPExchange) {
    router.telemetry?.refused(error, door: .grpc, path: path, peer: exchange.head.peer)
    exchange.finishHeadersOnly(
      status: 200, fields: GRPCFields.trailersOnly(error, Metadata()))
  }

  private func serve(
    _ method: RegisteredMethod, _ call: GRPCCall, _ exchange: HTTPExchange
  ) async {
    let responseMetadata = ResponseMetadata()
    let stream = GRPCServerStream(
      exchange, metadata: responseMetadata, limits: limits, coding: call.coding)
    let timeout = earlier(call.timeout, limits.timeoutMax(method.kind))
    let deadline = timeout.map { exchange.loop.now + $0 }
    let context = ServerContext(
      method: method.reference, metadata: call.metadata, deadline: deadline,
      peer: exchange.head.peer, door: .grpc,
      requestID: RequestID.offered(call.metadata["x-request-id"]),
      responseMetadata: responseMetadata, deadlineIsEnforced: true)
    if let deadline {
      stream.watch(.init(instant: deadline, isClients: timeout == call.timeout))
    }
    do throws(RPCError) {
      switch method.kind {
      case .unary:
        let message = try await stream.onlyMessage()
        let response = try await router.serveUnary(method, message: message, context: context)
        try await stream.finish(with: response)
      case .serverStreaming, .clientStreaming, .bidirectional:
        try await router.serve(method, stream: stream, context: context)
        stream.finish(nil)
      }
    } catch {
      stream.finish(error)
    }
    stream.unwatch()
  }
}

/// The shorter of two durations that may be missing.
private func earlier(_ one: Duration?, _ other: Duration?) -> Duration? {
  guard let one else { return other }
  return other.map { min(one, $0) } ?? one
}
