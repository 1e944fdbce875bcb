package import HTTP
internal import Reactor
package import RPC

/// The gRPC door: serves the methods of a router over HTTP/2.
///
/// ```swift
/// let door = GRPCHandler(router: router)
/// func start(_ exchange: HTTPExchange) {
///   if GRPCHandler.accepts(exchange.head) { door.start(exchange) } else { … }
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

  package func start(_ exchange: HTTPExchange) {
    let request = GRPCRequest(exchange.head)
    if case .call(let call) = request, let method = router.method(path: call.path) {
      let call = ServedCall(method, call, exchange, limits: limits)
      if method.kind == .unary, let body = exchange.takeCompleteBody() {
        startUnary(call, body)
      } else {
        start(call, received: [])
      }
    } else {
      refuse(request, exchange)
      exchange.handlerReturned()
    }
  }

  package func refusal(of fields: HTTPFields, reason: String) -> HTTPFields? {
    GRPCRequest.isGRPC(contentType: fields["content-type"]) ? GRPCFields.refusal(reason) : nil
  }

  private func refuse(_ request: GRPCRequest, _ exchange: HTTPExchange) {
    switch request {
    case .call(let call): fail(router.unknownMethod(path: call.path), path: call.path, exchange)
    case .fail(let error, let path): fail(error, path: path, exchange)
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

  /// Serves a unary call whose request has come completely, as that of most has: its task begins
  /// with the handler, not with waiting for the message.
  private func startUnary(_ call: ServedCall, _ body: [UInt8]) {
    guard call.coding == nil,
      let message = MessageDeframer.onlyMessage(in: body, bytesMax: limits.messageBytesMax)
    else { return start(call, received: body) }
    let exchange = call.exchange
    exchange.adopt(
      Task.immediate(executorPreference: exchange.loop) { [router, limits] in
        do throws(RPCError) {
          let response = try await router.serveUnary(
            call.method, message: message, context: call.context)
          if call.responseMetadata.isUntouched {
            if exchange.phase == .waiting {
              exchange.respond(
                status: 200, fields: GRPCFields.response, body: framed(response),
                trailers: GRPCFields.succeeded)
            }
          } else {
            GRPCServerStream(call, limits: limits, received: []).respond(response)
          }
        } catch {
          GRPCServerStream(call, limits: limits, received: []).finish(error)
        }
        exchange.handlerReturned()
      })
    if !exchange.hasReturned {
      GRPCServerStream(call, limits: limits, received: []).watch(call.deadline)
    }
  }

  /// Serves a call of any kind, with what has been taken of its requests.
  private func start(_ call: ServedCall, received: [UInt8]) {
    let stream = GRPCServerStream(call, limits: limits, received: received)
    call.exchange.perform { await serve(call, stream) }
    stream.watch(call.deadline)
  }

  private func serve(_ call: ServedCall, _ stream: GRPCServerStream) async {
    do throws(RPCError) {
      switch call.method.kind {
      case .unary:
        let message = try await stream.onlyMessage()
        let response = try await router.serveUnary(
          call.method, message: message, context: call.context)
        stream.respond(response)
      case .serverStreaming, .clientStreaming, .bidirectional:
        try await router.serve(call.method, stream: stream, context: call.context)
        stream.finish(nil)
      }
    } catch {
      stream.finish(error)
    }
  }
}
