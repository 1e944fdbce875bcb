/// What our own options and `google.api.http` say about a method, as written.
///
/// ``SchemaChecker`` says whether it makes sense.
package struct MethodOptions: Hashable, Sendable {
  /// Nil when the method has no policy option.
  package var policy: PolicyOption?
  package var isAudited = false
  package var webhook: WebhookOption?
  package var command = CommandOption()
  /// The rule and its additional bindings, flattened.
  package var routes: [RouteOption] = []

  package init() {}
}

/// The numbers are those of `klinke.options.v1.Role`.
package enum RoleOption: UInt64, Hashable, Sendable, CaseIterable {
  case platformAdmin = 1
  case customerAdmin = 2
  case customerUser = 3
  case support = 4
  case internalService = 5
}

package struct PolicyOption: Hashable, Sendable {
  package enum Scope: UInt64, Hashable, Sendable {
    case unspecified = 0
    case platform = 1
    case tenant = 2
  }

  package var isPublic = false
  package var roles: [RoleOption] = []
  package var isWebhook = false
  package var scope = Scope.unspecified
  /// Numbers in the option that are not a role or a scope.
  package var unknownValues: [UInt64] = []

  package init() {}
}

package struct WebhookOption: Hashable, Sendable {
  package enum Payload: UInt64, Hashable, Sendable {
    case unspecified = 0
    case form = 1
    case json = 2
  }

  package var provider = ""
  package var payload = Payload.unspecified
  package var rawBodyField = ""
}

package struct CommandOption: Hashable, Sendable {
  package var resource = ""
  package var verb = ""
  package var positional: [String] = []
  package var columns: [String] = []
  package var isHidden = false
}

package struct RouteOption: Hashable, Sendable {
  /// In lower case: `get`, `put`, `post`, `delete`, `patch`; anything else is a custom method.
  package var method = ""
  package var template = ""
  /// Empty, `*`, or a field's name.
  package var body = ""
  package var responseBody = ""
}
