internal import Contract
internal import Gateway
internal import HTTP
internal import ProviderKit
internal import ProviderStripe
internal import ProviderTwilio
internal import RPC
internal import RPCTransport
internal import Reactor
internal import Schema
internal import Telemetry
internal import TestFixtures
internal import TestHarness
internal import Webhooks
internal import Wire

/// Small methods behind every door, as klinked has its own behind them.
enum Service {
  /// That of `http2-target`, so that what was recorded with it means the same here.
  private static let target = "klinke.http2.v1.Target"
  private static let book = "klinke.test.Book"

  static func path(_ method: String) -> String { "/\(target)/\(method)" }

  static func doors() -> any HTTPHandler {
    do {
      let pool = try DescriptorPool(
        fileDescriptorSet: Contract.decode()
          + (Base64.decode(FixtureDescriptors.jsonCases.utf8) ?? []))
      let router = router()
      let limits = GatewayLimits(bodyBytesMax: 1 << 20)
      let rest = try Gateway(router: router, pool: pool, limits: limits)
      var calls = GRPCLimits()
      calls.messageBytesMax = limits.bodyBytesMax
      return DoorDispatch(
        grpc: GRPCHandler(router: router, limits: calls),
        grpcWeb: GRPCWebDoor(router: router, limits: limits),
        connect: ConnectDoor(router: router, pool: pool, limits: limits),
        webhooks: try WebhookDoor(
          router: router, pool: pool,
          verifiers: [TwilioWebhooks(skipsVerification: true), StripeWebhooks()],
          secrets: Secrets(),
          configuration: WebhookConfiguration(
            trustsForwardedFields: true, bodyBytesMax: limits.bodyBytesMax),
          errorAnswer: { error, exchange, requestID in
            rest.respond(error, to: exchange, requestID: requestID)
          }, log: .silent),
        rest: rest, methods: router.methods, cors: CORSPolicy(["*"]) ?? CORSPolicy())
    } catch {
      fatalError("\(error)")
    }
  }

  private struct Secrets: WebhookSecretSource {
    func secrets(
      provider: String, hint: WebhookHint
    ) async throws(WebhookSecretsUnavailable) -> WebhookSecrets {
      if hint.calledNumber == "0" { throw WebhookSecretsUnavailable(detail: "none") }
      return WebhookSecrets(secrets: ["secret"])
    }
  }

  private static func method(
    _ name: String, _ kind: MethodKind, type: String = book, response: String? = nil,
    routes: [HTTPRoute] = [], webhook: WebhookInfo? = nil
  ) -> MethodDescriptor<AnyBytes, AnyBytes> {
    MethodDescriptor(
      MethodInfo(
        service: target, name: name, kind: kind, requestType: type, responseType: response ?? type,
        policy: MethodPolicy(access: .anyone, scope: .none),
        idempotency: kind == .unary ? .noSideEffects : .unknown, routes: routes, webhook: webhook))
  }

  private static func router() -> Router {
    var router = Router(
      interceptors: [], telemetry: CallTelemetry(log: .silent, metrics: Metrics()))
    addCalls(&router)
    addSlow(&router)
    addRoutes(&router)
    addWebhooks(&router)
    return router
  }

  private static func addCalls(_ router: inout Router) {
    router.unary(method("Echo", .unary, routes: [HTTPRoute(.post, "/v1/books", body: .all)])) {
      (request, context) async throws(RPCError) in
      // What comes in metadata goes back in it, as far as it may.
      for value in context.metadata.binaryValues(for: "x-data-bin") {
        context.responseMetadata.addTrailing("x-data-bin", Base64.text(value))
      }
      context.responseMetadata.addInitial("x-trace", context.trace.childHeader)
      return request
    }
    // As many pieces as the request is long.
    router.serverStreaming(
      method("Pour", .serverStreaming, routes: [HTTPRoute(.get, "/v1/pour")])
    ) { (request, responses, _) async throws(RPCError) in
      let piece = AnyBytes(Frames.bytesValue([UInt8](repeating: 0x50, count: 16_000)))
      for _ in request.unknownFields.bytes.prefix(100) { try await responses.write(piece) }
    }
    router.clientStreaming(
      method("Drink", .clientStreaming, routes: [HTTPRoute(.post, "/v1/drink", body: .all)])
    ) { (requests, _) async throws(RPCError) in
      var count = 0
      while let request = try await requests.next() { count += request.unknownFields.bytes.count }
      return AnyBytes(Frames.bytesValue(Array(String(count).utf8)))
    }
    router.bidirectional(method("Talk", .bidirectional)) {
      (requests, responses, _) async throws(RPCError) in
      while let request = try await requests.next() { try await responses.write(request) }
    }
    // With the code that the last byte of the request names, and words from it.
    router.unary(method("Fail", .unary, routes: [HTTPRoute(.get, "/v1/fail/{name}")])) {
      (request, _) async throws(RPCError) in
      let bytes = request.unknownFields.bytes
      let code = RPCCode(rawValue: 1 + Int(bytes.last ?? 2) % 16) ?? .unknown
      var error = RPCError(code, String(decoding: bytes, as: UTF8.self), reason: "FUZZ")
      error.add(RetryInfo(retryDelay: ProtoDuration(seconds: 4, nanos: 1)))
      throw error
    }
  }

