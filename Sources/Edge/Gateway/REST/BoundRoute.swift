internal import RPC
internal import Schema

/// A REST route with everything resolved that its requests need.
///
/// A class, since a request hands it on a few times and a copy would count a reference to each part.
final class BoundRoute: Sendable {
  enum Body: Sendable {
    case none
    /// Every field that is not in the path.
    case all
    case field(FieldDescriptor)
  }

  let method: RegisteredMethod
  let requestType: MessageDescriptor
  let responseType: MessageDescriptor
  /// In the order of the template's variables.
  let variables: [FieldPath]
  let body: Body
  /// The response field that alone is the body.
  let responseBody: FieldDescriptor?
  /// Whether the answer is bytes of the handler's own type instead of JSON.
  let responseIsRaw: Bool
  /// The mask that a PATCH fills from its body when the caller gives none.
  let patchMask: FieldPath?

  init(
    _ route: HTTPRoute, template: PathTemplate, method: RegisteredMethod, pool: DescriptorPool,
    mapping: JSONMapping
  ) throws(GatewayError) {
    let info = method.info
    func broken(_ problem: String) -> GatewayError {
      .brokenRoute(route.template, method: info.path, problem)
    }
    guard let requestType = pool.message(named: info.requestType),
      let responseType = pool.message(named: info.responseType)
    else { throw broken("its types are not in the descriptor set") }
    self.method = method
    self.requestType = requestType
    self.responseType = responseType
    var variables: [FieldPath] = []
    for variable in template.variables {
      guard let path = FieldPath(variable.field, in: requestType, pool: pool),
        path.leaf.shape == .singular, mapping.hasTextForm(path.leaf)
      else { throw broken("{\(variable.field)} is no field with a single value") }
      variables.append(path)
    }
    self.variables = variables
    switch route.body {
    case .none: body = .none
    case .all: body = .all
    case .field(let name):
      guard let field = requestType.field(named: name) else { throw broken("no field \(name)") }
      body = .field(field)
    }
    if route.responseBody.isEmpty {
      responseBody = nil
    } else {
      guard let field = responseType.field(named: route.responseBody) else {
        throw broken("no response field \(route.responseBody)")
      }
      responseBody = field
    }
    responseIsRaw =
      responseBody.map { $0.typeName == HTTPBody.protoName && $0.shape == .singular }
      ?? (responseType.fullName == HTTPBody.protoName)
    patchMask = Self.patchMask(route, body, requestType, pool)
  }

  /// The one FieldMask of the request, if the body is a message.
  private static func patchMask(
    _ route: HTTPRoute, _ body: Body, _ type: MessageDescriptor, _ pool: DescriptorPool
  ) -> FieldPath? {
    guard route.method == .patch, case .field(let field) = body, field.kind == .message,
      field.shape == .singular
    else { return nil }
    let masks = type.fields.filter {
      $0.typeName == "google.protobuf.FieldMask" && $0.shape == .singular
    }
    guard masks.count == 1, let mask = masks.first else { return nil }
    return FieldPath(mask.name, in: type, pool: pool)
  }
}

/// Why the contract's routes cannot be served. They are part of the program, so this is a broken
/// build.
package enum GatewayError: Error, Hashable {
  /// A template, its fields or its types do not fit together.
  case brokenRoute(String, method: String, String)
  /// Two methods claim the same path and HTTP method.
  case duplicateRoute(String, method: String)
}
