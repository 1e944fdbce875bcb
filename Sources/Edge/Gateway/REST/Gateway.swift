package import HTTP
package import RPC
package import Schema
package import Telemetry

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
package struct Gateway: HTTPTaskHandler {
  private enum Target: Sendable {
    case method(BoundRoute)
    case plain(PlainRoute)
  }

  private let router: Router
  private let limits: GatewayLimits
  private let tools: RESTTools
  private let table: RouteTable<Target>

  package init(
    router: Router, pool: DescriptorPool, plainRoutes: [PlainRoute] = [],
    limits: GatewayLimits = GatewayLimits(), log: Logger = .silent
  ) throws(GatewayError) {
    self.router = router
    self.limits = limits
    let mapping = JSONMapping(pool)
    tools = RESTTools(mapping: mapping, limits: limits, log: log)
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
    let name = head.isHead ? "GET" : head.method
    switch table.find(name, head.pathBytes) {
    case .found(let match):
      switch match.value {
      case .plain(let plain): await plain.serve(exchange)
      case .method(let route): await serve(route, captures: match.captures, exchange)
      }
    case .otherMethods(let found):
      let allowed = allowed(found)
      if head.method == "OPTIONS" {
        exchange.respond(status: 204, fields: ["allow": allowed.joined(separator: ", ")])
      } else {
        await refuse(.methodNotAllowed(allowed), exchange)
      }
    case .notFound: await refuse(.notFound, exchange)
    case .malformed: await refuse(.badRequest("the path is malformed"), exchange)
    }
  }

  /// With the methods that are answered wherever others are.
  private func allowed(_ methods: [String]) -> [String] {
    methods.flatMap { $0 == "GET" ? [$0, "HEAD"] : [$0] } + ["OPTIONS"]
  }

  // MARK: Calls

  private func serve(
    _ route: BoundRoute, captures: [String], _ exchange: HTTPExchange
  ) async {
    let fields = exchange.head.fields
    let requestID = RequestID.from(fields["x-request-id"])
    do throws(Refusal) {
      let kind = route.method.kind
      switch kind {
      case .unary: break
      case .serverStreaming: if exchange.head.isHead { throw .headOfStream }
      case .clientStreaming, .bidirectional: throw .streamsRequests(route.method.info.path)
      }
      var asked = try RESTHeaders.timeout(fields)
      if asked == nil, kind == .unary { asked = limits.timeoutDefault }
      let call = DoorCall(
        door: .rest, metadata: RESTHeaders.metadata(fields), timeout: limits.timeout(asked, kind),
        requestID: requestID)
      let wire = try RESTCall(
        route, captures: captures, head: exchange.head, requestID: requestID, tools: tools)
      await router.run(route.method, call, wire, on: exchange)
    } catch {
      await refuse(error, exchange, requestID: requestID)
    }
  }

  // MARK: Errors

  /// Answers a call of any door that ends in HTTP with an error.
  package func respond(_ error: RPCError, to exchange: HTTPExchange, requestID: String = "") {
    exchange.respond(tools.answer(Refusal(error), requestID: requestID))
  }

  /// A request that reached no method.
  private func refuse(
    _ refusal: Refusal, _ exchange: HTTPExchange, requestID: String = ""
  ) async {
    router.telemetry?.refused(
      refusal.error, door: .rest, path: exchange.head.path, peer: exchange.head.peer)
    await exchange.discardRequest()
    exchange.respond(tools.answer(refusal, requestID: requestID))
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
