internal import AuditAPI
package import Platform
package import Postgres
package import RPC

/// The rows of the audit trail: written once, never changed.
package struct AuditStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  /// Writes an event that has no change to be written with.
  package func write(_ event: Platform::AuditEvent) async throws(RPCError) {
    _ = try await database.rows(event.insertion, in: event.tenant, deadline: nil)
  }

  func list(
    _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<AuditAPI::AuditEvent> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "event_time"))
      FROM audit_event
      WHERE tenant_id = \(tenant)
        AND \(paging.before("event_time", "audit_event_id"))
      ORDER BY event_time DESC, audit_event_id DESC
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "audit_event_id") { (row) throws(RPCError) in
      try AuditAPI::AuditEvent(row)
    }
  }
}

extension AuditAPI::AuditEvent {
  init(_ row: Row) throws(RPCError) {
    self.init(
      auditEventID: try row.value("audit_event_id"), tenantID: try row.value("tenant_id"),
      time: try row.timestamp("event_time"), actorKind: try row.value("actor_kind"),
      actorID: try row.value("actor_id"), method: try row.value("method"),
      resourceType: try row.value("resource_type"), resourceID: try row.value("resource_id"),
      outcome: try row.value("outcome"), requestID: try row.value("request_id"),
      door: try row.value("door"), reason: try row.value("reason"))
  }
}
