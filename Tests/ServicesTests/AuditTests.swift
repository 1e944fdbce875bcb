internal import AuditAPI
internal import ConnectorAPI
internal import FlowAPI
internal import IdentityAPI
internal import MappingAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import TestSupport
internal import Testing

@Suite("The audit trail", .timeLimit(.minutes(5)))
struct AuditTests {
  @Test("says who did what to which resource, through which door")
  func content() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let events = try await company.admin.audit.listAuditEvents(.init()).events
      let event = try #require(events.first)
      #expect(event.method == "klinke.flow.v1.BotService/CreateBot")
      #expect(event.resourceType == "bot" && event.resourceID == bot.botID)
      #expect(event.outcome == "OK" && event.door == "in_process")
      #expect(event.actorKind == "user")
      guard case .user(let id, _, _) = company.admin.caller else {
        Issue.record("the administrator is no user")
        return
      }
      #expect(event.actorID == id.text)
      #expect(!event.requestID.isEmpty && event.time != nil)
      // The making of a tenant is written down in the tenant it made.
      #expect(
        events.map { String($0.method.split(separator: "/")[1]) }
          == ["CreateBot", "ApproveTenant", "CreateTenant"])
      #expect(events.last?.resourceID == company.id.text)
    }
  }

  @Test("keeps why a tenant was suspended, in the words of who did it")
  func reason() async throws {
    try await withServices { services in
      let company = try await services.company()
      _ = try await services.admin.tenants.suspendTenant(
        .init(tenantID: company.id.text, reason: "unbezahlt"))
      let events = try await services.admin.audit.listAuditEvents(
        .init(tenantID: company.id.text)
      ).events
      #expect(events.first?.method == "klinke.tenant.v1.TenantService/SuspendTenant")
      #expect(events.first?.reason == "unbezahlt")
      #expect(events.last?.reason == "")
    }
  }

  @Test("what was refused is written down with its code, what was read is not")
  func refusals() async throws {
    try await withServices { services in
      let company = try await services.company()
      _ = await refusal { try await company.admin.bots.createBot(.init()) }
      _ = await refusal {
        try await company.admin.bots.updateBot(.init(botID: UUID.random().text, bot: Bot()))
      }
      _ = await refusal {
        try await company.clients(as: .customerUser).bots.createBot(.init(displayName: "x"))
      }
      _ = await refusal {
        try await company.admin.bots.createBot(
          .init(tenantID: TenantID.random().text, displayName: "x"))
      }
      _ = try await company.admin.bots.listBots(.init())
      let rows = try await services.audit(of: company.id).dropFirst(2)
      #expect(
        rows.map(\.outcome) == [
          "INVALID_ARGUMENT", "NOT_FOUND", "PERMISSION_DENIED", "PERMISSION_DENIED",
        ])
      #expect(rows.map(\.method) == ["CreateBot", "UpdateBot", "CreateBot", "CreateBot"])
      // What was never made has no id.
      #expect(rows.first?.resourceID == "")
    }
  }

  @Test("a refused creation names no resource that was never made")
  func refusedCreation() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      try await company.map("+493023125000", to: bot)
      _ = await refusal { try await company.map("+493023125000", to: bot) }
      let row = try #require(try await services.audit(of: company.id).last)
      #expect(row.outcome == "ALREADY_EXISTS")
      #expect(row.resourceID == "")
    }
  }

  @Test("a change whose row cannot be written does not happen")
  func sameTransaction() async throws {
    try await withServices { services in
      let company = try await services.company()
      let before = try await services.audit(of: company.id).count
      try await services.test.administer("REVOKE INSERT ON audit_event FROM klinke_app")
      let error = await refusal { try await company.bot() }
      #expect(error?.code == .internal)
      #expect(error?.message == "the call failed inside the platform")
      #expect(try await company.admin.bots.listBots(.init()).bots.isEmpty)
      #expect(try await services.audit(of: company.id).count == before)
    }
  }

  @Test("a change that is rolled back leaves no row that says it happened")
  func rolledBack() async throws {
    try await withServices { services in
      let company = try await services.company()
      let database = ServiceDatabase(services.database)
      var context = ServerContext(method: BotServiceMethods.createBot.info, requestID: "r1")
      let trail = AuditTrail()
      context[AuditTrailKey.self] = trail
      context[CallerKey.self] = company.admin.caller
      let id = BotID.random()
      // A deferred failure: the body and the audit row succeed, the commit does not.
      try await services.test.administer(
        """
        SET ROLE klinke_owner;
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
          AS 'BEGIN RAISE EXCEPTION ''no''; END';
        CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON bot DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION refuse()
        """)
      let prepared = context
      let error = await refusal {
        try await database.change(in: company.id, prepared) {
          (change) async throws(RPCError) -> Void in
          try await change.run(
            """
            INSERT INTO bot (tenant_id, bot_id, display_name) VALUES (\(company.id), \(id), 'x')
            """)
          trail.note(id, in: company.id)
        }
      }
      #expect(error?.code == .internal)
      #expect(!trail.isWritten)
      let rows = try await services.audit(of: company.id)
      #expect(!rows.contains { $0.resourceID == id.text })
    }
  }

  @Test("a call that its deadline ended is on record too")
  func deadline() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let id = bot.botID
      // Holds the row's lock for as long as the call runs.
      let error = try await services.database.transaction(as: .tenant(company.id.text)) {
        (transaction) async throws(PostgresError) -> RPCError? in
        _ = try await transaction.query(
          "SELECT FROM bot WHERE tenant_id = \(company.id) FOR UPDATE")
        return await refusal {
          try await company.admin.bots.updateBot(
            .init(botID: id, bot: Bot(displayName: "x")),
            // Long enough to come to the lock on a busy machine: one that ends before is not begun.
            options: CallOptions(timeout: .seconds(2)))
        }
      }
      #expect(error?.code == .deadlineExceeded)
      let row = try #require(try await services.audit(of: company.id).last)
      #expect(row.method == "UpdateBot")
      #expect(row.outcome == "DEADLINE_EXCEEDED")
      #expect(try await company.admin.bots.getBot(.init(botID: id)) == bot)
    }
  }

  @Test("nobody changes or deletes what was written down")
  func evidence() async throws {
    try await withServices { services in
      let company = try await services.company()
      for sql: SQL in [
        "DELETE FROM audit_event WHERE tenant_id = \(company.id)",
        "UPDATE audit_event SET outcome = 'OK' WHERE tenant_id = \(company.id)",
        "TRUNCATE audit_event",
      ] {
        let error = await #expect(throws: PostgresError.self) {
          try await services.database.query(sql, as: .tenant(company.id.text))
        }
        #expect(error?.state == .insufficientPrivilege)
      }
    }
  }

  @Test("every audited method leaves its row, refused or not")
  func everyMethod() async throws {
    try await withServices { services in
      let company = try await services.company()
      let audited = services.router.methods.filter { $0.audited }
      #expect(audited.count >= 15)
      // An empty request is good for none of them; the refusal must be on record.
      for method in audited where method.policy.access != .anyone {
        let roles = [Role.customerAdmin, .platformAdmin].filter { role in
          guard case .roles(let allowed) = method.policy.access else { return false }
          return allowed.contains(RoleSet(role))
        }
        let role = try #require(roles.first)
        let home = role == .platformAdmin ? TenantID.platform : company.id
        let before = try await services.audit(of: home).count
        _ = await refusal {
          try await services.transport(.user(id: .random(), tenant: home, role: role)).unary(
            path: method.path, message: [], options: .init())
        }
        let rows = try await services.audit(of: home)
        #expect(rows.count == before + 1, "\(method.path)")
        #expect(rows.last?.method == method.name)
      }
    }
  }
}
