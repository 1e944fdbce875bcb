internal import FlowAPI
internal import MappingAPI
internal import Platform
internal import RPC
internal import TenantAPI
internal import Testing

@Suite("Creating with a request_id", .timeLimit(.minutes(5)))
struct IdempotencyTests {
  @Test("a repeat gets the first answer and makes nothing")
  func repeats() async throws {
    try await withServices { services in
      let request = CreateTenantRequest(displayName: "x", requestID: UUID.random().text)
      let first = try await services.admin.tenants.createTenant(request)
      var shouted = request
      shouted.requestID = request.requestID.uppercased()
      #expect(try await services.admin.tenants.createTenant(request) == first)
      #expect(try await services.admin.tenants.createTenant(shouted) == first)
      #expect(try await services.admin.tenants.listTenants(.init()).tenants.count == 1)
    }
  }

  @Test("the same id with other values is refused")
  func reuse() async throws {
    try await withServices { services in
      let company = try await services.company()
      var request = CreateBotRequest(displayName: "Eins", requestID: UUID.random().text)
      _ = try await company.admin.bots.createBot(request)
      request.displayName = "Zwei"
      let error = await refusal { try await company.admin.bots.createBot(request) }
      #expect(error?.code == .invalidArgument)
      #expect(error?.reason == "REQUEST_ID_REUSED")
      #expect(try await company.admin.bots.listBots(.init()).bots.count == 1)
    }
  }

  @Test("many repeats at once make one, and all get the same answer")
  func concurrent() async throws {
    try await withServices { services in
      let company = try await services.company()
      let request = CreateBotRequest(displayName: "Eins", requestID: UUID.random().text)
      let bots = try await withThrowingTaskGroup(of: Bot.self) { group in
        for _ in 0..<8 { group.addTask { try await company.admin.bots.createBot(request) } }
        return try await group.reduce(into: Set<Bot>()) { $0.insert($1) }
      }
      #expect(bots.count == 1)
      #expect(try await company.admin.bots.listBots(.init()).bots.count == 1)
    }
  }

  @Test("an id is a tenant's and a method's own")
  func scope() async throws {
    try await withServices { services in
      let first = try await services.company()
      let second = try await services.company("Makrele AG")
      let request = CreateBotRequest(displayName: "Eins", requestID: UUID.random().text)
      let one = try await first.admin.bots.createBot(request)
      let two = try await second.admin.bots.createBot(request)
      #expect(one.botID != two.botID)
      let flow = try await first.admin.flows.createFlow(
        .init(botID: one.botID, displayName: "Eins", requestID: request.requestID))
      #expect(flow.botID == one.botID)
    }
  }

  @Test("a refused creation leaves the id free")
  func refusedFirst() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      try await company.map("+493023125000", to: bot)
      let request = CreateMappingRequest(
        botID: bot.botID, number: "+493023125000", requestID: UUID.random().text)
      let taken = await refusal { try await company.admin.mappings.createMapping(request) }
      #expect(taken?.reason == "NUMBER_ALREADY_MAPPED")
      let old = try await company.admin.mappings.listMappings(.init()).mappings[0]
      _ = try await company.admin.mappings.deleteMapping(.init(mappingID: old.mappingID))
      let made = try await company.admin.mappings.createMapping(request)
      #expect(made.mappingID != old.mappingID)
    }
  }

  @Test("the audit row of a repeat names the resource of the first answer")
  func auditOfRepeat() async throws {
    try await withServices { services in
      let company = try await services.company()
      let request = CreateBotRequest(displayName: "Eins", requestID: UUID.random().text)
      let bot = try await company.admin.bots.createBot(request)
      _ = try await company.admin.bots.createBot(request)
      let rows = try await services.audit(of: company.id).filter { $0.method == "CreateBot" }
      #expect(rows.map(\.resourceID) == [bot.botID, bot.botID])
      #expect(rows.map(\.outcome) == ["OK", "OK"])
    }
  }
}
