package import RPC
private import Telemetry

/// Finds out whose access token a request carries and whether they may act at the moment: the same for
/// calls and for the pages of operators.
package struct AccessCheck: Sendable {
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

  /// The bearer of the token in an `authorization` header. `trail` learns who it is before the
  /// standing is looked at, so that a suspended tenant's tries are on record.
  package func caller(
    of header: String, trail: AuditTrail? = nil
  ) async throws(RPCError) -> Caller {
    guard let token = Self.bearerToken(in: header) else {
      throw RPCError(
        .unauthenticated, "the authorization header must be `Bearer` and an access token",
        reason: "CREDENTIALS_MALFORMED")
    }
    guard let claims = tokens.claims(of: token, now: secondsNow()) else {
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

  /// What follows `Bearer`, however that is written; nil for credentials of another scheme.
  package static func bearerToken(in header: String) -> String? {
    let parts = header.split(separator: " ", maxSplits: 1)
    return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
  }
}
