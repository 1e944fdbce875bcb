package import HTTP
package import RPC
package import Schema
package import Telemetry
internal import Wire

/// The REST door: serves the methods of a router by their `google.api.http` routes.
///
/// ```swift
/// let gateway = try Gateway(router: router, pool: pool, plainRoutes: [
///   PlainRoute("GET", "/metrics") { exchange in exchange.respond(status: 200, …) }
/// ])
/// ```
///
/// Path, query and JSON body become the request's bytes, and the answer's bytes become JSON; the
/// handler, its policy and its errors are those of every other door. Methods that a provider calls
/// by webhook have their own door and are not served here.
package struct Gateway: HTTPHandler {
  private enum Target: Sendable {
    case method(BoundRoute)
    case plain(PlainRoute)
  }

  private let router: Router
  private let mapping: JSONMapping
  private let limits: GatewayLimits
  private let log: Logger
  private let errors: ErrorBody
  private let table: RouteTable<Target>

  package init(
    router: Router, pool: DescriptorPool, plainRoutes: [PlainRoute] = [],
    limits: GatewayLimits = GatewayLimits(), log: Logger = .silent
  ) throws(GatewayError) {
    self.router = router
    self.limits = limits
    self.log = log
    mapping = JSONMapping(pool)
    errors = ErrorBody(mapping: mapping)
    var table = RouteTable<Target>()
    for info in router.methods where info.webhook == nil && !info.routes.isEmpty {
      guard let method = router.method(path: info.path) else { continue }
      for route in info.routes {
        guard let template = PathTemplate(route.template) else {
          throw .brokenRoute(route.template, method: info.path, "the template is malformed")
        }
        let bound = try BoundRoute(
          route, template: template, method: method, pool: pool, mapping: mapping)
        guard table.add(route.method.rawValue, template, .method(bound)) else {
          throw .duplicateRoute(route.template, method: info.path)
        }
      }
    }
    for plain in plainRoutes {
      guard let template = PathTemplate(plain.path) else {
        throw .brokenRoute(plain.path, method: plain.method, "the path is malformed")
      }
      guard table.add(plain.method, template, .plain(plain)) else {
        throw .duplicateRoute(plain.path, method: plain.method)
      }
    }
    self.table = table
  }

  package func handle(_ exchange: HTTPExchange) async {
    let head = exchange.head
    // HEAD is GET without the body, which the exchange leaves out by itself.
    let name = head.method == "HEAD" ? "GET" : head.method
    switch table.find(name, head.path) {
    case .found(let match):
      switch match.value {
      case .plain(let plain): await plain.serve(exchange)
      case .method(let route): await serve(route, captures: match.captures, exchange)
      }
    case .otherMethods(let allowed):
      if head.method == "OPTIONS" {
        let list = (allowed + ["OPTIONS"]).joined(separator: ", ")
        exchange.respond(status: 204, fields: ["allow": list])
      } else {
        refuse(.methodNotAllowed(allowed), exchange)
      }
    case .notFound: refuse(.notFound, exchange)
    case .malformed: refuse(.badRequest("the path is malformed"), exchange)
    }
  }

  // MARK: Calls

  private func serve(
    _ route: BoundRoute, captures: [String], _ exchange: HTTPExchange
  ) async {
    let requestID = RequestID.from(exchange.head.fields["x-request-id"])
    do throws(Refusal) {
      let message = try await request(route, captures, exchange)
      let context = try self.context(route, requestID, exchange)
      switch route.method.info.kind {
      case .unary: await serveUnary(route, message, context, exchange)
      case .serverStreaming: await serveStream(route, message, context, exchange)
      case .clientStreaming, .bidirectional:
        throw Refusal(
          RPCError(
            .unimplemented, "this method streams requests and is served by gRPC only",
            reason: "STREAMING_NOT_SUPPORTED"))
      }
    } catch {
      refuse(error, exchange, requestID: requestID)
    }
  }

  private func request(
    _ route: BoundRoute, _ captures: [String], _ exchange: HTTPExchange
  ) async throws(Refusal) -> [UInt8] {
    let body: [UInt8]
    do {
      body = try await exchange.collectBody(limit: limits.bodyBytesMax)
    } catch {
      switch error {
      case .bodyTooLarge(let limit): throw .bodyTooLarge(limit)
      case .malformedBody: throw .badRequest("the body is malformed")
      case .timedOut: throw Refusal(.deadlineExceeded, status: 408)
      case .reset, .connectionLost, .cancelled, .finished: throw Refusal(.cancelled)
      }
    }
    let binding = RequestBinding(
      route: route, mapping: mapping, ignoredQueryParameters: limits.ignoredQueryParameters)
    return try binding.message(
      captures: captures, query: exchange.head.query, body: body,
      contentType: exchange.head.fields["content-type"])
  }

  private func context(
    _ route: BoundRoute, _ requestID: String, _ exchange: HTTPExchange
  ) throws(Refusal) -> ServerContext {
    let asked = try CallHeaders.timeout(exchange.head.fields)
    let isUnary = route.method.info.kind == .unary
    let timeout =
      isUnary ? min(asked ?? limits.timeoutDefault, limits.timeoutMax) : asked
    var context = ServerContext(
      method: route.method.reference, metadata: CallHeaders.metadata(exchange.head.fields),
      deadline: timeout.map { ContinuousClock.now + $0 }, peer: exchange.head.peer, door: .rest,
      requestID: requestID)
    // What a handler waits for ends at the deadline by itself. A task that watches it as well is
    // worth its price only for the caller who named one.
    context.deadlineIsEnforced = asked == nil
    return context
  }

  private func serveUnary(
    _ route: BoundRoute, _ message: [UInt8], _ context: ServerContext, _ exchange: HTTPExchange
  ) async {
    do throws(RPCError) {
      let response = try await router.serveUnary(route.method, message: message, context: context)
      let (status, fields) = answerHead(context)
      try answer(route, response, status: status, fields: fields, exchange)
    } catch {
      answer(Refusal(error), exchange, requestID: context.requestID)
    }
  }

  private func answer(
    _ route: BoundRoute, _ response: [UInt8], status: Int, fields: HTTPFields,
    _ exchange: HTTPExchange
  ) throws(RPCError) {
    var fields = fields
    do {
      if route.responseType.fullName == HTTPBody.protoName, route.responseBody == nil {
        let raw = try HTTPBody(wireBytes: response)
        if !raw.contentType.isEmpty { fields.add("content-type", raw.contentType) }
        exchange.respond(status: status, fields: fields, body: raw.data)
        return
      }
      let json = try route.json(of: response, mapping)
      if status != 204 { fields.add("content-type", "application/json") }
      exchange.respond(status: status, fields: fields, body: status == 204 ? [] : json)
    } catch {
      // The call itself went well, so nothing before has logged this.
      log.error(
        "rest.answer_failed",
        ["method": .string(route.method.info.path), "detail": .string("\(error)")])
      throw RPCError(.internal, "the answer cannot be written", detail: "\(error)")
    }
  }

  private func serveStream(
    _ route: BoundRoute, _ message: [UInt8], _ context: ServerContext, _ exchange: HTTPExchange
  ) async {
    let stream = EventStream(
      exchange, request: message, route: route, mapping: mapping,
      fields: answerHead(context).fields)
    do throws(RPCError) {
      try await router.serve(route.method, stream: stream, context: context)
      await stream.finish()
    } catch {
      if stream.hasStarted {
        await stream.fail(errors.json(error, status: error.code.httpStatus))
      } else {
        answer(Refusal(error), exchange, requestID: context.requestID)
      }
    }
  }

  private func answerHead(_ context: ServerContext) -> (status: Int, fields: HTTPFields) {
    var (status, fields) = CallHeaders.response(context.responseMetadata)
    fields.add("x-request-id", context.requestID)
    fields.add("x-content-type-options", "nosniff")
    if !fields.contains("cache-control") { fields.add("cache-control", "no-store") }
    return (status, fields)
  }

  // MARK: Errors

  /// Answers a call of any door that ends in HTTP with an error.
  package func respond(_ error: RPCError, to exchange: HTTPExchange, requestID: String = "") {
    answer(Refusal(error), exchange, requestID: requestID)
  }

  /// A request that reached no method.
  private func refuse(_ refusal: Refusal, _ exchange: HTTPExchange, requestID: String = "") {
    router.telemetry?.refused(
      refusal.error, door: .rest, path: String(exchange.head.path), peer: exchange.head.peer)
    answer(refusal, exchange, requestID: requestID)
  }

  private func answer(_ refusal: Refusal, _ exchange: HTTPExchange, requestID: String) {
    var fields = errors.fields(refusal.error, status: refusal.status)
    fields.add(refusal.fields)
    if !requestID.isEmpty { fields.add("x-request-id", requestID) }
    fields.add("x-content-type-options", "nosniff")
    fields.add("cache-control", "no-store")
    exchange.respond(
      status: refusal.status, fields: fields,
      body: errors.json(refusal.error, status: refusal.status))
  }
}

/// A route that is no method: health for load balancers, metrics, documents.
package struct PlainRoute: Sendable {
  package let method: String
  /// A path without variables, or a template whose captures nobody needs: `/docs/**`.
  package let path: String
  package let serve: @Sendable (_ exchange: HTTPExchange) async -> Void

  package init(
    _ method: String, _ path: String,
    serve: @escaping @Sendable (_ exchange: HTTPExchange) async -> Void
  ) {
    self.method = method
    self.path = path
    self.serve = serve
  }
}
