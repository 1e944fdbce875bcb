package import HTTP
package import RPC
internal import RPCTransport

/// The gRPC-Web door: gRPC for pages, over HTTP/1.1 and HTTP/2, as bytes or as base64.
package struct GRPCWebDoor: HTTPTaskHandler {
  private let router: Router
  private let limits: GatewayLimits

  package init(router: Router, limits: GatewayLimits = GatewayLimits()) {
    self.router = router
    self.limits = limits
  }

  /// Whether a content type is for this door, or a misspelt one that it refuses.
  package static func accepts(_ contentType: String) -> Bool {
    contentType.lowercased().hasPrefix("application/grpc-web")
  }

  package func handle(_ exchange: HTTPExchange) async {
    let head = exchange.head
    let fields = head.fields
    guard let form = GRPCWebForm(contentType: fields["content-type"], accept: fields["accept"])
    else {
      let types = "application/grpc-web+proto, application/grpc-web-text+proto"
      await refuse(
        status: 415, ["accept-post": types], "this needs content-type \(types)", exchange)
      return
    }
    guard head.method == "POST" else {
      await refuse(status: 405, ["allow": "POST"], "gRPC-Web needs POST", exchange)
      return
    }
    let requestID = RequestID.from(fields["x-request-id"])
    do throws(RPCError) {
      // A path is compared as it came, query and all: gRPC's have none.
      guard let method = router.method(path: head.target) else {
        throw router.unknownMethod(path: head.target)
      }
      let call = DoorCall(
        door: .grpcWeb, metadata: try CallMetadata.read(fields),
        timeout: limits.timeout(try timeout(fields), method.kind), requestID: requestID)
      let coding = try BodyCoding(
        done: fields["grpc-encoding"], takes: fields["grpc-accept-encoding"] ?? "")
      let wire = GRPCWebCall(
        form, coding: coding, requestID: requestID, messageBytesMax: limits.bodyBytesMax)
      await router.run(method, call, wire, on: exchange)
    } catch {
      router.telemetry?.refused(error, door: .grpcWeb, path: head.target, peer: head.peer)
      await exchange.discardRequest()
      exchange.respond(
        status: 200,
        fields: GRPCWebCall.refusal(error, Metadata(), form, requestID: requestID))
    }
  }

  private func timeout(_ fields: HTTPFields) throws(RPCError) -> Duration? {
    guard let text = fields["grpc-timeout"] else { return nil }
    guard let timeout = Timeout.parse(text) else {
      throw RPCError(.internal, "malformed grpc-timeout", reason: "MALFORMED_TIMEOUT")
    }
    return timeout
  }

  /// Not a call: an HTTP answer without a status of ours.
  private func refuse(
    status: Int, _ fields: HTTPFields, _ reason: String, _ exchange: HTTPExchange
  ) async {
    await exchange.discardRequest()
    var fields = fields
    fields.add("content-type", "text/plain; charset=utf-8")
    exchange.respond(status: status, fields: fields, body: Array("\(reason)\n".utf8))
  }
}
