internal import Platform
package import Postgres
internal import RPC
internal import TenantAPI

/// The rows of tenants.
package struct TenantStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  func create(
    _ request: CreateTenantRequest, _ context: ServerContext
  ) async throws(RPCError) -> Tenant {
    let id = TenantID.random()
    var content = request
    content.requestID = ""
    do throws(RPCError) {
      return try await insert(id, request, content, context)
    } catch {
      // The tenant was not made, so its audit trail is the platform's.
      context[AuditTrailKey.self]?.note(tenant: .platform)
      throw error
    }
  }

  private func insert(
    _ id: TenantID, _ request: CreateTenantRequest, _ content: CreateTenantRequest,
    _ context: ServerContext
  ) async throws(RPCError) -> Tenant {
    // The repeat must be found before the new tenant's scope exists, so the key is the platform's.
    try await database.create(
      in: .platform, context, requestID: request.requestID, request: content,
      id: \.tenantID, of: TenantKind.self
    ) { (change) async throws(RPCError) -> Tenant in
      try await checkZone(request.timeZone, "time_zone", change)
      // The row belongs to the tenant it makes, and so does its audit row.
      try await change.enter(id)
      let rows = try await change.rows(
        """
        INSERT INTO tenant (tenant_id, display_name, default_region, time_zone, locale)
        VALUES (\(id), \(request.displayName), \(request.defaultRegion), \(request.timeZone),
          \(request.locale))
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the tenant was not stored") }
      let tenant = try Tenant(row)
      context[AuditTrailKey.self]?.note(id, in: id)
      try await change.audit(context)
      try await change.enter(.platform)
      return tenant
    }
  }

  func list(
    state: String?, _ paging: Paging, _ context: ServerContext
  ) async throws(RPCError) -> Page<Tenant> {
    let rows = try await database.rowsWithoutTenant(
      """
      SELECT *, \(Paging.position(of: "create_time"))
      FROM lookup_tenants(\(state),
        to_timestamp(0) + \(paging.first)::text::bigint * interval '1 microsecond',
        \(paging.second)::text::uuid, \(paging.rowsMax)::integer)
      """, deadline: context.deadline)
    return try Page(rows, paging, key: "tenant_id") { (row) throws(RPCError) in try Tenant(row) }
  }

  func tenant(_ id: TenantID, _ context: ServerContext) async throws(RPCError) -> Tenant {
    let rows = try await database.rows(
      "SELECT * FROM tenant WHERE tenant_id = \(id)", in: id, context)
    guard let row = rows.first else { throw try await database.refusal(of: id, context) }
    return try Tenant(row)
  }

  func update(
    _ id: TenantID, to new: Tenant, _ mask: UpdateMask, etag: String, _ context: ServerContext
  ) async throws(RPCError) -> Tenant {
    context[AuditTrailKey.self]?.note(id, in: id)
    return try await database.change(in: id, context) { (change) async throws(RPCError) -> Tenant in
      let current = try await locked(id, change, context)
      guard etag.isEmpty || etag == current.etag else { throw RPCError.etagMismatch("tenant") }
      if mask.contains("time_zone") {
        try await checkZone(new.timeZone, "tenant.time_zone", change)
      }
      func chosen<Value>(_ name: String, _ path: KeyPath<Tenant, Value>) -> Value {
        mask.contains(name) ? new[keyPath: path] : current[keyPath: path]
      }
      let rows = try await change.rows(
        """
        UPDATE tenant SET
          display_name = \(chosen("display_name", \.displayName)),
          default_region = \(chosen("default_region", \.defaultRegion)),
          time_zone = \(chosen("time_zone", \.timeZone)),
          locale = \(chosen("locale", \.locale)),
          user_limit = \(chosen("user_limit", \.userLimit))::integer,
          revision = revision + 1, update_time = now()
        WHERE tenant_id = \(id)
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the tenant was not stored") }
      return try Tenant(row)
    }
  }

  func move(
    _ id: TenantID, _ transition: TenantTransition, _ context: ServerContext
  ) async throws(RPCError) -> Tenant {
    context[AuditTrailKey.self]?.note(id, in: id)
    return try await database.change(in: id, context) { (change) async throws(RPCError) -> Tenant in
      let current = try await locked(id, change, context)
      let state = try transition.result(from: current.state)
      guard state != current.state else { return current }
      let rows = try await change.rows(
        """
        UPDATE tenant SET state = \(state.word), revision = revision + 1, update_time = now()
        WHERE tenant_id = \(id)
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the tenant was not stored") }
      return try Tenant(row)
    }
  }

  private func locked(
    _ id: TenantID, _ change: Change, _ context: ServerContext
  ) async throws(RPCError) -> Tenant {
    let rows = try await change.rows(
      "SELECT * FROM tenant WHERE tenant_id = \(id) FOR NO KEY UPDATE")
    guard let row = rows.first else { throw try await change.refusal(of: id, context) }
    return try Tenant(row)
  }

  /// PostgreSQL will count months in the zone, so it is PostgreSQL that must know it.
  private func checkZone(
    _ zone: String, _ path: String, _ change: Change
  ) async throws(RPCError) {
    let rows = try await change.rows(
      "SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = \(zone)) AS known")
    var faults = Violations()
    faults.check(
      try rows.first?.value("known") ?? false, path,
      "must be an IANA time zone, for example Europe/Berlin")
    try faults.throwIfAny()
  }
}

extension Tenant {
  init(_ row: Row) throws(RPCError) {
    self.init(
      tenantID: try row.value("tenant_id"), displayName: try row.value("display_name"),
      state: TenantState(word: try row.value("state")),
      defaultRegion: try row.value("default_region"), timeZone: try row.value("time_zone"),
      locale: try row.value("locale"), userLimit: try row.value("user_limit"),
      createTime: try row.timestamp("create_time"), updateTime: try row.timestamp("update_time"),
      etag: try row.etag())
  }
}
