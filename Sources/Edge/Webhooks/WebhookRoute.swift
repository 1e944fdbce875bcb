internal import RPC
internal import Schema

/// A method that a provider calls, with everything resolved that its requests need.
struct WebhookRoute: Sendable {
  let method: RegisteredMethod
  let info: WebhookInfo
  let requestType: MessageDescriptor
  /// Gets the body as it came.
  let rawBodyField: FieldDescriptor?
  let httpMethod: String

  init(
    _ route: HTTPRoute, _ info: WebhookInfo, method: RegisteredMethod, pool: DescriptorPool
  ) throws(WebhookSetupError) {
    guard let type = pool.message(named: method.info.requestType),
      pool.message(named: method.info.responseType) != nil
    else { throw .unknownType(method: method.info.path) }
    self.method = method
    self.info = info
    requestType = type
    httpMethod = route.method.rawValue
    if info.rawBodyField.isEmpty {
      rawBodyField = nil
    } else {
      guard let field = type.field(named: info.rawBodyField), field.kind == .bytes,
        field.shape == .singular
      else { throw .brokenRawBodyField(method: method.info.path) }
      rawBodyField = field
    }
  }
}

/// Why the contract's webhooks cannot be served. They are part of the program, so this is a broken
/// build.
package enum WebhookSetupError: Error, Hashable {
  /// The method's types are not in the descriptor set.
  case unknownType(method: String)
  /// The field for the raw body does not exist or does not hold bytes.
  case brokenRawBodyField(method: String)
  /// Nothing verifies the requests of this provider.
  case noVerifier(provider: String, method: String)
  /// A webhook's path is an exact one.
  case templateWithVariables(String, method: String)
}
