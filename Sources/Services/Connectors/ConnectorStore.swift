internal import ConnectorAPI
package import Platform
package import Postgres
internal import RPC

/// The rows of connectors, their secrets sealed.
package struct ConnectorStore: Sendable {
  private let database: ServiceDatabase
  private let envelope: Envelope

  package init(_ database: Database, envelope: Envelope) {
    self.database = ServiceDatabase(database)
    self.envelope = envelope
  }

  func put(
    provider: String, account: String, secret: String, in tenant: TenantID,
    _ context: ServerContext
  ) async throws(RPCError) -> Connector {
    try await database.change(in: tenant, context) {
      (change) async throws(RPCError) -> Connector in
      let key = try await dataKey(of: tenant, change)
      let found = try await change.rows(
        """
        SELECT connector_id FROM connector
        WHERE tenant_id = \(tenant) AND provider = \(provider) FOR UPDATE
        """)
      let id: ConnectorID = try found.first?.id("connector_id") ?? .random()
      context[AuditTrailKey.self]?.note(id, in: tenant)
      let sealed = try Self.failing {
        () throws(CryptoError) in
        try envelope.seal(Array(secret.utf8), with: key, at: Self.place(id))
      }
      let rows = try await change.rows(
        """
        INSERT INTO connector
          (tenant_id, connector_id, provider, account, secret_prefix, sealed_secret)
        VALUES (\(tenant), \(id), \(provider), \(account), \(String(secret.prefix(6))), \(sealed))
        ON CONFLICT (tenant_id, provider) DO UPDATE SET
          account = excluded.account, secret_prefix = excluded.secret_prefix,
          sealed_secret = excluded.sealed_secret, update_time = now()
        RETURNING *
        """)
      guard let row = rows.first, try row.id("connector_id") as ConnectorID == id else {
        // Another first connection won in between, and the secret is bound to the row it was for.
        throw RPCError(
          .aborted, "another change came in between, try again", reason: "CONFLICT")
      }
      return try Connector(row)
    }
  }

  func list(
    _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<Connector> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "create_time"))
      FROM connector
      WHERE tenant_id = \(tenant)
        AND \(paging.after("create_time", "connector_id"))
      ORDER BY create_time, connector_id
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "connector_id") { (row) throws(RPCError) in
      try Connector(row)
    }
  }

  func delete(
    _ id: ConnectorID, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) {
    context[AuditTrailKey.self]?.note(id, in: tenant)
    try await database.change(in: tenant, context) { (change) async throws(RPCError) -> Void in
      let rows = try await change.rows(
        """
        DELETE FROM connector WHERE tenant_id = \(tenant) AND connector_id = \(id)
        RETURNING connector_id
        """)
      guard !rows.isEmpty else { throw try await change.refusal(of: id, context) }
    }
  }

  /// The tenant whose call or number a webhook is about; a running call decides before its number.
  func tenant(
    provider: String, providerCallID: String, number: String
  ) async throws(RPCError) -> TenantID? {
    let rows = try await database.rowsWithoutTenant(
      """
      SELECT coalesce(
        lookup_call(\(provider), \(providerCallID)),
        (SELECT tenant_id FROM lookup_number(\(number)))) AS tenant_id
      """, deadline: nil)
    guard let id: String = try rows.first?.value("tenant_id", as: String?.self) ?? nil else {
      return nil
    }
    return TenantID(id)
  }

  /// A tenant's own account and secret at a provider, opened.
  func secret(
    provider: String, of tenant: TenantID
  ) async throws(RPCError) -> (account: String, secret: String)? {
    let rows = try await database.rows(
      """
      SELECT c.connector_id, c.account, c.sealed_secret, k.wrapped_key
      FROM connector c JOIN tenant_key k ON k.tenant_id = c.tenant_id
      WHERE c.tenant_id = \(tenant) AND c.provider = \(provider)
      """, in: tenant, deadline: nil)
    guard let row = rows.first else { return nil }
    let id: ConnectorID = try row.id("connector_id")
    let wrapped: [UInt8] = try row.value("wrapped_key")
    let sealed: [UInt8] = try row.value("sealed_secret")
    let secret = try Self.failing { () throws(CryptoError) in
      let key = try envelope.unwrap(wrapped, for: tenant)
      return try envelope.open(sealed, with: key, at: Self.place(id))
    }
    return (try row.value("account"), String(decoding: secret, as: UTF8.self))
  }

  /// The tenant's data key; made with the first secret.
  private func dataKey(
    of tenant: TenantID, _ change: Change
  ) async throws(RPCError) -> Envelope.DataKey {
    // Two first secrets at once: the second insert waits and then finds the first one's key.
    let (fresh, wrapped) = try Self.failing { () throws(CryptoError) in
      try envelope.makeDataKey(for: tenant)
    }
    let inserted = try await change.rows(
      """
      INSERT INTO tenant_key (tenant_id, key_id, master_key_id, wrapped_key)
      VALUES (\(tenant), \(UUID.random()), \(envelope.masterKeyID), \(wrapped))
      ON CONFLICT (tenant_id) DO NOTHING
      RETURNING key_id
      """)
    if !inserted.isEmpty { return fresh }
    let rows = try await change.rows(
      "SELECT wrapped_key FROM tenant_key WHERE tenant_id = \(tenant)")
    guard let row = rows.first else {
      throw RPCError(.aborted, "another change came in between, try again", reason: "CONFLICT")
    }
    let stored: [UInt8] = try row.value("wrapped_key")
    return try Self.failing { () throws(CryptoError) in try envelope.unwrap(stored, for: tenant) }
  }

  private static func place(_ id: ConnectorID) -> Envelope.Place {
    Envelope.Place(table: "connector", column: "sealed_secret", row: id.text)
  }

  private static func failing<Result>(
    _ body: () throws(CryptoError) -> Result
  ) throws(RPCError) -> Result {
    do throws(CryptoError) {
      return try body()
    } catch {
      throw RPCError(
        .internal, "the secret cannot be sealed or opened", reason: "SECRET_UNREADABLE",
        detail: "\(error); was ENCRYPTION_KEY changed?")
    }
  }
}

extension Connector {
  init(_ row: Row) throws(RPCError) {
    self.init(
      connectorID: try row.value("connector_id"), tenantID: try row.value("tenant_id"),
      provider: try row.value("provider"), account: try row.value("account"),
      secretPrefix: try row.value("secret_prefix"),
      createTime: try row.timestamp("create_time"), updateTime: try row.timestamp("update_time"))
  }
}
