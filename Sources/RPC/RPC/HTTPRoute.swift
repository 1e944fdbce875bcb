/// The verbs of REST routes.
public enum HTTPMethodName: String, Hashable, Sendable {
  /// GET
  case get = "GET"
  /// PUT
  case put = "PUT"
  /// POST
  case post = "POST"
  /// DELETE
  case delete = "DELETE"
  /// PATCH
  case patch = "PATCH"
}

/// One REST binding of a method, from its `google.api.http` option.
public struct HTTPRoute: Hashable, Sendable {
  /// What of the request travels in the HTTP body.
  public enum Body: Hashable, Sendable {
    /// Nothing: all of it is in the path and the query.
    case none
    /// Every field that is not in the path.
    case all
    /// One field, by its proto name.
    case field(String)
  }

  /// The verb.
  public let method: HTTPMethodName
  /// The path template: `/api/tenants/{tenant_id}:approve`.
  public let template: String
  /// What the HTTP body holds.
  public let body: Body
  /// The proto name of the response field that is the whole HTTP body; empty for the message.
  public let responseBody: String

  /// One binding.
  public init(
    _ method: HTTPMethodName, _ template: String, body: Body = .none, responseBody: String = ""
  ) {
    self.method = method
    self.template = template
    self.body = body
    self.responseBody = responseBody
  }
}
