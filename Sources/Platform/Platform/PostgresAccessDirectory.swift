private import Postgres
package import RPC
private import Synchronization

/// The standing of users and tenants, from the database.
///
/// Answers are kept for a second: a suspended tenant or a deactivated user is out after at most that,
/// and a burst of calls asks once.
package final class PostgresAccessDirectory: AccessDirectory {
  private struct Kept<Value: Sendable>: Sendable {
    var value: Value
    var end: ContinuousClock.Instant
  }

  private struct User: Hashable {
    var user: UserID
    var tenant: TenantID
  }

  private static let keptMax = 10_000

  private let database: ServiceDatabase
  private let lifetime: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  private let users = Mutex<[User: Kept<Standing?>]>([:])
  private let tenants = Mutex<[TenantID: Kept<String?>]>([:])

  package init(
    _ database: ServiceDatabase, lifetime: Duration = .seconds(1),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.database = database
    self.lifetime = lifetime
    self.now = now
  }

  package func standing(of user: UserID, in tenant: TenantID) async throws(RPCError) -> Standing? {
    let key = User(user: user, tenant: tenant)
    let instant = now()
    if let kept = users.withLock({ $0[key] }), kept.end > instant { return kept.value }
    let rows = try await database.rows(
      """
      SELECT u.active, t.state FROM user_account u JOIN tenant t ON t.tenant_id = u.tenant_id
      WHERE u.tenant_id = \(tenant) AND u.user_id = \(user)
      """, in: tenant, deadline: nil)
    var standing: Standing?
    if let row = rows.first {
      standing = Standing(
        userActive: try row.value("active"), tenantState: try row.value("state"))
    }
    let found = standing
    users.withLock { users in
      if users.count >= PostgresAccessDirectory.keptMax { users.removeAll(keepingCapacity: true) }
      users[key] = Kept(value: found, end: instant + lifetime)
    }
    return standing
  }

  package func tenantState(_ tenant: TenantID) async throws(RPCError) -> String? {
    let instant = now()
    if let kept = tenants.withLock({ $0[tenant] }), kept.end > instant { return kept.value }
    let rows = try await database.rows(
      "SELECT state FROM tenant WHERE tenant_id = \(tenant)", in: tenant, deadline: nil)
    let state: String? = try rows.first?.value("state")
    tenants.withLock { tenants in
      if tenants.count >= PostgresAccessDirectory.keptMax {
        tenants.removeAll(keepingCapacity: true)
      }
      tenants[tenant] = Kept(value: state, end: instant + lifetime)
    }
    return state
  }
}
