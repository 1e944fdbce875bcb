internal import AuditAPI
internal import CallAPI
internal import ConnectorAPI
internal import FlowAPI
internal import MappingAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import Testing
internal import UsageAPI

@Suite("Lists", .timeLimit(.minutes(5)))
struct PagingTests {
  /// All pages of a list, one entry at a time.
  private func walk<Entry>(
    _ page: (String) async throws -> ([Entry], String)
  ) async throws -> [Entry] {
    var all: [Entry] = []
    var token = ""
    repeat {
      let (entries, next) = try await page(token)
      #expect(entries.count == 1)
      all += entries
      token = next
    } while !token.isEmpty && all.count < 20
    return all
  }

  @Test("pages of one show every entry once, in the order of the whole list")
  func pages() async throws {
    try await withServices { services in
      let company = try await services.company()
      for index in 0..<4 {
        _ = try await company.admin.bots.createBot(.init(displayName: "Bot \(index)"))
      }
      let whole = try await company.admin.bots.listBots(.init()).bots
      #expect(whole.map(\.displayName) == (0..<4).map { "Bot \($0)" })
      let walked = try await walk { token in
        let page = try await company.admin.bots.listBots(.init(pageSize: 1, pageToken: token))
        return (page.bots, page.nextPageToken)
      }
      #expect(walked == whole)
      // The page ends exactly with the last entry: there is no empty page behind it.
      let exact = try await company.admin.bots.listBots(.init(pageSize: 4))
      #expect(exact.nextPageToken.isEmpty)
    }
  }

  @Test("entries of one instant are not lost between pages")
  func sameInstant() async throws {
    try await withServices { services in
      let company = try await services.company()
      _ = try await services.database.query(
        """
        INSERT INTO bot (tenant_id, bot_id, display_name, create_time)
        SELECT \(company.id), gen_random_uuid(), 'Bot ' || n, '2026-11-21T09:00:00.123456Z'
        FROM generate_series(1, 5) n
        """, as: .tenant(company.id.text))
      let walked = try await walk { token in
        let page = try await company.admin.bots.listBots(.init(pageSize: 1, pageToken: token))
        return (page.bots, page.nextPageToken)
      }
      #expect(Set(walked.map(\.botID)).count == 5)
    }
  }

  @Test("versions and tenants come in pages too")
  func otherOrders() async throws {
    try await withServices { services in
      let company = try await services.company()
      let flow = try await company.flow(of: company.bot())
      for _ in 0..<3 { try await company.publish(.smallest, as: flow) }
      let versions = try await walk { token in
        let page = try await company.admin.flows.listVersions(
          .init(flowID: flow.flowID, pageSize: 1, pageToken: token))
        return (page.versions, page.nextPageToken)
      }
      #expect(versions.map(\.version) == [3, 2, 1])
      #expect(versions.map(\.state) == [.live, .archived, .archived])
      #expect(versions.allSatisfy { $0.graph == nil })
      _ = try await services.company("Makrele AG")
      let tenants = try await walk { token in
        let page = try await services.admin.tenants.listTenants(
          .init(pageSize: 1, pageToken: token))
        return (page.tenants, page.nextPageToken)
      }
      #expect(tenants.map(\.displayName) == ["Hering GmbH", "Makrele AG"])
    }
  }

  @Test("a token is good for its list, tenant and filters only")
  func bound() async throws {
    try await withServices { services in
      let company = try await services.company()
      let other = try await services.company("Makrele AG")
      let bot = try await company.bot()
      for number in ["+493023125000", "+493023125001", "+493023125002"] {
        try await company.map(number, to: bot)
      }
      let token = try await company.admin.mappings.listMappings(
        .init(pageSize: 1, botID: bot.botID)
      ).nextPageToken
      #expect(!token.isEmpty)
      let refusals: [RPCError?] = [
        await refusal { try await company.admin.mappings.listMappings(.init(pageToken: token)) },
        await refusal {
          try await other.admin.mappings.listMappings(
            .init(pageToken: token, botID: bot.botID))
        },
        await refusal { try await company.admin.bots.listBots(.init(pageToken: token)) },
        await refusal { try await company.admin.calls.listCalls(.init(pageToken: token)) },
        await refusal { try await services.admin.tenants.listTenants(.init(pageToken: token)) },
      ]
      for error in refusals {
        #expect(error?.code == .invalidArgument)
        #expect(error?.faults == ["page_token PAGE_TOKEN"])
      }
      // The filter's letter case is no other filter.
      let page = try await company.admin.mappings.listMappings(
        .init(pageToken: token, botID: bot.botID.uppercased()))
      #expect(page.mappings.count == 2)
    }
  }

  @Test("a token that we did not make is refused, whatever it is")
  func strange() async throws {
    try await withServices { services in
      for token in ["x", "!!!!", "AAAA", String(repeating: "A", count: 200_000), "\u{0}", "ü"] {
        let error = await refusal {
          try await services.admin.tenants.listTenants(.init(pageToken: token))
        }
        #expect(error?.faults == ["page_token PAGE_TOKEN"])
      }
    }
  }

  @Test("a page has 50 entries unless asked, 500 at most, and never fewer than none")
  func sizes() async throws {
    try await withServices { services in
      let company = try await services.company()
      _ = try await services.database.query(
        """
        INSERT INTO bot (tenant_id, bot_id, display_name)
        SELECT \(company.id), gen_random_uuid(), 'Bot ' || n FROM generate_series(1, 501) n
        """, as: .tenant(company.id.text))
      let bots = company.admin.bots
      #expect(try await bots.listBots(.init()).bots.count == 50)
      #expect(try await bots.listBots(.init(pageSize: .max)).bots.count == 500)
      #expect(
        await refusal { try await bots.listBots(.init(pageSize: -1)) }?.faults
          == ["page_size int32.gte"])
    }
  }

  @Test("lists show nothing of another tenant")
  func foreign() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      _ = try await services.carrier().telephony.incomingCall(
        .init(callSid: "CA1", from: "+4915112345678", to: "+493023125000"))
      let other = try await services.company("Makrele AG").admin
      #expect(try await other.bots.listBots(.init()).bots.isEmpty)
      #expect(try await other.flows.listFlows(.init()).flows.isEmpty)
      #expect(try await other.mappings.listMappings(.init()).mappings.isEmpty)
      #expect(try await other.calls.listCalls(.init()).calls.isEmpty)
      #expect(try await other.usage.listUsageEvents(.init()).events.isEmpty)
      #expect(try await other.usage.getUsageSummary(.init(range: "all")).rows.isEmpty)
      #expect(try await other.users.listUsers(.init()).users.isEmpty)
      #expect(try await other.connectors.listConnectors(.init()).connectors.isEmpty)
      #expect(
        try await other.audit.listAuditEvents(.init()).events.map(\.outcome) == ["OK", "OK"])
    }
  }
}
