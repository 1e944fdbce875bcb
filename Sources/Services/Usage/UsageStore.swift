internal import Platform
package import Postgres
internal import RPC
internal import UsageAPI

/// The rows of usage. They are written by the database function `record_usage`, in the transaction
/// of what caused them; here they are read.
package struct UsageStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  func summary(
    _ period: UsagePeriod, bot: BotID?, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> [UsageSummaryRow] {
    let condition: SQL =
      switch period {
      case .all: "true"
      case .current:
        """
        usage_month = (SELECT date_trunc('month', now() AT TIME ZONE time_zone)::date
          FROM tenant WHERE tenant_id = \(tenant))
        """
      case .month(let day): "usage_month = \(day)::text::date"
      }
    let rows = try await database.rows(
      """
      SELECT to_char(usage_month, 'YYYY-MM') AS month, bot_id,
        coalesce(sum(quantity) FILTER (WHERE kind = 'call'), 0)::bigint AS calls,
        coalesce(sum(quantity) FILTER (WHERE kind = 'voicebot'), 0)::bigint AS voicebot_seconds,
        coalesce(sum(quantity) FILTER (WHERE kind = 'forwarding'), 0)::bigint
          AS forwarding_seconds
      FROM usage_event
      WHERE tenant_id = \(tenant) AND \(condition)
        AND (\(bot?.text)::text IS NULL OR bot_id = \(bot?.text)::text::uuid)
      GROUP BY usage_month, bot_id
      ORDER BY usage_month DESC, bot_id
      """, in: tenant, context)
    var summary: [UsageSummaryRow] = []
    for row in rows {
      summary.append(
        UsageSummaryRow(
          month: try row.value("month"), botID: try row.value("bot_id"),
          calls: try row.value("calls"), voicebotSeconds: try row.value("voicebot_seconds"),
          forwardingSeconds: try row.value("forwarding_seconds")))
    }
    return summary
  }

  func events(
    of call: CallID?, _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<UsageEvent> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "event_time"))
      FROM usage_event
      WHERE tenant_id = \(tenant)
        AND (\(call?.text)::text IS NULL OR call_id = \(call?.text)::text::uuid)
        AND \(paging.before("event_time", "usage_event_id"))
      ORDER BY event_time DESC, usage_event_id DESC
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "usage_event_id") { (row) throws(RPCError) in
      try UsageEvent(row)
    }
  }
}

extension UsageEvent {
  init(_ row: Row) throws(RPCError) {
    let kinds: [String: UsageKind] = [
      "call": .call, "voicebot": .voicebot, "forwarding": .forwarding,
    ]
    self.init(
      usageEventID: try row.value("usage_event_id"), tenantID: try row.value("tenant_id"),
      botID: try row.value("bot_id"), callID: try row.value("call_id"),
      kind: kinds[try row.value("kind")] ?? .unspecified, quantity: try row.value("quantity"),
      time: try row.timestamp("event_time"))
  }
}
