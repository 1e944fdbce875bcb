package import RPC

/// Whether a user may act at the moment.
package struct Standing: Hashable, Sendable {
  package var userActive: Bool
  package var tenantState: String

  package init(userActive: Bool, tenantState: String) {
    self.userActive = userActive
    self.tenantState = tenantState
  }
}

/// Answers what tokens cannot: whether user and tenant are still in good standing.
package protocol AccessDirectory: Sendable {
  /// `nil` when the user does not exist.
  func standing(of user: UserID, in tenant: TenantID) async throws(RPCError) -> Standing?
  /// `nil` when the tenant does not exist.
  func tenantState(_ tenant: TenantID) async throws(RPCError) -> String?
}

/// Finds out who calls.
///
/// A token that is there must be good, also where none is needed: a caller who believes to be signed
/// in must not be served as a stranger. Doors that already know the caller (webhooks, in process)
/// set ``CallerKey`` themselves.
package struct AuthInterceptor: ServerInterceptor {
  private let access: AccessCheck

  package init(_ access: AccessCheck) { self.access = access }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    guard case .anonymous = context.caller,
      let header = context.metadata["authorization"], context.method.policy.access != .webhook
    else { return try await next(message, context) }
    var context = context
    context[CallerKey.self] = try await access.caller(
      of: header, trail: context[AuditTrailKey.self])
    return try await next(message, context)
  }
}

extension RPCError {
  /// The caller's tenant may not use the platform.
  package static func tenantNotApproved(state: String) -> RPCError {
    RPCError(
      .permissionDenied, "the tenant is \(state); only approved tenants may use the platform",
      reason: "TENANT_NOT_APPROVED", metadata: ["state": state])
  }
}
