internal import Platform
package import Postgres
internal import RPC
internal import Wire

/// A call that is about to begin.
struct NewCall: Sendable {
  var tenant: TenantID
  var bot: BotID
  var flow: FlowID
  var flowVersion: Int
  var provider: String
  var providerCallID: String
  var from: String
  var to: String
}

/// A call that has begun.
struct RunningCall: Sendable {
  var tenant: TenantID
  var id: CallID
  var bot: BotID
  var flowVersion: Int
}

/// The rows of calls as webhooks change them: each webhook is one transaction with its events, its
/// usage and its receipt, so that all of it happens once or not at all.
package struct TelephonyStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  func tenant(
    _ provider: String, _ providerCallID: String, _ context: ServerContext
  ) async throws(RPCError) -> TenantID? {
    let rows = try await database.rowsWithoutTenant(
      "SELECT lookup_call(\(provider), \(providerCallID)) AS tenant_id",
      deadline: context.deadline)
    return try rows.first?.value("tenant_id", as: String?.self).flatMap { TenantID($0) }
  }

  func running(
    _ provider: String, _ providerCallID: String, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> RunningCall? {
    let rows = try await database.rows(
      """
      SELECT call_id, bot_id, flow_version FROM call
      WHERE tenant_id = \(tenant) AND provider = \(provider)
        AND provider_call_id = \(providerCallID)
      """, in: tenant, context)
    guard let row = rows.first else { return nil }
    return RunningCall(
      tenant: tenant, id: try row.id("call_id"), bot: try row.id("bot_id"),
      flowVersion: try row.value("flow_version"))
  }

  // MARK: Beginning

  /// Stores a call with its first steps; a call that was stored before gives its first answer.
  func begin(
    _ call: NewCall, _ run: FlowRun, _ outcome: FlowRun.Outcome, _ answer: HTTPBody,
    _ context: ServerContext
  ) async throws(RPCError) -> HTTPBody {
    let id = CallID.random()
    let key = Self.incoming(call.providerCallID)
    return try await database.change(in: call.tenant, context) {
      (change) async throws(RPCError) -> HTTPBody in
      let inserted = try await change.rows(
        """
        INSERT INTO call
          (tenant_id, call_id, bot_id, flow_id, flow_version, provider, provider_call_id,
           from_number, to_number, state, node_id, step, attempt, variables, transfer_time)
        VALUES
          (\(call.tenant), \(id), \(call.bot), \(call.flow), \(call.flowVersion)::integer,
           \(call.provider), \(call.providerCallID), \(call.from), \(call.to),
           \(outcome.transfers ? "transferred" : "in_progress"), \(run.nodeID),
           \(run.step)::integer, \(run.attempt)::integer, \(run.variableList)::text[],
           CASE WHEN \(outcome.transfers)::boolean THEN now() END)
        ON CONFLICT (provider, provider_call_id) DO NOTHING
        RETURNING call_id
        """)
      guard !inserted.isEmpty else {
        guard let answer = try await receipt(call.provider, key, in: call.tenant, change) else {
          throw RPCError(
            .permissionDenied, "the call belongs to another tenant", reason: "FOREIGN_RESOURCE")
        }
        return answer
      }
      let running = RunningCall(
        tenant: call.tenant, id: id, bot: call.bot, flowVersion: call.flowVersion)
      let started = FlowRun.Event(kind: "started", nodeID: "", detail: "")
      try await write([started] + outcome.events, of: running, change)
      try await count("call", segment: 0, quantity: 1, of: running, change)
      try await keep(answer, call.provider, key, in: call.tenant, change)
      return answer
    }
  }

  /// What the first webhook of a call was answered.
  func firstAnswer(
    _ provider: String, _ providerCallID: String, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> HTTPBody? {
    let rows = try await database.rows(
      Self.receipt(provider, Self.incoming(providerCallID), in: tenant), in: tenant, context)
    return try rows.first?.answer()
  }

  /// Names the first webhook of a call.
  private static func incoming(_ providerCallID: String) -> String { "incoming:\(providerCallID)" }

  // MARK: Going on

  /// Moves a call on by an event that answers step `step`.
  ///
  /// - Parameters:
  ///   - key: names the event; its second arrival gets the first answer.
  ///   - talkedSeconds: for the end of a transfer, how long the caller talked.
  ///   - move: takes the event and gives the answer.
  ///   - late: gives the answer to an event of a step that is past.
  func advance(
    _ call: RunningCall, key: String, step: Int, talkedSeconds: Int?, _ context: ServerContext,
    move: @Sendable (inout FlowRun) -> (FlowRun.Outcome, HTTPBody),
    late: @Sendable (FlowRun) -> HTTPBody
  ) async throws(RPCError) -> HTTPBody {
    try await database.change(in: call.tenant, context) {
      (change) async throws(RPCError) -> HTTPBody in
      let row = try await locked(call, change)
      let provider: String = try row.value("provider")
      if let answer = try await receipt(provider, key, in: call.tenant, change) { return answer }
      var run = try FlowRun(row)
      let isTransferEnd = talkedSeconds != nil
      let transferTime: PostgresTimestamp? = try row.value("transfer_time")
      guard step == run.step, isTransferEnd == (transferTime != nil) else { return late(run) }
      let isOver = try row.value("state", as: String.self) == "ended"
      // An input that comes after the final status has nobody to be spoken to any more.
      guard !isOver || isTransferEnd else { return late(run) }
      let (outcome, answer) = move(&run)
      // Nobody hears what a call that is over would do next, so it is not part of its history.
      let events = isOver ? outcome.events.filter { $0.kind == "transfer_ended" } : outcome.events
      try await write(events, of: call, change)
      if let talkedSeconds {
        try await closeTransfer(call, step: step, talkedSeconds: talkedSeconds, change)
      }
      try await change.run(
        """
        UPDATE call SET
          node_id = \(run.nodeID), step = \(run.step)::integer, attempt = \(run.attempt)::integer,
          variables = \(run.variableList)::text[],
          state = CASE WHEN state = 'ended' THEN 'ended'
            WHEN \(outcome.transfers)::boolean THEN 'transferred' ELSE 'in_progress' END,
          transfer_time = CASE WHEN \(outcome.transfers)::boolean AND state <> 'ended'
            THEN now() END
        WHERE tenant_id = \(call.tenant) AND call_id = \(call.id)
        """)
      if isOver { try await closeVoicebot(call, change) }
      try await keep(answer, provider, key, in: call.tenant, change)
      return answer
    }
  }

  /// Counts the seconds of a transfer that is over. Its whole time, ringing included, is taken off the
  /// bot's: the carrier's number when that is longer than what we measured. A transfer ends with its
  /// call at the latest, however late its result arrives.
  private func closeTransfer(
    _ call: RunningCall, step: Int, talkedSeconds: Int, _ change: Change
  ) async throws(RPCError) {
    try await change.run(
      """
      UPDATE call SET
        forwarding_seconds = forwarding_seconds + \(talkedSeconds)::bigint,
        transfer_seconds = transfer_seconds + greatest(\(talkedSeconds)::bigint,
          floor(extract(epoch FROM least(now(), end_time) - transfer_time))::bigint, 0)
      WHERE tenant_id = \(call.tenant) AND call_id = \(call.id)
      """)
    if talkedSeconds > 0 {
      try await count("forwarding", segment: step, quantity: talkedSeconds, of: call, change)
    }
  }

  // MARK: Ending

  /// Ends a call by its final status. A second final status changes nothing.
  ///
  /// While a transfer runs the bot's seconds are not known yet; they are counted when the transfer's
  /// result arrives.
  func end(
    _ provider: String, _ providerCallID: String, in tenant: TenantID, status: String,
    seconds: Int, _ context: ServerContext
  ) async throws(RPCError) {
    guard let call = try await running(provider, providerCallID, in: tenant, context) else {
      return
    }
    try await database.change(in: tenant, context) { (change) async throws(RPCError) -> Void in
      let row = try await locked(call, change)
      guard try row.value("state", as: String.self) != "ended" else { return }
      try await change.run(
        """
        UPDATE call SET state = 'ended', end_time = now(), end_reason = \(status),
          duration_seconds = \(seconds)::bigint
        WHERE tenant_id = \(tenant) AND call_id = \(call.id)
        """)
      let ended = FlowRun.Event(kind: "ended", nodeID: "", detail: status)
      try await write([ended], of: call, change)
      if try row.value("transfer_time", as: PostgresTimestamp?.self) == nil {
        try await closeVoicebot(call, change)
      }
    }
  }

  /// Counts the bot's seconds: the whole call without its transfers.
  private func closeVoicebot(_ call: RunningCall, _ change: Change) async throws(RPCError) {
    let rows = try await change.rows(
      """
      UPDATE call
      SET voicebot_seconds = greatest(0, coalesce(duration_seconds, 0) - transfer_seconds)
      WHERE tenant_id = \(call.tenant) AND call_id = \(call.id)
      RETURNING voicebot_seconds
      """)
    let seconds: Int = try rows.first?.value("voicebot_seconds") ?? 0
    if seconds > 0 {
      try await count("voicebot", segment: 0, quantity: seconds, of: call, change)
    }
  }

  // MARK: Rows

  private func locked(_ call: RunningCall, _ change: Change) async throws(RPCError) -> Row {
    let rows = try await change.rows(
      """
      SELECT * FROM call WHERE tenant_id = \(call.tenant) AND call_id = \(call.id) FOR UPDATE
      """)
    guard let row = rows.first else {
      throw RPCError(.notFound, "no call \(call.id)", reason: "CALL_NOT_FOUND")
    }
    return row
  }

  private func write(
    _ events: [FlowRun.Event], of call: RunningCall, _ change: Change
  ) async throws(RPCError) {
    guard !events.isEmpty else { return }
    try await change.run(
      """
      INSERT INTO call_event (tenant_id, call_id, sequence, kind, node_id, detail)
      SELECT \(call.tenant), \(call.id), coalesce((SELECT max(sequence) FROM call_event
          WHERE tenant_id = \(call.tenant) AND call_id = \(call.id)), 0) + e.place,
        e.kind, e.node_id, e.detail
      FROM unnest(\(events.map(\.kind))::text[], \(events.map(\.nodeID))::text[],
        \(events.map(\.detail))::text[]) WITH ORDINALITY AS e (kind, node_id, detail, place)
      """)
  }

  private func count(
    _ kind: String, segment: Int, quantity: Int, of call: RunningCall, _ change: Change
  ) async throws(RPCError) {
    try await change.run(
      """
      SELECT record_usage(\(call.bot), \(call.id), \(kind), \(segment)::integer,
        \(quantity)::bigint, now())
      """)
  }

  private func receipt(
    _ provider: String, _ key: String, in tenant: TenantID, _ change: Change
  ) async throws(RPCError) -> HTTPBody? {
    try await change.rows(Self.receipt(provider, key, in: tenant)).first?.answer()
  }

  private static func receipt(_ provider: String, _ key: String, in tenant: TenantID) -> SQL {
    """
    SELECT response FROM webhook_receipt
    WHERE tenant_id = \(tenant) AND provider = \(provider) AND receipt_key = \(key)
    """
  }

  private func keep(
    _ answer: HTTPBody, _ provider: String, _ key: String, in tenant: TenantID, _ change: Change
  ) async throws(RPCError) {
    try await change.run(
      """
      INSERT INTO webhook_receipt (tenant_id, provider, receipt_key, response)
      VALUES (\(tenant), \(provider), \(key), \(answer.wireBytes()))
      """)
  }
}

extension Row {
  /// The answer in a receipt.
  fileprivate func answer() throws(RPCError) -> HTTPBody {
    let bytes: [UInt8] = try value("response")
    do throws(WireError) {
      return try HTTPBody(wireBytes: bytes)
    } catch {
      throw RPCError(.internal, "the first answer cannot be read", detail: "\(error)")
    }
  }
}
