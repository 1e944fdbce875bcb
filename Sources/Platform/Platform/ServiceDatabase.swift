package import Postgres
package import RPC
package import Wire

/// A service's way to its rows: every statement runs in a tenant's scope and with the call's
/// deadline, and every failure arrives as what the caller may know of it.
package struct ServiceDatabase: Sendable {
  private let database: Database
  private let refusals: [String: Refusal]

  /// What a broken constraint means to the caller.
  package struct Refusal: Sendable {
    package var code: RPCCode
    package var reason: String
    package var message: String

    package init(_ code: RPCCode, _ reason: String, _ message: String) {
      self.code = code
      self.reason = reason
      self.message = message
    }
  }

  /// - Parameter refusals: by name of the constraint.
  package init(_ database: Database, refusals: [String: Refusal] = [:]) {
    self.database = database
    self.refusals = refusals
  }

  /// The rows of one statement in a tenant's scope.
  package func rows(
    _ sql: SQL, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> [Row] {
    try await rows(sql, scope: .tenant(tenant.text), deadline: context.deadline)
  }

  /// The rows of a question that cannot name a tenant; row-level security shows none of a tenant's,
  /// so this is for the `lookup_…` functions and for tables without tenants.
  package func rowsWithoutTenant(
    _ sql: SQL, deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Row] {
    try await rows(sql, scope: .none, deadline: deadline)
  }

  /// The rows of one statement in a tenant's scope, outside of a call.
  package func rows(
    _ sql: SQL, in tenant: TenantID, deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Row] {
    try await rows(sql, scope: .tenant(tenant.text), deadline: deadline)
  }

  private func rows(
    _ sql: SQL, scope: Scope, deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Row] {
    do throws(PostgresError) {
      return try await database.query(sql, as: scope, deadline: deadline)
    } catch {
      throw RPCError(error, refusals)
    }
  }

  /// Runs `body` in one transaction in a tenant's scope, and writes the call's audit row with it when
  /// the method is audited. Nothing stays when `body` throws.
  package func change<Result: Sendable>(
    in tenant: TenantID, _ context: ServerContext,
    _ body: (Change) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    let trail = context.method.audited ? context[AuditTrailKey.self] : nil
    let result: Result
    do {
      result = try await database.transaction(
        as: .tenant(tenant.text), deadline: context.deadline
      ) { (transaction) async throws(RPCError) -> Result in
        let change = Change(transaction, refusals)
        let result = try await body(change)
        if let trail, !trail.isWritten { try await change.audit(context) }
        return result
      }
    } catch {
      trail?.markUnwritten()
      throw RPCError(error, refusals)
    }
    return result
  }

  /// Runs a Create method's `body` once for each `request_id`: a repeat gets the first answer.
  ///
  /// - Parameters:
  ///   - requestID: the request's field; empty means that the caller does not repeat.
  ///   - request: the request without its `request_id`, to notice the same id with other values. A
  ///     hash of it is stored, so leave out what nobody may guess at.
  ///   - id: where the answer has the id of what was made; the audit row names it, also for a repeat.
  package func create<Request: Message, Response: Message, Kind: EntityKind>(
    in tenant: TenantID, _ context: ServerContext, requestID: String, request: Request,
    id: KeyPath<Response, String>, of kind: Kind.Type,
    _ body: (Change) async throws(RPCError) -> Response
  ) async throws(RPCError) -> Response {
    func noted(_ response: Response) -> Response {
      if let id = EntityID<Kind>(response[keyPath: id]) {
        context[AuditTrailKey.self]?.note(id, in: tenant)
      }
      return response
    }
    guard !requestID.isEmpty else {
      return try await change(in: tenant, context) { (change) async throws(RPCError) -> Response in
        noted(try await body(change))
      }
    }
    guard let requestUUID = UUID(requestID) else {
      var faults = Violations()
      faults.add("request_id", "must be a UUID", reason: "UUID")
      try faults.throwIfAny()
      throw RPCError(.internal, "unchecked request_id")
    }
    let hash = Crypto.sha256(request.wireBytes())
    let method = context.method.path
    return try await change(in: tenant, context) { (change) async throws(RPCError) -> Response in
      // Serializes repeats that arrive at the same time; the lock ends with the transaction.
      try await change.run(
        """
        SELECT pg_advisory_xact_lock(hashtextextended(\(tenant.text + method + requestUUID.text), 0))
        """)
      let found = try await change.rows(
        """
        SELECT request_hash, response FROM idempotency_key
        WHERE tenant_id = \(tenant) AND method = \(method)
          AND request_id = \(requestUUID)
        """)
      if let row = found.first {
        guard try row.value("request_hash", as: [UInt8].self) == hash else {
          throw RPCError(
            .invalidArgument, "request_id was used before with other values",
            reason: "REQUEST_ID_REUSED")
        }
        let bytes = try row.value("response", as: [UInt8].self)
        do throws(WireError) {
          return noted(try Response(wireBytes: bytes))
        } catch {
          throw RPCError(.internal, "the first answer cannot be read", detail: "\(error)")
        }
      }
      let response = noted(try await body(change))
      try await change.run(
        """
        INSERT INTO idempotency_key (tenant_id, method, request_id, request_hash, response)
        VALUES (\(tenant), \(method), \(requestUUID), \(hash),
          \(response.wireBytes()))
        """)
      return response
    }
  }

  /// Refuses an id that the tenant does not have: `PERMISSION_DENIED` when it is another tenant's,
  /// `NOT_FOUND` when it is nobody's. Platform administrators, who name the tenant, hear `NOT_FOUND`.
  ///
  /// Within a change use ``Change/refusal(of:_:)``: a change that waits for a second connection could
  /// wait for others that do the same.
  package func refusal<Kind>(
    of id: EntityID<Kind>, _ context: ServerContext
  ) async throws(RPCError) -> RPCError {
    try await RPCError(refusing: id, context) { (question) async throws(RPCError) -> [Row] in
      try await rowsWithoutTenant(question, deadline: context.deadline)
    }
  }

  /// Runs `body` in one transaction in a tenant's scope, outside of a call: nothing is audited.
  package func change<Result: Sendable>(
    in tenant: TenantID, _ body: (Change) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    do {
      return try await database.transaction(as: .tenant(tenant.text)) {
        (transaction) async throws(RPCError) -> Result in
        try await body(Change(transaction, refusals))
      }
    } catch {
      throw RPCError(error, refusals)
    }
  }
}

extension RPCError {
  /// What is said about an id that the tenant does not have; `ask` runs the question whether another
  /// tenant has it.
  fileprivate init<Kind>(
    refusing id: EntityID<Kind>, _ context: ServerContext,
    ask: (SQL) async throws(RPCError) -> [Row]
  ) async throws(RPCError) {
    if context.caller.boundTenant != nil {
      let rows = try await ask("SELECT lookup_foreign(\(Kind.name), \(id)) AS is_foreign")
      if let row = rows.first, try row.value("is_foreign", as: Bool.self) {
        if let tenant = context[TenantScopeKey.self] {
          context[AuditTrailKey.self]?.note(id, in: tenant)
        }
        self.init(
          .permissionDenied, "the \(Kind.name) belongs to another tenant",
          reason: "FOREIGN_RESOURCE")
        return
      }
    }
    self.init(
      .notFound, "no \(Kind.name) \(id)", reason: "\(Kind.name.uppercased())_NOT_FOUND",
      metadata: ["\(Kind.name)_id": id.text])
  }
}

/// An open transaction in a tenant's scope.
package struct Change {
  private let transaction: Transaction
  private let refusals: [String: ServiceDatabase.Refusal]

  fileprivate init(_ transaction: Transaction, _ refusals: [String: ServiceDatabase.Refusal]) {
    self.transaction = transaction
    self.refusals = refusals
  }

  /// The rows of one statement.
  package func rows(_ sql: SQL) async throws(RPCError) -> [Row] {
    do throws(PostgresError) {
      return try await transaction.query(sql)
    } catch {
      throw RPCError(error, refusals)
    }
  }

  /// Runs a statement whose rows do not matter.
  package func run(_ sql: SQL) async throws(RPCError) { _ = try await rows(sql) }

  /// Like ``ServiceDatabase/refusal(of:_:)``, asked within the transaction.
  package func refusal<Kind>(
    of id: EntityID<Kind>, _ context: ServerContext
  ) async throws(RPCError) -> RPCError {
    try await RPCError(refusing: id, context) { (question) async throws(RPCError) -> [Row] in
      try await rows(question)
    }
  }

  /// Goes on in another tenant's scope, for the few changes that touch two: making a tenant.
  package func enter(_ tenant: TenantID) async throws(RPCError) {
    try await run("SELECT set_config('klinke.tenant_id', \(tenant.text), true)")
  }

  /// Writes the call's audit row with the outcome OK, in the scope the change is in. A change does
  /// so by itself at its end; a body calls this only to write it in another scope.
  package func audit(_ context: ServerContext) async throws(RPCError) {
    guard let trail = context[AuditTrailKey.self],
      let event = trail.event(context, outcome: RPCCode.ok.name)
    else { return }
    try await run(event.insertion)
    trail.markWritten()
  }
}

extension Row {
  /// The value of a column, of the type the context asks for. A column that is not as expected is our
  /// own mistake: `INTERNAL`, with the column for the log.
  package func value<Value: PostgresDecodable>(
    _ column: String, as type: Value.Type = Value.self
  ) throws(RPCError) -> Value {
    do throws(PostgresError) {
      return try decode(column, as: type)
    } catch {
      throw RPCError(error, [:])
    }
  }

  /// A `timestamptz` as the contract has it.
  package func timestamp(_ column: String) throws(RPCError) -> Timestamp {
    Timestamp(try value(column, as: PostgresTimestamp.self))
  }

  /// A `timestamptz` that may be NULL.
  package func optionalTimestamp(_ column: String) throws(RPCError) -> Timestamp? {
    try value(column, as: PostgresTimestamp?.self).map { Timestamp($0) }
  }

  /// A row's revision as the etag of its resource.
  package func etag() throws(RPCError) -> String { String(try value("revision", as: Int.self)) }
}

extension Timestamp {
  fileprivate init(_ instant: PostgresTimestamp) {
    let (seconds, rest) = instant.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    // Nanos count forwards also before 1970 (protobuf, Timestamp).
    self.init(
      seconds: rest < 0 ? seconds - 1 : seconds,
      nanos: Int32(rest < 0 ? rest + 1_000_000 : rest) * 1_000)
  }
}

extension AuditEvent {
  /// The statement that writes the event down.
  package var insertion: SQL {
    let (kind, id) = actor.auditActor
    return """
      INSERT INTO audit_event
        (tenant_id, audit_event_id, actor_kind, actor_id, method, resource_type, resource_id,
         outcome, request_id, door, reason)
      VALUES
        (\(tenant), \(UUID.random()), \(kind), \(id), \(method),
         \(resourceType), \(resourceID), \(outcome), \(requestID), \(door), \(reason))
      """
  }
}
