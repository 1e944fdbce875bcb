internal import FlowAPI
internal import Platform
package import Postgres
internal import RPC
internal import Wire

/// The rows of flows and their versions.
package struct FlowStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) {
    self.database = ServiceDatabase(
      database,
      refusals: [
        "flow_one_per_bot": .init(.alreadyExists, "FLOW_EXISTS", "the bot has a flow already"),
        "flow_version_needs_system_prompt": .init(
          .failedPrecondition, "SYSTEM_PROMPT_MISSING",
          "the bot needs a system prompt before its flow can be published"),
        "flow_version_one_live": .init(
          .aborted, "CONFLICT", "another version was published at the same time, try again"),
        "flow_version_one_staged": .init(
          .aborted, "CONFLICT", "another version was staged at the same time, try again"),
        "flow_version_one_draft": .init(
          .aborted, "CONFLICT", "another draft was saved at the same time, try again"),
      ])
  }

  // MARK: Flows

  func create(
    _ request: CreateFlowRequest, _ bot: BotID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Flow {
    let id = FlowID.random()
    var content = request
    content.requestID = ""
    return try await database.create(
      in: tenant, context, requestID: request.requestID, request: content,
      id: \.flowID, of: FlowKind.self
    ) { (change) async throws(RPCError) -> Flow in
      let bots = try await change.rows(
        "SELECT bot_id FROM bot WHERE tenant_id = \(tenant) AND bot_id = \(bot) FOR SHARE")
      guard !bots.isEmpty else { throw try await change.refusal(of: bot, context) }
      try await change.run(
        """
        INSERT INTO flow (tenant_id, flow_id, bot_id, display_name)
        VALUES (\(tenant), \(id), \(bot), \(request.displayName))
        """)
      let rows = try await change.rows(Self.flows(of: tenant, where: "f.flow_id = \(id)"))
      guard let row = rows.first else { throw RPCError(.internal, "the flow was not stored") }
      return try Flow(row)
    }
  }

  func list(
    _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<Flow> {
    let rows = try await database.rows(
      Self.flows(
        of: tenant,
        where: """
          \(paging.after("f.create_time", "f.flow_id"))
          ORDER BY f.create_time, f.flow_id
          LIMIT \(paging.rowsMax)::integer
          """), in: tenant, context)
    return try Page(rows, paging, key: "flow_id") { (row) throws(RPCError) in try Flow(row) }
  }

  func flow(
    _ id: FlowID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Flow {
    let rows = try await database.rows(
      Self.flows(of: tenant, where: "f.flow_id = \(id)"), in: tenant, context)
    guard let row = rows.first else { throw try await database.refusal(of: id, context) }
    return try Flow(row)
  }

  private static func flows(of tenant: TenantID, where condition: SQL) -> SQL {
    """
    SELECT f.*, \(Paging.position(of: "f.create_time")),
      coalesce((SELECT version FROM flow_version v WHERE v.tenant_id = f.tenant_id
        AND v.flow_id = f.flow_id AND v.state = 'live'), 0) AS live_version,
      coalesce((SELECT max(version) FROM flow_version v WHERE v.tenant_id = f.tenant_id
        AND v.flow_id = f.flow_id), 0) AS latest_version
    FROM flow f
    WHERE f.tenant_id = \(tenant) AND \(condition)
    """
  }

  // MARK: Versions

  func saveDraft(
    _ graph: FlowGraph, of id: FlowID, etag: String, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    try await changeVersions(of: id, in: tenant, context) {
      (change) async throws(RPCError) -> FlowVersion in
      let drafts = try await change.rows(
        """
        SELECT version, revision FROM flow_version
        WHERE tenant_id = \(tenant) AND flow_id = \(id) AND state = 'draft'
        """)
      let rows: [Row]
      if let draft = drafts.first {
        let current = try draft.etag()
        guard etag.isEmpty || etag == current else { throw RPCError.etagMismatch("draft") }
        rows = try await change.rows(
          """
          UPDATE flow_version
          SET graph = \(graph.wireBytes()), revision = revision + 1, update_time = now()
          WHERE tenant_id = \(tenant) AND flow_id = \(id) AND state = 'draft'
          RETURNING *
          """)
      } else {
        guard etag.isEmpty else { throw RPCError.etagMismatch("draft") }
        rows = try await change.rows(
          """
          INSERT INTO flow_version (tenant_id, flow_id, version, graph)
          SELECT \(tenant), \(id), coalesce(max(version), 0) + 1, \(graph.wireBytes())
          FROM flow_version WHERE tenant_id = \(tenant) AND flow_id = \(id)
          RETURNING *
          """)
      }
      guard let row = rows.first else { throw RPCError(.internal, "the draft was not stored") }
      return try FlowVersion(row, withGraph: true)
    }
  }

  func versions(
    of id: FlowID, _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<FlowVersion> {
    _ = try await flow(id, in: tenant, context)
    let rows = try await database.rows(
      """
      SELECT flow_id, version, state, revision, create_time, update_time,
        version::text AS position
      FROM flow_version
      WHERE tenant_id = \(tenant) AND flow_id = \(id)
        AND (\(paging.first)::text IS NULL OR version < \(paging.first)::text::integer)
      ORDER BY version DESC
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "flow_id") { (row) throws(RPCError) in
      try FlowVersion(row, withGraph: false)
    }
  }

  func version(
    _ version: Int, of id: FlowID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    let rows = try await database.rows(
      """
      SELECT * FROM flow_version
      WHERE tenant_id = \(tenant) AND flow_id = \(id) AND version = \(version)::integer
      """, in: tenant, context)
    guard let row = rows.first else {
      _ = try await flow(id, in: tenant, context)
      throw Self.unknown(version)
    }
    return try FlowVersion(row, withGraph: true)
  }

  func stage(
    _ version: Int, of id: FlowID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    try await move(version, of: id, from: .draft, to: .staged, in: tenant, context)
  }

  func publish(
    _ version: Int, of id: FlowID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    try await move(version, of: id, from: .staged, to: .live, in: tenant, context)
  }

  /// Moves a version on and archives the one that was there before. A version that is there already
  /// stays as it is.
  private func move(
    _ version: Int, of id: FlowID, from old: VersionState, to new: VersionState,
    in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    try await changeVersions(of: id, in: tenant, context) {
      (change) async throws(RPCError) -> FlowVersion in
      let found = try await change.rows(
        """
        SELECT * FROM flow_version
        WHERE tenant_id = \(tenant) AND flow_id = \(id) AND version = \(version)::integer
        """)
      guard let row = found.first else { throw Self.unknown(version) }
      let current = try FlowVersion(row, withGraph: true)
      guard current.state != new else { return current }
      guard current.state == old else {
        throw RPCError(
          .failedPrecondition,
          "version \(version) is \(current.state.word); only a \(old.word) version can become "
            + new.word,
          reason: "VERSION_STATE", metadata: ["state": current.state.word])
      }
      // A graph saved before a rule existed must not go live under it.
      if let graph = current.graph { try GraphRules.faults(in: graph).throwIfAny() }
      if new == .live {
        // The prompt is looked at when the row changes; a change of it at the same time must wait.
        try await change.run(
          """
          SELECT b.bot_id FROM flow f
          JOIN bot b ON b.tenant_id = f.tenant_id AND b.bot_id = f.bot_id
          WHERE f.tenant_id = \(tenant) AND f.flow_id = \(id)
          FOR SHARE OF b
          """)
      }
      try await change.run(
        """
        UPDATE flow_version SET state = 'archived', update_time = now()
        WHERE tenant_id = \(tenant) AND flow_id = \(id) AND state = \(new.word)
        """)
      let rows = try await change.rows(
        """
        UPDATE flow_version SET state = \(new.word), update_time = now()
        WHERE tenant_id = \(tenant) AND flow_id = \(id) AND version = \(version)::integer
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the version was not stored") }
      return try FlowVersion(row, withGraph: true)
    }
  }

  /// Changes versions under a lock on their flow, so that changes of one flow wait for each other.
  private func changeVersions(
    of id: FlowID, in tenant: TenantID, _ context: ServerContext,
    _ body: (Change) async throws(RPCError) -> FlowVersion
  ) async throws(RPCError) -> FlowVersion {
    context[AuditTrailKey.self]?.note(id, in: tenant)
    return try await database.change(in: tenant, context) {
      (change) async throws(RPCError) -> FlowVersion in
      let flows = try await change.rows(
        "SELECT flow_id FROM flow WHERE tenant_id = \(tenant) AND flow_id = \(id) FOR UPDATE")
      guard !flows.isEmpty else { throw try await change.refusal(of: id, context) }
      return try await body(change)
    }
  }

  private static func unknown(_ version: Int) -> RPCError {
    RPCError(
      .notFound, "no version \(version) of this flow", reason: "VERSION_NOT_FOUND",
      metadata: ["version": String(version)])
  }

  // MARK: For calls

  func live(
    of bot: BotID, version: Int, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> GetLiveVersionResponse {
    let rows = try await database.rows(
      """
      SELECT v.*, b.locale
      FROM bot b
      JOIN flow f ON f.tenant_id = b.tenant_id AND f.bot_id = b.bot_id
      JOIN flow_version v ON v.tenant_id = f.tenant_id AND v.flow_id = f.flow_id
        AND CASE WHEN \(version)::integer = 0 THEN v.state = 'live'
          ELSE v.version = \(version)::integer END
      WHERE b.tenant_id = \(tenant) AND b.bot_id = \(bot)
      """, in: tenant, context)
    guard let row = rows.first else {
      throw RPCError(.notFound, "the bot has no live flow", reason: "NO_LIVE_VERSION")
    }
    return GetLiveVersionResponse(
      version: try FlowVersion(row, withGraph: true), locale: try row.value("locale"))
  }
}

extension Flow {
  init(_ row: Row) throws(RPCError) {
    self.init(
      flowID: try row.value("flow_id"), tenantID: try row.value("tenant_id"),
      botID: try row.value("bot_id"), displayName: try row.value("display_name"),
      liveVersion: try row.value("live_version"), latestVersion: try row.value("latest_version"),
      createTime: try row.timestamp("create_time"))
  }
}

extension FlowVersion {
  init(_ row: Row, withGraph: Bool) throws(RPCError) {
    var graph: FlowGraph?
    if withGraph {
      let bytes: [UInt8] = try row.value("graph")
      do throws(WireError) {
        graph = try FlowGraph(wireBytes: bytes)
      } catch {
        throw RPCError(.internal, "the stored graph cannot be read", detail: "\(error)")
      }
    }
    self.init(
      flowID: try row.value("flow_id"), version: try row.value("version"),
      state: VersionState(word: try row.value("state")), graph: graph,
      createTime: try row.timestamp("create_time"), updateTime: try row.timestamp("update_time"),
      etag: try row.etag())
  }
}

extension VersionState {
  /// The word in the database and in messages.
  var word: String {
    switch self {
    case .draft: "draft"
    case .staged: "staged"
    case .live: "live"
    case .archived: "archived"
    case .unspecified, .unrecognized: "unknown"
    }
  }

  init(word: String) {
    let known: [VersionState] = [.draft, .staged, .live, .archived]
    self = known.first { $0.word == word } ?? .unspecified
  }
}
