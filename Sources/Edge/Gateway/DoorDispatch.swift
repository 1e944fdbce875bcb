package import HTTP
package import RPC

/// Sends each request to its door: gRPC and gRPC-Web by content type, webhooks and Connect by path,
/// everything else REST. Questions of browsers about other origins are answered here.
package struct DoorDispatch: HTTPHandler {
  private let grpc: any HTTPHandler
  private let grpcWeb: any HTTPHandler
  private let connect: ConnectDoor
  private let webhooks: any HTTPHandler
  private let rest: any HTTPHandler
  /// As bytes, and few: most requests' paths differ from them in their length.
  private let webhookPaths: [[UInt8]]
  private let cors: CORSPolicy

  /// `methods` are those of the router; the ones with a webhook option claim their routes' paths.
  package init(
    grpc: any HTTPHandler, grpcWeb: any HTTPHandler, connect: ConnectDoor,
    webhooks: any HTTPHandler, rest: any HTTPHandler, methods: [MethodInfo],
    cors: CORSPolicy = CORSPolicy()
  ) {
    self.grpc = grpc
    self.grpcWeb = grpcWeb
    self.connect = connect
    self.webhooks = webhooks
    self.rest = rest
    self.cors = cors
    webhookPaths = methods.filter { $0.webhook != nil }
      .flatMap { $0.routes.map { Array($0.template.utf8) } }
  }

  package func start(_ exchange: HTTPExchange) {
    if Self.isGRPC(exchange.head.fields) {
      // No page can speak it, so that it pays for nothing that is for pages.
      grpc.start(exchange)
    } else {
      startForPages(exchange)
    }
  }

  private func startForPages(_ exchange: HTTPExchange) {
    let head = exchange.head
    if CORSPolicy.isPreflight(head) {
      exchange.respond(cors.preflight(head))
      exchange.handlerReturned()
      return
    }
    if cors != CORSPolicy() {
      let origin = head.fields["origin"]
      exchange.responseHeadFilter = { cors.permit(origin, &$0.fields) }
    }
    if let contentType = head.fields["content-type"], GRPCWebDoor.accepts(contentType) {
      grpcWeb.start(exchange)
    } else if isWebhook(head.pathBytes) {
      webhooks.start(exchange)
    } else if connect.accepts(head) {
      connect.start(exchange)
    } else {
      rest.start(exchange)
    }
  }

  private func isWebhook(_ path: ArraySlice<UInt8>) -> Bool {
    webhookPaths.contains { $0.count == path.count && $0.elementsEqual(path) }
  }

  package func refusal(of fields: HTTPFields, reason: String) -> HTTPFields? {
    grpc.refusal(of: fields, reason: reason)
  }

  /// Everything that begins like gRPC, so that a misspelt kind of it is refused there; gRPC-Web is
  /// another protocol.
  private static func isGRPC(_ fields: HTTPFields) -> Bool {
    fields.value(of: "content-type", begins: "application/grpc")
      && !fields.value(of: "content-type", begins: "application/grpc-web")
  }
}
