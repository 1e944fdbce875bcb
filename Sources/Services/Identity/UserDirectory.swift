internal import IdentityAPI
internal import Platform
package import Postgres
package import RPC

/// Finds users by e-mail address and by id, and makes the first of them.
package struct UserDirectory: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  struct Credentials: Sendable {
    var user: UserID
    var tenant: TenantID
    var role: Role
    var passwordHash: String
    var active: Bool
    var tenantState: String
  }

  func credentials(
    email: String, _ context: ServerContext
  ) async throws(RPCError) -> Credentials? {
    let rows = try await database.rowsWithoutTenant(
      "SELECT * FROM lookup_login(\(email))", deadline: context.deadline)
    guard let row = rows.first else { return nil }
    guard let role = Role(try row.value("role", as: String.self)) else {
      throw RPCError(.internal, "the call failed inside the platform", detail: "unknown role")
    }
    return Credentials(
      user: try row.id("user_id"), tenant: try row.id("tenant_id"), role: role,
      passwordHash: try row.value("password_hash"), active: try row.value("active"),
      tenantState: try row.value("tenant_state"))
  }

  /// The user, and the tenant unless it is the platform's own.
  func user(
    _ id: UserID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> (User, TenantSummary?) {
    let rows = try await database.rows(
      """
      SELECT u.*, t.display_name AS tenant_name, t.platform
      FROM user_account u JOIN tenant t ON t.tenant_id = u.tenant_id
      WHERE u.tenant_id = \(tenant) AND u.user_id = \(id)
      """, in: tenant, context)
    guard let row = rows.first else { throw try await database.refusal(of: id, context) }
    let isPlatform: Bool = try row.value("platform")
    let user = User(
      userID: id.text, tenantID: isPlatform ? "" : tenant.text, email: try row.value("email"),
      displayName: try row.value("display_name"),
      role: UserRole(role: Role(try row.value("role", as: String.self))),
      active: try row.value("active"), createTime: try row.timestamp("create_time"))
    guard !isPlatform else { return (user, nil) }
    return (
      user, TenantSummary(tenantID: tenant.text, displayName: try row.value("tenant_name"))
    )
  }

  /// Whether there is a platform administrator.
  package func hasAdministrator() async throws(RPCError) -> Bool {
    let rows = try await database.rows(
      """
      SELECT user_id FROM user_account
      WHERE tenant_id = \(TenantID.platform) AND role = 'platform_admin' LIMIT 1
      """, in: .platform, deadline: nil)
    return !rows.isEmpty
  }

  /// Makes the first platform administrator unless there is one; true when it was made.
  ///
  /// Two servers that start at once make one, because they look under a lock.
  package func ensureAdministrator(
    email: String, passwordHash: String
  ) async throws(RPCError) -> Bool {
    try await database.change(in: .platform) { (change) async throws(RPCError) -> Bool in
      // A statement of its own: the next one looks at what there is once the lock is ours.
      try await change.run(
        "SELECT pg_advisory_xact_lock(hashtextextended('klinke.first_administrator', 0))")
      let rows = try await change.rows(
        """
        INSERT INTO user_account (tenant_id, user_id, email, display_name, role, password_hash)
        SELECT \(TenantID.platform), \(UserID.random()), \(email.lowercased())::text,
          'Administrator', 'platform_admin', \(passwordHash)::text
        WHERE NOT EXISTS (
          SELECT FROM user_account
          WHERE role = 'platform_admin' AND tenant_id = \(TenantID.platform))
        ON CONFLICT DO NOTHING
        RETURNING user_id
        """)
      return !rows.isEmpty
    }
  }
}

extension UserRole {
  init(role: Role?) {
    switch role {
    case .platformAdmin: self = .platformAdmin
    case .customerAdmin: self = .customerAdmin
    case .customerUser: self = .customerUser
    case .support: self = .support
    case .internalService, nil: self = .unspecified
    }
  }
}
