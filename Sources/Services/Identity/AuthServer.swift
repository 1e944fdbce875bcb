package import IdentityAPI
package import Platform
package import RPC
private import Telemetry
private import Wire

/// Signs people in and tells them who they are.
package struct AuthServer: AuthService {
  private let store: UserDirectory
  private let tokens: AccessTokens
  private let passwords: PasswordHasher
  private let lifetime: Duration
  private let secondsNow: @Sendable () -> Int
  /// Hash of a password nobody has: an unknown user costs as much time as a known one.
  private let decoy: String

  /// - Parameter lifetime: how long an access token is good.
  package init(
    users: UserDirectory, tokens: AccessTokens, passwords: PasswordHasher, lifetime: Duration,
    secondsNow: @escaping @Sendable () -> Int = { WallClock.now().seconds }
  ) async throws(RPCError) {
    store = users
    self.tokens = tokens
    self.passwords = passwords
    self.lifetime = lifetime
    self.secondsNow = secondsNow
    decoy = try await passwords.hash(UUID.random().text)
  }

  package func login(
    _ request: LoginRequest, context: ServerContext
  ) async throws(RPCError) -> LoginResponse {
    let found = try await store.credentials(email: request.email.lowercased(), context)
    if let found {
      context[AuditTrailKey.self]?.note(found.user, in: found.tenant)
    }
    let fits = try await passwords.verify(request.password, found?.passwordHash ?? decoy)
    guard let found, fits, found.active else {
      throw RPCError(
        .unauthenticated, "the e-mail address or the password is wrong",
        reason: "WRONG_CREDENTIALS")
    }
    guard found.tenantState == "approved" else {
      throw RPCError.tenantNotApproved(state: found.tenantState)
    }
    context[AuditTrailKey.self]?.note(
      actor: .user(id: found.user, tenant: found.tenant, role: found.role), in: found.tenant)
    let now = secondsNow()
    let seconds = Int(lifetime.components.seconds)
    let token: String
    do throws(CryptoError) {
      token = try tokens.issue(
        AccessClaims(
          user: found.user, tenant: found.tenant, role: found.role, issueTime: now,
          expiryTime: now + seconds))
    } catch {
      throw RPCError(.internal, "the access token could not be made", detail: "\(error)")
    }
    let (user, tenant) = try await store.user(found.user, in: found.tenant, context)
    return LoginResponse(
      accessToken: token, expiresIn: ProtoDuration(seconds: Int64(seconds)), user: user,
      tenant: tenant)
  }

  package func whoAmI(
    _ request: WhoAmIRequest, context: ServerContext
  ) async throws(RPCError) -> WhoAmIResponse {
    guard case .user(let id, let home, _) = context.caller else {
      throw RPCError(.internal, "the policy let in a caller who is no user")
    }
    let (user, tenant) = try await store.user(id, in: home, context)
    return WhoAmIResponse(user: user, tenant: tenant)
  }
}
