package import HTTP
internal import Platform
package import ProviderKit
package import RPC
package import Schema
package import Telemetry
internal import Wire

/// The webhook door: verifies a provider's request on its raw bytes, then calls the method that
/// has the webhook option and this path.
///
/// Knows no provider: who signs and how is a ``WebhookVerifier``'s business, and whose secret it
/// is a ``WebhookSecretSource``'s. A request that is refused reaches no handler and no storage but
/// the lookup of the secret; the log gets one line with the cause.
package struct WebhookDoor: HTTPTaskHandler {
  /// Answers a call that failed after its request was verified.
  package typealias ErrorAnswer =
    @Sendable (_ error: RPCError, _ exchange: HTTPExchange, _ requestID: String) -> Void

  private let router: Router
  private let mapping: JSONMapping
  private let configuration: WebhookConfiguration
  private let verifiers: [String: any WebhookVerifier]
  private let secrets: any WebhookSecretSource
  private let errorAnswer: ErrorAnswer
  private let log: Logger
  private let routes: [String: WebhookRoute]

  package init(
    router: Router, pool: DescriptorPool, verifiers: [any WebhookVerifier],
    secrets: any WebhookSecretSource, configuration: WebhookConfiguration = WebhookConfiguration(),
    errorAnswer: @escaping ErrorAnswer, log: Logger
  ) throws(WebhookSetupError) {
    self.router = router
    self.configuration = configuration
    self.secrets = secrets
    self.errorAnswer = errorAnswer
    self.log = log
    mapping = JSONMapping(pool)
    self.verifiers = Dictionary(
      verifiers.map { ($0.provider, $0) }, uniquingKeysWith: { (first, _) in first })
    var routes: [String: WebhookRoute] = [:]
    for info in router.methods {
      guard let webhook = info.webhook, let method = router.method(path: info.path) else {
        continue
      }
      guard self.verifiers[webhook.provider] != nil else {
        throw .noVerifier(provider: webhook.provider, method: info.path)
      }
      for route in info.routes {
        guard !route.template.contains("{"), !route.template.contains("*") else {
          throw .templateWithVariables(route.template, method: info.path)
        }
        routes[route.template] = try WebhookRoute(route, webhook, method: method, pool: pool)
      }
    }
    self.routes = routes
  }

  package func handle(_ exchange: HTTPExchange) async {
    guard let route = routes[exchange.head.path],
      let verifier = verifiers[route.info.provider]
    else {
      answer(exchange, status: 404, text: "Not Found")
      return
    }
    guard exchange.head.method == route.httpMethod else {
      answer(exchange, status: 405, text: "Method Not Allowed", ["allow": route.httpMethod])
      return
    }
    let requestID = RequestID.next()
    guard let webhook = await receive(exchange, route, verifier, requestID) else { return }
    let hint = verifier.hint(of: webhook)
    let secrets: WebhookSecrets
    do {
      secrets = try await self.secrets.secrets(provider: route.info.provider, hint: hint)
    } catch {
      // Neither believed nor refused: a provider that repeats its requests may come again.
      logRefusal(route, exchange, requestID, "secrets_unavailable", detail: error.detail)
      answer(exchange, status: 503, text: "Service Unavailable", ["retry-after": "1"])
      return
    }
    do throws(WebhookError) {
      try verifier.verify(webhook, secrets: secrets.secrets)
    } catch {
      refuse(error, route, verifier, exchange, requestID)
      return
    }
    await call(route, webhook, secrets.tenantID, exchange, requestID)
  }

  // MARK: Receiving

  /// The request with its whole body; nil when it was answered already.
  private func receive(
    _ exchange: HTTPExchange, _ route: WebhookRoute, _ verifier: any WebhookVerifier,
    _ requestID: String
  ) async -> RawWebhook? {
    let body: [UInt8]
    do {
      body = try await exchange.collectBody(limit: configuration.bodyBytesMax)
    } catch {
      switch error {
      case .bodyTooLarge:
        logRefusal(route, exchange, requestID, "body_too_large")
        answer(exchange, status: 413, text: "Content Too Large")
      case .overloaded:
        logRefusal(route, exchange, requestID, "overloaded")
        answer(exchange, status: 503, text: "Service Unavailable")
      case .malformedBody, .timedOut:
        refuse(.bodyMalformed, route, verifier, exchange, requestID)
      case .reset, .connectionLost, .cancelled, .finished:
        // Nobody is there to be told.
        break
      }
      return nil
    }
    let isForm =
      exchange.head.fields["content-type"]?.lowercased()
      .hasPrefix("application/x-www-form-urlencoded") ?? false
    let form = isForm ? FormParameters(decoding: body) : nil
    guard !isForm || form != nil,
      let query = FormParameters(decoding: Array(exchange.head.queryBytes ?? []))
    else {
      refuse(.bodyMalformed, route, verifier, exchange, requestID)
      return nil
    }
    return RawWebhook(
      method: exchange.head.method, urls: urls(exchange.head),
      fields: exchange.head.fields.map { ($0.name, $0.value) }, body: body, query: query,
      form: form)
  }

  /// The URL that the provider has called.
  private func urls(_ head: HTTPRequestHead) -> [String] {
    if !configuration.publicBaseURL.isEmpty {
      var base = configuration.publicBaseURL
      while base.hasSuffix("/") { base.removeLast() }
      return [base + head.target]
    }
    var scheme = head.scheme
    var host = head.authority
    if configuration.trustsForwardedFields {
      // Several proxies append; the first name is the one that the provider has used.
      if let first = head.fields["x-forwarded-proto"]?.split(separator: ",").first {
        scheme = String(first.withoutBlanks)
      }
      if let first = head.fields["x-forwarded-host"]?.split(separator: ",").first {
        host = String(first.withoutBlanks)
      }
    }
    return ["\(scheme)://\(host)\(head.target)"]
  }

  // MARK: Calling

  private func call(
    _ route: WebhookRoute, _ webhook: RawWebhook, _ tenant: TenantID?, _ exchange: HTTPExchange,
    _ requestID: String
  ) async {
    var context = ServerContext(
      method: route.method.reference, metadata: Metadata(),
      deadline: Moment.now + configuration.timeout, peer: exchange.head.peer,
      door: .webhook, requestID: requestID)
    // What the handler waits for ends at the deadline by itself.
    context.deadlineIsEnforced = true
    context[CallerKey.self] = .webhook(provider: route.info.provider, tenant: tenant)
    do throws(RPCError) {
      let request = WebhookRequest(route: route, mapping: mapping)
      let message = try request.message(webhook)
      let response = try await router.serveUnary(
        route.method, message: message, context: context)
      try respond(route, response, exchange)
    } catch {
      errorAnswer(error, exchange, requestID)
    }
  }

  private func respond(
    _ route: WebhookRoute, _ response: [UInt8], _ exchange: HTTPExchange
  ) throws(RPCError) {
    do {
      if route.method.info.responseType == HTTPBody.protoName {
        let body = try HTTPBody(wireBytes: response)
        exchange.respond(
          status: 200, fields: ["content-type": body.contentType], body: body.data)
        return
      }
      guard let type = mapping.pool.message(named: route.method.info.responseType) else { return }
      let json = try mapping.json(fromWire: response, type: type)
      exchange.respond(status: 200, fields: ["content-type": "application/json"], body: json)
    } catch {
      // The call itself went well, so nothing before has logged this.
      log.error(
        "webhook.answer_failed",
        ["method": .string(route.method.info.path), "detail": .string("\(error)")])
      throw RPCError(.internal, "the answer cannot be written", detail: "\(error)")
    }
  }

  // MARK: Refusing

  private func refuse(
    _ error: WebhookError, _ route: WebhookRoute, _ verifier: any WebhookVerifier,
    _ exchange: HTTPExchange, _ requestID: String
  ) {
    logRefusal(route, exchange, requestID, error.reason)
    let refusal = verifier.refusal
    answer(exchange, status: refusal.status, text: refusal.body)
  }

  private func logRefusal(
    _ route: WebhookRoute, _ exchange: HTTPExchange, _ requestID: String, _ reason: String,
    detail: String = ""
  ) {
    var fields: LogFields = [
      "provider": .string(route.info.provider), "method": .string(route.method.info.path),
      "reason": .string(reason), "peer": .string(exchange.head.peer),
      "request_id": .string(requestID),
    ]
    if !detail.isEmpty { fields.add("detail", .string(detail)) }
    log.warning("webhook.refused", fields)
  }

  private func answer(
    _ exchange: HTTPExchange, status: Int, text: String, _ fields: HTTPFields = HTTPFields()
  ) {
    var fields = fields
    fields.add("content-type", "text/plain; charset=utf-8")
    exchange.respond(status: status, fields: fields, body: Array(text.utf8))
  }
}
