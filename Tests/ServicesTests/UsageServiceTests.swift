internal import FlowAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import Testing
internal import UsageAPI

@Suite("Usage", .timeLimit(.minutes(5)))
struct UsageServiceTests {
  /// Counts a part of a call as the call's webhooks do; whether it was new.
  private func record(
    _ services: Services, _ company: Company, bot: Bot, call: CallID = .random(),
    kind: String = "call", segment: Int = 0, quantity: Int = 1, time: String
  ) async throws -> Bool {
    let rows = try await services.database.query(
      """
      SELECT record_usage(\(bot.botID)::text::uuid, \(call), \(kind), \(segment)::integer,
        \(quantity)::bigint, \(time)::text::timestamptz) AS is_new
      """, as: .tenant(company.id.text))
    return try rows[0]["is_new", as: Bool.self]
  }

  private func months(_ company: Company, _ request: GetUsageSummaryRequest) async throws
    -> [String]
  {
    try await company.admin.usage.getUsageSummary(request).rows.map {
      "\($0.month) \($0.calls) \($0.voicebotSeconds) \($0.forwardingSeconds)"
    }
  }

  @Test("a month is that of the tenant's time zone, summer time included")
  func zones() async throws {
    try await withServices { services in
      let berlin = try await services.company()
      let york = try await services.company("Herring Inc.", zone: "America/New_York")
      for company in [berlin, york] {
        let bot = try await company.bot()
        for time in ["2026-10-31T22:59:59Z", "2026-10-31T23:00:00Z", "2026-06-30T22:00:00Z"] {
          #expect(try await record(services, company, bot: bot, time: time))
        }
      }
      let all = GetUsageSummaryRequest(range: "all")
      #expect(
        try await months(berlin, all) == ["2026-11 1 0 0", "2026-10 1 0 0", "2026-07 1 0 0"])
      #expect(try await months(york, all) == ["2026-10 2 0 0", "2026-06 1 0 0"])
      #expect(try await months(berlin, .init(month: "2026-11")) == ["2026-11 1 0 0"])
      #expect(try await months(berlin, .init(month: "2026-12")) == [])
      #expect(try await months(berlin, .init(month: "9999-12")) == [])
    }
  }

  @Test("kinds and bots are added up apart, and all together")
  func sums() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bots = [try await company.bot(), try await company.bot()]
      let call = CallID.random()
      for (bot, quantity) in [(bots[0], 30), (bots[1], 5)] {
        let call = bot.botID == bots[0].botID ? call : .random()
        for (kind, segment, quantity) in [
          ("call", 0, 1), ("voicebot", 0, quantity), ("forwarding", 1, 7), ("forwarding", 2, 8),
        ] {
          #expect(
            try await record(
              services, company, bot: bot, call: call, kind: kind, segment: segment,
              quantity: quantity, time: "2026-11-21T09:00:00Z"))
        }
      }
      let summary = try await company.admin.usage.getUsageSummary(.init(month: "2026-11"))
      #expect(summary.rows.count == 2)
      #expect(summary.totalCalls == 2)
      #expect(summary.totalVoicebotSeconds == 35)
      #expect(summary.totalForwardingSeconds == 30)
      #expect(
        try await months(company, .init(month: "2026-11", botID: bots[1].botID))
          == ["2026-11 1 5 15"])
      let events = try await company.admin.usage.listUsageEvents(.init(callID: call.text)).events
      #expect(events.count == 4)
      #expect(events.allSatisfy { $0.botID == bots[0].botID && $0.tenantID == company.id.text })
    }
  }

  @Test("a part of a call is counted once, at whatever time it is reported again")
  func once() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let call = CallID.random()
      let new = try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<6 {
          group.addTask {
            // Different months: the key of the partitioned table alone would let both in.
            try await record(
              services, company, bot: bot, call: call, quantity: 1 + index,
              time: "2026-0\(index + 1)-15T12:00:00Z")
          }
        }
        return try await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      #expect(new.count { $0 } == 1)
      #expect(try await company.admin.usage.listUsageEvents(.init()).events.count == 1)
    }
  }

  @Test("the present month is the default")
  func current() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      _ = try await Phone(services).rings()
      for request in [GetUsageSummaryRequest(), .init(range: "month")] {
        #expect(try await company.admin.usage.getUsageSummary(request).totalCalls == 1)
      }
    }
  }

  @Test("wrong questions are named")
  func faults() async throws {
    try await withServices { services in
      let usage = try await services.company().admin.usage
      let requests: [(GetUsageSummaryRequest, String)] = [
        (.init(range: "year"), "range string.in"),
        (.init(month: "2026-13"), "month string.pattern"),
        (.init(range: "all", month: "2026-11"), "month CONFLICT"),
        (.init(botID: "x"), "bot_id string.uuid"),
        (.init(range: "\u{0}"), "range string.in"),
      ]
      for (request, fault) in requests {
        #expect(await refusal { try await usage.getUsageSummary(request) }?.faults == [fault])
      }
      let call = await refusal { try await usage.listUsageEvents(.init(callID: "x")) }
      #expect(call?.faults == ["call_id string.uuid"])
    }
  }

  @Test("rows come in through the one function only, in a tenant's scope")
  func evidence() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let insert = await #expect(throws: PostgresError.self) {
        try await services.database.query(
          "INSERT INTO usage_segment VALUES (\(company.id), \(CallID.random()), 'call', 0)",
          as: .tenant(company.id.text))
      }
      #expect(insert?.state == .insufficientPrivilege)
      await #expect(throws: PostgresError.self) {
        try await services.database.query(
          """
          SELECT record_usage(\(bot.botID)::text::uuid, \(CallID.random()), 'call', 0, 1, now())
          """, as: .none)
      }
      await #expect(throws: PostgresError.self) {
        try await record(services, company, bot: bot, quantity: -1, time: "2026-11-21T09:00:00Z")
      }
    }
  }
}
