internal import FlowAPI
internal import MappingAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import TestSupport
internal import Testing
internal import Wire

@Suite("Mappings", .timeLimit(.minutes(5)))
struct MappingServiceTests {
  @Test("a national number is completed by the tenant's region")
  func national() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let mapping = try await company.admin.mappings.createMapping(
        .init(botID: bot.botID, number: "(030) 23125-000", label: "Zentrale"))
      #expect(mapping.number == "+493023125000")
      #expect(mapping.rawNumber == "(030) 23125-000")
      #expect(mapping.region == "DE")
      #expect(mapping.active)
      _ = try await company.admin.tenants.updateTenant(.init(tenant: Tenant(defaultRegion: "CH")))
      let swiss = try await company.admin.mappings.createMapping(
        .init(botID: bot.botID, number: "044 668 18 00"))
      #expect(swiss.number == "+41446681800")
    }
  }

  @Test("a number that does not belong is refused with its reason")
  func faults() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let cases: [(CreateMappingRequest, [String])] = [
        (CreateMappingRequest(number: "+41446681800", region: "DE"), ["number REGION_MISMATCH"]),
        (CreateMappingRequest(number: "030 23125000", region: "FR"), ["region string.in"]),
        (CreateMappingRequest(number: "+33142685300"), ["number REGION_NOT_SUPPORTED"]),
        (CreateMappingRequest(number: "030-CALLME"), ["number NUMBER_HAS_LETTERS"]),
        (CreateMappingRequest(number: "030\u{0}23125000"), ["number NOT_A_NUMBER"]),
        (CreateMappingRequest(number: "+49"), ["number NOT_A_NUMBER"]),
        (CreateMappingRequest(number: "()"), ["number REQUIRED"]),
        (CreateMappingRequest(number: ""), ["number string.min_len"]),
        (
          CreateMappingRequest(number: String(repeating: "1", count: 65)), ["number string.max_len"]
        ),
        (
          CreateMappingRequest(
            number: "030 23125000", label: String(repeating: "x", count: 121)),
          ["label string.max_len"]
        ),
      ]
      for (request, faults) in cases {
        var request = request
        request.botID = bot.botID
        let prepared = request
        let error = await refusal { try await company.admin.mappings.createMapping(prepared) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.faults == faults)
      }
    }
  }

  @Test("a number has one active mapping on the whole platform, however many try at once")
  func unique() async throws {
    try await withServices { services in
      let first = try await services.company()
      let second = try await services.company("Makrele AG")
      let bots = [try await first.bot(), try await second.bot()]
      let reasons = await withTaskGroup(of: String?.self) { group in
        for index in 0..<6 {
          let company = index % 2 == 0 ? first : second
          let bot = bots[index % 2]
          group.addTask {
            await refusal { try await company.map("+493023125000", to: bot) }?.reason
          }
        }
        return await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(reasons.count { $0 == nil } == 1)
      #expect(reasons.count { $0 == "NUMBER_ALREADY_MAPPED" } == 5)
    }
  }

  @Test("an inactive mapping waits until the active one is gone")
  func inactive() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let mappings = company.admin.mappings
      let active = try await company.map("+493023125000", to: bot)
      let waiting = try await mappings.createMapping(
        .init(botID: bot.botID, number: "+493023125000", inactive: true))
      let activate = UpdateMappingRequest(
        mappingID: waiting.mappingID, mapping: PhoneMapping(active: true),
        updateMask: FieldMask(paths: ["active"]))
      let early = await refusal { try await mappings.updateMapping(activate) }
      #expect(early?.reason == "NUMBER_ALREADY_MAPPED")
      _ = try await mappings.updateMapping(
        .init(
          mappingID: active.mappingID, mapping: PhoneMapping(),
          updateMask: FieldMask(paths: ["active"])))
      #expect(try await mappings.updateMapping(activate).active)
      let old = await refusal {
        try await mappings.updateMapping(
          .init(mappingID: waiting.mappingID, mapping: PhoneMapping(label: "x"), etag: "1"))
      }
      #expect(old?.reason == "ETAG_MISMATCH")
    }
  }

  @Test("another tenant's bot or mapping is refused, an unknown one is unknown")
  func foreign() async throws {
    try await withServices { services in
      let own = try await services.company()
      let other = try await services.company("Makrele AG")
      let bot = try await other.bot()
      let mapping = try await other.map("+493023125000", to: bot)
      let mine = try await own.map("+493023125001", to: own.bot())
      let foreign: [RPCError?] = [
        await refusal { try await own.map("+493023125002", to: bot) },
        await refusal {
          try await own.admin.mappings.updateMapping(
            .init(mappingID: mine.mappingID, mapping: PhoneMapping(botID: bot.botID)))
        },
        await refusal {
          try await own.admin.mappings.getMapping(.init(mappingID: mapping.mappingID))
        },
        await refusal {
          try await own.admin.mappings.updateMapping(.init(mappingID: mapping.mappingID))
        },
        await refusal {
          try await own.admin.mappings.deleteMapping(.init(mappingID: mapping.mappingID))
        },
      ]
      for error in foreign {
        #expect(error?.code == .permissionDenied)
        #expect(error?.reason == "FOREIGN_RESOURCE")
      }
      let rows = try await services.audit(of: own.id).filter { $0.outcome == "PERMISSION_DENIED" }
      #expect(
        rows.map(\.method) == [
          "CreateMapping", "UpdateMapping", "GetMapping", "UpdateMapping", "DeleteMapping",
        ])
      #expect(
        rows.map(\.resourceID) == [bot.botID, bot.botID]
          + Array(repeating: mapping.mappingID, count: 3))
      #expect(try await services.audit(of: other.id).allSatisfy { $0.outcome == "OK" })
      let unknown = await refusal {
        try await own.admin.mappings.getMapping(.init(mappingID: UUID.random().text))
      }
      #expect(unknown?.code == .notFound)
      #expect(unknown?.reason == "MAPPING_NOT_FOUND")
      // The platform's people named the tenant themselves: for them it is not there.
      let admin = await refusal {
        try await services.admin.mappings.getMapping(
          .init(tenantID: own.id.text, mappingID: mapping.mappingID))
      }
      #expect(admin?.code == .notFound)
    }
  }

  @Test("a foreign id is refused also when the pool has one connection only")
  func foreignOnOneConnection() async throws {
    try await withServices { services in
      let own = try await services.company()
      let mapping = try await services.company("Makrele AG").answers("+493023125000")
      let narrow = services.test.open { $0.connectionsPerLoop = 1 }
      let company = Company(
        services: try await Services(services.test, database: narrow), id: own.id)
      let error = await refusal {
        try await company.admin.bots.updateBot(
          .init(botID: mapping.botID, bot: Bot(displayName: "x")))
      }
      #expect(error?.reason == "FOREIGN_RESOURCE")
      await narrow.close()
    }
  }

  @Test("numbers are normalized and resolved")
  func numbers() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.answers("+493023125000")
      let found = try await services.admin.mappings.resolveNumber(.init(number: "+493023125000"))
      #expect(found.botID == bot.botID)
      #expect(found.tenantID == company.id.text)
      #expect(found.tenantApproved)
      let none = await refusal {
        try await services.admin.mappings.resolveNumber(.init(number: "+493023125001"))
      }
      #expect(none?.reason == "NUMBER_NOT_MAPPED")
      let customer = await refusal {
        try await company.admin.mappings.resolveNumber(.init(number: "+493023125000"))
      }
      #expect(customer?.reason == "ROLE_NOT_ALLOWED")
      let normal = try await company.admin.mappings.normalizeNumber(.init(number: "030 23125000"))
      #expect(normal.number == "+493023125000")
      #expect(normal.region == "DE")
      for number in ["", "x", "\u{0}", String(repeating: "1", count: 1_000_000)] {
        let error = await refusal {
          try await company.admin.mappings.normalizeNumber(.init(number: number))
        }
        #expect(error?.code == .invalidArgument)
      }
    }
  }
}
