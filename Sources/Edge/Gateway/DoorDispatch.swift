package import HTTP
package import RPC

/// Sends each request to its door: gRPC by content type, webhooks by path, everything else REST.
package struct DoorDispatch: HTTPHandler {
  private let grpc: any HTTPHandler
  private let webhooks: any HTTPHandler
  private let rest: any HTTPHandler
  private let webhookPaths: Set<String>

  /// `methods` are those of the router; the ones with a webhook option claim their routes' paths.
  package init(
    grpc: any HTTPHandler, webhooks: any HTTPHandler, rest: any HTTPHandler,
    methods: [MethodInfo]
  ) {
    self.grpc = grpc
    self.webhooks = webhooks
    self.rest = rest
    webhookPaths = Set(
      methods.filter { $0.webhook != nil }.flatMap { $0.routes.map(\.template) })
  }

  package func handle(_ exchange: HTTPExchange) async {
    if Self.isGRPC(exchange.head.fields["content-type"]) {
      await grpc.handle(exchange)
    } else if webhookPaths.contains(String(exchange.head.path)) {
      await webhooks.handle(exchange)
    } else {
      await rest.handle(exchange)
    }
  }

  /// Everything that begins like gRPC, so that a misspelt kind of it is refused there; gRPC-Web is
  /// another protocol.
  private static func isGRPC(_ contentType: String?) -> Bool {
    guard let contentType else { return false }
    return contentType.hasPrefix("application/grpc")
      && !contentType.hasPrefix("application/grpc-web")
  }
}
