/// How many messages travel each way.
public enum MethodKind: Hashable, Sendable {
  /// One request, one response.
  case unary
  /// One request, many responses.
  case serverStreaming
  /// Many requests, one response.
  case clientStreaming
  /// Many of both, interleaved as the two sides like.
  case bidirectional
}

/// What may happen when a call runs twice.
public enum Idempotency: Hashable, Sendable {
  /// Nothing is promised.
  case unknown
  /// It changes nothing.
  case noSideEffects
  /// The second run changes nothing more.
  case idempotent
}

/// Everything the contract says about one method, without its types.
public struct MethodInfo: Hashable, Sendable {
  /// Full name of the service: `klinke.tenant.v1.TenantService`.
  public let service: String
  /// `CreateTenant`
  public let name: String
  /// How many messages travel each way.
  public let kind: MethodKind
  /// Full name of the request message.
  public let requestType: String
  /// Full name of the response message.
  public let responseType: String
  /// Who may call.
  public let policy: MethodPolicy
  /// Whether each call leaves an audit row.
  public let audited: Bool
  /// What may happen when a call runs twice.
  public let idempotency: Idempotency
  /// REST bindings, the main one first.
  public let routes: [HTTPRoute]
  /// Set for a method that a provider calls.
  public let webhook: WebhookInfo?
  /// `/klinke.tenant.v1.TenantService/CreateTenant`
  public let path: String

  /// What the contract says.
  public init(
    service: String, name: String, kind: MethodKind = .unary, requestType: String,
    responseType: String, policy: MethodPolicy, audited: Bool = false,
    idempotency: Idempotency = .unknown, routes: [HTTPRoute] = [], webhook: WebhookInfo? = nil
  ) {
    self.service = service
    self.name = name
    self.kind = kind
    self.requestType = requestType
    self.responseType = responseType
    self.policy = policy
    self.audited = audited
    self.idempotency = idempotency
    self.routes = routes
    self.webhook = webhook
    self.path = "/\(service)/\(name)"
  }
}
