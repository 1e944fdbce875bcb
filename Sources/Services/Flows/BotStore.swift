internal import FlowAPI
internal import Platform
package import Postgres
internal import RPC

/// The rows of bots.
package struct BotStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) {
    self.database = ServiceDatabase(
      database,
      refusals: [
        "bot_tenant": .init(.notFound, "TENANT_NOT_FOUND", "no such tenant")
      ])
  }

  /// What an update changes; `nil` leaves a column as it is.
  struct Update: Sendable {
    var displayName: String?
    var systemPrompt: String?
    var locale: String?
    var etag: String
  }

  func create(
    _ request: CreateBotRequest, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Bot {
    let id = BotID.random()
    var content = request
    content.requestID = ""
    return try await database.create(
      in: tenant, context, requestID: request.requestID, request: content,
      id: \.botID, of: BotKind.self
    ) { (change) async throws(RPCError) -> Bot in
      let rows = try await change.rows(
        """
        INSERT INTO bot (tenant_id, bot_id, display_name, system_prompt, locale)
        VALUES (\(tenant), \(id), \(request.displayName), \(request.systemPrompt),
          \(request.locale))
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the bot was not stored") }
      return try Bot(row)
    }
  }

  func list(
    _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<Bot> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "create_time"))
      FROM bot
      WHERE tenant_id = \(tenant)
        AND \(paging.after("create_time", "bot_id"))
      ORDER BY create_time, bot_id
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "bot_id") { (row) throws(RPCError) in try Bot(row) }
  }

  func bot(
    _ id: BotID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Bot {
    let rows = try await database.rows(
      "SELECT * FROM bot WHERE tenant_id = \(tenant) AND bot_id = \(id)", in: tenant, context)
    guard let row = rows.first else { throw try await database.refusal(of: id, context) }
    return try Bot(row)
  }

  func update(
    _ id: BotID, _ update: Update, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Bot {
    context[AuditTrailKey.self]?.note(id, in: tenant)
    return try await database.change(in: tenant, context) {
      (change) async throws(RPCError) -> Bot in
      let found = try await change.rows(
        "SELECT revision FROM bot WHERE tenant_id = \(tenant) AND bot_id = \(id) FOR NO KEY UPDATE")
      guard let current = found.first else { throw try await change.refusal(of: id, context) }
      let etag = try current.etag()
      guard update.etag.isEmpty || update.etag == etag else {
        throw RPCError.etagMismatch("bot")
      }
      try await refuseEmptyPromptOfLiveFlow(id, update, in: tenant, change)
      let rows = try await change.rows(
        """
        UPDATE bot SET
          display_name = coalesce(\(update.displayName), display_name),
          system_prompt = coalesce(\(update.systemPrompt), system_prompt),
          locale = coalesce(\(update.locale), locale),
          revision = revision + 1, update_time = now()
        WHERE tenant_id = \(tenant) AND bot_id = \(id)
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the bot was not stored") }
      return try Bot(row)
    }
  }

  /// A live flow must keep what publishing it needed.
  private func refuseEmptyPromptOfLiveFlow(
    _ id: BotID, _ update: Update, in tenant: TenantID, _ change: Change
  ) async throws(RPCError) {
    guard let prompt = update.systemPrompt, prompt.allSatisfy(\.isWhitespace) else { return }
    let live = try await change.rows(
      """
      SELECT v.version FROM flow f JOIN flow_version v
        ON v.tenant_id = f.tenant_id AND v.flow_id = f.flow_id AND v.state = 'live'
      WHERE f.tenant_id = \(tenant) AND f.bot_id = \(id)
      """)
    guard live.isEmpty else {
      throw RPCError(
        .failedPrecondition, "the bot of a live flow needs a system prompt",
        reason: "SYSTEM_PROMPT_MISSING")
    }
  }
}

extension Bot {
  init(_ row: Row) throws(RPCError) {
    self.init(
      botID: try row.value("bot_id"), tenantID: try row.value("tenant_id"),
      displayName: try row.value("display_name"), systemPrompt: try row.value("system_prompt"),
      locale: try row.value("locale"), createTime: try row.timestamp("create_time"),
      updateTime: try row.timestamp("update_time"), etag: try row.etag())
  }
}
