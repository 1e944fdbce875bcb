internal import CallAPI
internal import Platform
package import Postgres
internal import RPC
internal import Wire

/// The rows of calls as they are shown.
package struct CallStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  func list(
    bot: BotID?, _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<Call> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "start_time"))
      FROM call
      WHERE tenant_id = \(tenant)
        AND (\(bot?.text)::text IS NULL OR bot_id = \(bot?.text)::text::uuid)
        AND \(paging.before("start_time", "call_id"))
      ORDER BY start_time DESC, call_id DESC
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "call_id") { (row) throws(RPCError) in try Call(row) }
  }

  func call(
    _ id: CallID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Call {
    let rows = try await database.rows(
      "SELECT * FROM call WHERE tenant_id = \(tenant) AND call_id = \(id)", in: tenant, context)
    guard let row = rows.first else { throw try await database.refusal(of: id, context) }
    var call = try Call(row)
    let events = try await database.rows(
      """
      SELECT * FROM call_event WHERE tenant_id = \(tenant) AND call_id = \(id) ORDER BY sequence
      """, in: tenant, context)
    for row in events {
      call.events.append(
        CallEvent(
          sequence: try row.value("sequence"), time: try row.timestamp("event_time"),
          kind: try row.value("kind"), nodeID: try row.value("node_id"),
          detail: try row.value("detail")))
    }
    return call
  }
}

extension Call {
  init(_ row: Row) throws(RPCError) {
    let states: [String: CallState] = [
      "in_progress": .inProgress, "transferred": .transferred, "ended": .ended,
    ]
    let seconds: Int64? = try row.value("duration_seconds", as: Int64?.self)
    self.init(
      callID: try row.value("call_id"), tenantID: try row.value("tenant_id"),
      botID: try row.value("bot_id"), flowID: try row.value("flow_id"),
      flowVersion: try row.value("flow_version"), provider: try row.value("provider"),
      providerCallID: try row.value("provider_call_id"), from: try row.value("from_number"),
      to: try row.value("to_number"), state: states[try row.value("state")] ?? .unspecified,
      startTime: try row.timestamp("start_time"), endTime: try row.optionalTimestamp("end_time"),
      duration: seconds.map { ProtoDuration(seconds: $0) },
      voicebotSeconds: try row.value("voicebot_seconds"),
      forwardingSeconds: try row.value("forwarding_seconds"),
      endReason: try row.value("end_reason"))
  }
}
