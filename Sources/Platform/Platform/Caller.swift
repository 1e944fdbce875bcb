package import RPC

/// Who makes a call, as far as credentials prove it.
package enum Caller: Hashable, Sendable {
  /// Nobody that we know.
  case anonymous
  /// A person with an access token.
  case user(id: UserID, tenant: TenantID, role: Role)
  /// Another part of the platform.
  case service(name: String)
  /// A provider whose signature was verified; `tenant` is set when the tenant's own secret signed.
  case webhook(provider: String, tenant: TenantID?)

  /// The role that policies look at; `nil` for callers that have none.
  package var role: Role? {
    switch self {
    case .user(_, _, let role): role
    case .service: .internalService
    case .anonymous, .webhook: nil
    }
  }

  /// The tenant the caller belongs to and cannot leave; `nil` for the platform's own people.
  package var boundTenant: TenantID? {
    switch self {
    case .user(_, let tenant, let role): role == .platformAdmin ? nil : tenant
    case .webhook(_, let tenant): tenant
    case .service, .anonymous: nil
    }
  }
}

package enum CallerKey: ContextKey {
  package static var defaultValue: Caller { .anonymous }
}

package enum TenantScopeKey: ContextKey {
  package static var defaultValue: TenantID? { nil }
}

extension ServerContext {
  /// Who makes the call; anonymous until the credentials were checked.
  package var caller: Caller { self[CallerKey.self] }

  /// The tenant that a method with tenant scope works in, set by ``PolicyInterceptor``.
  ///
  /// - Throws: `INTERNAL` when the method has no such scope: our own mistake.
  package func tenant() throws(RPCError) -> TenantID {
    guard let tenant = self[TenantScopeKey.self] else {
      throw RPCError(
        .internal, "the call has no tenant", reason: "NO_TENANT",
        detail: "\(method.path) asked for a tenant but its policy has no tenant scope")
    }
    return tenant
  }
}
