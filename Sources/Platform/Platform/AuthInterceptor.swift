package import RPC
private import Telemetry

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
  private let tokens: AccessTokens
  private let directory: any AccessDirectory
  private let secondsNow: @Sendable () -> Int

  package init(
    tokens: AccessTokens, directory: any AccessDirectory,
    secondsNow: @escaping @Sendable () -> Int = { WallClock.now().seconds }
  ) {
    self.tokens = tokens
    self.directory = directory
    self.secondsNow = secondsNow
  }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    guard case .anonymous = context.caller,
      let header = context.metadata["authorization"], context.method.policy.access != .webhook
    else { return try await next(message, context) }
    var context = context
    context[CallerKey.self] = try await caller(header, context[AuditTrailKey.self])
    return try await next(message, context)
  }

  /// The bearer of a token; `trail` learns who it is before the standing is looked at, so that a
  /// suspended tenant's tries are on record.
  private func caller(_ header: String, _ trail: AuditTrail?) async throws(RPCError) -> Caller {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw RPCError(
        .unauthenticated, "the authorization header must be `Bearer` and an access token",
        reason: "CREDENTIALS_MALFORMED")
    }
    guard let claims = tokens.claims(of: String(parts[1]), now: secondsNow()) else {
      throw RPCError(
        .unauthenticated, "the access token is not valid or has ended; sign in again",
        reason: "TOKEN_INVALID")
    }
    let caller = Caller.user(id: claims.user, tenant: claims.tenant, role: claims.role)
    trail?.note(actor: caller, in: claims.tenant)
    guard let standing = try await directory.standing(of: claims.user, in: claims.tenant),
      standing.userActive
    else {
      throw RPCError(
        .unauthenticated, "the user of this token is no longer active", reason: "USER_INACTIVE")
    }
    guard standing.tenantState == "approved" else {
      throw RPCError.tenantNotApproved(state: standing.tenantState)
    }
    return caller
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
