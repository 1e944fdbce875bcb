internal import MappingAPI
internal import Platform
package import Postgres
internal import RPC

/// The rows of mappings.
package struct MappingStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) {
    self.database = ServiceDatabase(
      database,
      refusals: [
        "phone_mapping_one_active": .init(
          .alreadyExists, "NUMBER_ALREADY_MAPPED", "the number already has an active mapping"),
        "phone_mapping_number_e164": .init(
          .invalidArgument, "NUMBER_NOT_E164", "the number is not in E.164"),
      ])
  }

  /// What an update changes; `nil` leaves a column as it is.
  struct Update: Sendable {
    var bot: BotID?
    var label: String?
    var active: Bool?
    var etag: String
  }

  func create(
    _ request: CreateMappingRequest, _ bot: BotID, _ number: PhoneNumber, in tenant: TenantID,
    _ context: ServerContext
  ) async throws(RPCError) -> PhoneMapping {
    let id = MappingID.random()
    var content = request
    content.requestID = ""
    return try await database.create(
      in: tenant, context, requestID: request.requestID, request: content,
      id: \.mappingID, of: MappingKind.self
    ) { (change) async throws(RPCError) -> PhoneMapping in
      try await requireBot(bot, in: tenant, change, context)
      let rows = try await change.rows(
        """
        INSERT INTO phone_mapping
          (tenant_id, mapping_id, bot_id, number, raw_number, region, label, active)
        VALUES
          (\(tenant), \(id), \(bot), \(number.e164), \(request.number), \(number.region),
           \(request.label), \(!request.inactive))
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the mapping was not stored") }
      return try PhoneMapping(row)
    }
  }

  func list(
    bot: BotID?, _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<PhoneMapping> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "create_time"))
      FROM phone_mapping
      WHERE tenant_id = \(tenant)
        AND (\(bot?.text)::text IS NULL OR bot_id = \(bot?.text)::text::uuid)
        AND \(paging.after("create_time", "mapping_id"))
      ORDER BY create_time, mapping_id
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "mapping_id") { (row) throws(RPCError) in
      try PhoneMapping(row)
    }
  }

  func mapping(
    _ id: MappingID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> PhoneMapping {
    let rows = try await database.rows(
      "SELECT * FROM phone_mapping WHERE tenant_id = \(tenant) AND mapping_id = \(id)",
      in: tenant, context)
    guard let row = rows.first else { throw try await database.refusal(of: id, context) }
    return try PhoneMapping(row)
  }

  func update(
    _ id: MappingID, _ update: Update, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> PhoneMapping {
    context[AuditTrailKey.self]?.note(id, in: tenant)
    return try await database.change(in: tenant, context) {
      (change) async throws(RPCError) -> PhoneMapping in
      let found = try await change.rows(
        """
        SELECT revision FROM phone_mapping
        WHERE tenant_id = \(tenant) AND mapping_id = \(id) FOR UPDATE
        """)
      guard let current = found.first else { throw try await change.refusal(of: id, context) }
      let etag = try current.etag()
      guard update.etag.isEmpty || update.etag == etag else {
        throw RPCError.etagMismatch("mapping")
      }
      if let bot = update.bot { try await requireBot(bot, in: tenant, change, context) }
      let rows = try await change.rows(
        """
        UPDATE phone_mapping SET
          bot_id = coalesce(\(update.bot?.text)::text::uuid, bot_id),
          label = coalesce(\(update.label), label),
          active = coalesce(\(update.active)::boolean, active),
          revision = revision + 1, update_time = now()
        WHERE tenant_id = \(tenant) AND mapping_id = \(id)
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the mapping was not stored") }
      return try PhoneMapping(row)
    }
  }

  func delete(
    _ id: MappingID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) {
    context[AuditTrailKey.self]?.note(id, in: tenant)
    try await database.change(in: tenant, context) { (change) async throws(RPCError) -> Void in
      let rows = try await change.rows(
        """
        DELETE FROM phone_mapping WHERE tenant_id = \(tenant) AND mapping_id = \(id)
        RETURNING mapping_id
        """)
      guard !rows.isEmpty else { throw try await change.refusal(of: id, context) }
    }
  }

  func resolve(
    _ number: String, _ context: ServerContext
  ) async throws(RPCError) -> ResolveNumberResponse? {
    let rows = try await database.rowsWithoutTenant(
      "SELECT * FROM lookup_number(\(number))", deadline: context.deadline)
    guard let row = rows.first else { return nil }
    return ResolveNumberResponse(
      tenantID: try row.value("tenant_id"), botID: try row.value("bot_id"),
      mappingID: try row.value("mapping_id"), number: number,
      tenantApproved: try row.value("tenant_state", as: String.self) == "approved")
  }

  /// The foreign key would refuse another tenant's bot too; this says which mistake it is.
  private func requireBot(
    _ bot: BotID, in tenant: TenantID, _ change: Change, _ context: ServerContext
  ) async throws(RPCError) {
    let rows = try await change.rows(
      "SELECT bot_id FROM bot WHERE tenant_id = \(tenant) AND bot_id = \(bot) FOR SHARE")
    guard !rows.isEmpty else { throw try await change.refusal(of: bot, context) }
  }
}

extension PhoneMapping {
  init(_ row: Row) throws(RPCError) {
    self.init(
      mappingID: try row.value("mapping_id"), tenantID: try row.value("tenant_id"),
      botID: try row.value("bot_id"), number: try row.value("number"),
      rawNumber: try row.value("raw_number"), region: try row.value("region"),
      label: try row.value("label"), active: try row.value("active"),
      createTime: try row.timestamp("create_time"), updateTime: try row.timestamp("update_time"),
      etag: try row.etag())
  }
}
