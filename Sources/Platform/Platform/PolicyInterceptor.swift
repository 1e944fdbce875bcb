package import RPC
private import Wire

/// Enforces the policy of the method's proto option: who may call, and in which tenant.
///
/// The tenant comes from the caller's credentials. A platform administrator or a part of the platform
/// names it with the request's field `tenant_id`; for everybody else that field must be empty or
/// their own.
///
/// A stream of requests works in the caller's tenant from its first message to its last: it is open
/// to those who have one, and a message that names another ends it.
package struct PolicyInterceptor: ServerInterceptor, RequestInspector {
  private let directory: any AccessDirectory

  package init(directory: any AccessDirectory) { self.directory = directory }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    let policy = context.method.policy
    try admit(context.caller, context.method)
    guard policy.scope == .tenant else { return try await next(message, context) }
    var context = context
    let named = try tenantField(policy.tenantField, message, context.method)
    let tenant = try await tenant(named, for: context.caller)
    context[TenantScopeKey.self] = tenant
    context[AuditTrailKey.self]?.note(tenant: tenant)
    return try await next(message, context)
  }

  package func inspect(
    _ message: [UInt8], number: Int, context: ServerContext
  ) async throws(RPCError) {
    guard let own = context[TenantScopeKey.self] else { return }
    let named = try tenantField(context.method.policy.tenantField, message, context.method)
    try Self.require(named, toName: own)
  }

  private func admit(_ caller: Caller, _ method: MethodInfo) throws(RPCError) {
    switch method.policy.access {
    case .anyone:
      return
    case .webhook:
      guard case .webhook(let provider, _) = caller, provider == method.webhook?.provider else {
        throw RPCError(
          .unauthenticated, "this method takes webhooks signed by the provider only",
          reason: "WEBHOOK_ONLY")
      }
    case .roles(let allowed):
      guard let role = caller.role else {
        throw RPCError(
          .unauthenticated, "this method needs an access token: `authorization: Bearer …`",
          reason: "CREDENTIALS_MISSING")
      }
      guard allowed.contains(role) else {
        throw RPCError(
          .permissionDenied, "the role \(role.claim) may not call this method",
          reason: "ROLE_NOT_ALLOWED", metadata: ["role": role.claim])
      }
    }
  }

  private func tenant(_ named: String, for caller: Caller) async throws(RPCError) -> TenantID {
    if let own = caller.boundTenant {
      try Self.require(named, toName: own)
      return own
    }
    let tenant = try Violations.requireID(named, "tenant_id", of: TenantKind.self)
    guard tenant != .platform, try await directory.tenantState(tenant) != nil else {
      throw RPCError(
        .notFound, "no tenant \(tenant)", reason: "TENANT_NOT_FOUND",
        metadata: ["tenant_id": tenant.text])
    }
    return tenant
  }

  /// Refuses a request that names a tenant other than the caller's.
  private static func require(_ named: String, toName own: TenantID) throws(RPCError) {
    guard !named.isEmpty, named != own.text else { return }
    let other = try Violations.requireID(named, "tenant_id", of: TenantKind.self)
    guard other != own else { return }
    // An unknown tenant is refused like a foreign one: nobody needs to know which it is.
    throw RPCError(.permissionDenied, "tenant_id names another tenant", reason: "FOREIGN_TENANT")
  }

  /// The last value of a top-level string field, as the wire format's rules have it.
  private func tenantField(
    _ number: Int, _ message: [UInt8]?, _ method: MethodInfo
  ) throws(RPCError) -> String {
    guard number > 0, let message else { return "" }
    do throws(WireError) {
      var reader = WireReader(message.span)
      var value = ""
      while let field = try reader.nextField() {
        if field.number == number, field.type == .lengthDelimited {
          value = try reader.string(field)
        } else {
          try reader.skip(field)
        }
      }
      return value
    } catch {
      throw RPCError(
        .invalidArgument, "malformed request: not a \(method.requestType)",
        reason: "MALFORMED_REQUEST", detail: "\(error)")
    }
  }
}