  /// Handlers that end when nobody wants their answer any more, at once or some turns later.
  private static func addSlow(_ router: inout Router) {
    router.unary(method("Hold", .unary)) { (request, _) async throws(RPCError) in
      await untilCancelled()
      for _ in 0..<3 { await turn() }
      return request
    }
    router.bidirectional(method("Deaf", .bidirectional)) { (_, _, _) async throws(RPCError) in
      await untilCancelled()
    }
  }

  private static func untilCancelled() async {
    let (never, continuation) = AsyncStream<Void>.makeStream()
    for await _ in never {}
    continuation.finish()
  }

  private static func turn() async {
    await withCheckedContinuation { continuation in
      guard let loop = EventLoop.current else { return continuation.resume() }
      loop.schedule(at: loop.now) { continuation.resume() }
    }
  }

  private static func addRoutes(_ router: inout Router) {
    func echo(_ name: String, _ routes: [HTTPRoute], type: String = book) {
      router.unary(method(name, .unary, type: type, routes: routes)) {
        (request, _) async throws(RPCError) in request
      }
    }
    let shelf = "/v1/{name=shelves/*/books/*}"
    echo("Get", [HTTPRoute(.get, shelf), HTTPRoute(.get, "/v1/books/{name}")])
    echo("Archive", [HTTPRoute(.post, shelf + ":archive", body: .all)])
    echo("PutPages", [HTTPRoute(.put, "/v1/pages/{pages}/{author.born}", body: .field("author"))])
    echo("PutTags", [HTTPRoute(.put, "/v1/tags", body: .field("tags"))])
    echo("File", [HTTPRoute(.get, "/v1/files/{name=**}")])
    echo("Color", [HTTPRoute(.get, "/v1/colors/{color}")])
    echo("Author", [HTTPRoute(.get, "/v1/author", responseBody: "author")])
    echo(
      "Update", [HTTPRoute(.patch, "/v1/books/{book.name}", body: .field("book"))],
      type: "klinke.test.UpdateBookRequest")
    echo(
      "Everything",
      [
        HTTPRoute(.post, "/v1/everything", body: .all),
        HTTPRoute(.get, "/v1/items/{int32_field}/{string_field=shelves/*}"),
      ], type: "klinke.test.Everything")
    echo("Raw", [HTTPRoute(.post, "/v1/raw", body: .all)], type: HTTPBody.protoName)
  }

  private static func addWebhooks(_ router: inout Router) {
    router.unary(
      method(
        "Form", .unary, type: "klinke.call.v1.CallInputRequest", response: HTTPBody.protoName,
        routes: [HTTPRoute(.post, "/hooks/twilio", body: .all)],
        webhook: WebhookInfo(provider: "twilio", payload: .form))
    ) { (_, _) async throws(RPCError) in
      AnyBytes(HTTPBody(contentType: "text/xml", data: Array("<Response/>".utf8)).wireBytes())
    }
    router.unary(
      method(
        "Event", .unary, type: "klinke.billing.v1.StripeEventRequest",
        response: "klinke.billing.v1.StripeEventResponse",
        routes: [HTTPRoute(.post, "/hooks/stripe", body: .all)],
        webhook: WebhookInfo(provider: "stripe", payload: .json, rawBodyField: "raw_body"))
    ) { (_, _) async throws(RPCError) in AnyBytes() }
  }
}
