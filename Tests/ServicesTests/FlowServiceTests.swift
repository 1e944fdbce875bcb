internal import FlowAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TestSupport
internal import Testing
internal import Wire

@Suite("Bots and flows", .timeLimit(.minutes(5)))
struct FlowServiceTests {
  // MARK: Bots

  @Test("a bot is made, changed by mask, and keeps its etag's promise")
  func bots() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bots = company.admin.bots
      let bot = try await bots.createBot(.init(displayName: "Empfang"))
      #expect(bot.locale == "de-DE")
      #expect(bot.etag == "1")
      let changed = try await bots.updateBot(
        .init(botID: bot.botID, bot: Bot(displayName: "Theke", locale: "de-AT"), etag: "1"))
      #expect(changed.displayName == "Theke")
      #expect(changed.locale == "de-AT")
      let late = await refusal {
        try await bots.updateBot(.init(botID: bot.botID, bot: Bot(locale: "de-DE"), etag: "1"))
      }
      #expect(late?.code == .aborted)
      #expect(late?.reason == "ETAG_MISMATCH")
      #expect(try await bots.getBot(.init(botID: bot.botID)) == changed)
    }
  }

  @Test("every fault of a bot is named")
  func botFaults() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bots = company.admin.bots
      let long = String(repeating: "x", count: 16_001)
      let error = await refusal {
        try await bots.createBot(.init(displayName: "", systemPrompt: long, locale: "fr-FR"))
      }
      #expect(
        error?.faults == [
          "display_name string.min_len", "system_prompt string.max_len", "locale string.in",
        ])
      let id = await refusal { try await bots.updateBot(.init(botID: "1", bot: Bot())) }
      #expect(id?.faults == ["bot_id string.uuid"])
      let most = try await bots.createBot(
        .init(displayName: "x", systemPrompt: String(repeating: "ß", count: 16_000)))
      #expect(most.systemPrompt.count == 16_000)
    }
  }

  // MARK: Versions

  @Test("a draft is saved over itself, staged, published, and the next one begins anew")
  func versions() async throws {
    try await withServices { services in
      let company = try await services.company()
      let flow = try await company.flow(of: company.bot())
      let flows = company.admin.flows
      #expect(flow.liveVersion == 0 && flow.latestVersion == 0)
      let first = try await flows.saveDraft(.init(flowID: flow.flowID, graph: .smallest))
      #expect(first.version == 1 && first.state == .draft && first.etag == "1")
      let second = try await flows.saveDraft(
        .init(flowID: flow.flowID, graph: .reception, etag: first.etag))
      #expect(second.version == 1 && second.etag == "2")
      #expect(second.graph == .reception)
      let late = await refusal {
        try await flows.saveDraft(.init(flowID: flow.flowID, graph: .smallest, etag: first.etag))
      }
      #expect(late?.reason == "ETAG_MISMATCH")
      let early = await refusal {
        try await flows.publishVersion(.init(flowID: flow.flowID, version: 1))
      }
      #expect(early?.code == .failedPrecondition && early?.reason == "VERSION_STATE")
      let stage = StageVersionRequest(flowID: flow.flowID, version: 1)
      #expect(try await flows.stageVersion(stage).state == .staged)
      #expect(try await flows.stageVersion(stage).state == .staged)
      let publish = PublishVersionRequest(flowID: flow.flowID, version: 1)
      #expect(try await flows.publishVersion(publish).state == .live)
      #expect(try await flows.publishVersion(publish).state == .live)
      let next = try await flows.saveDraft(.init(flowID: flow.flowID, graph: .smallest))
      #expect(next.version == 2)
      let now = try await flows.getFlow(.init(flowID: flow.flowID))
      #expect(now.liveVersion == 1 && now.latestVersion == 2)
      try await company.publish(.smallest, as: flow)
      let states = try await flows.listVersions(.init(flowID: flow.flowID)).versions
      #expect(states.map(\.state) == [.live, .archived])
      let back = await refusal { try await flows.publishVersion(publish) }
      #expect(back?.reason == "VERSION_STATE")
    }
  }

  @Test("a bot has one flow, and what is not there is not found")
  func missing() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let flow = try await company.flow(of: bot)
      let flows = company.admin.flows
      #expect(await refusal { try await company.flow(of: bot) }?.reason == "FLOW_EXISTS")
      let nobody = await refusal {
        try await flows.createFlow(.init(botID: UUID.random().text, displayName: "x"))
      }
      #expect(nobody?.reason == "BOT_NOT_FOUND")
      for version: Int32 in [1, .max] {
        let error = await refusal {
          try await flows.getVersion(.init(flowID: flow.flowID, version: version))
        }
        #expect(error?.reason == "VERSION_NOT_FOUND")
        let stage = await refusal {
          try await flows.stageVersion(.init(flowID: flow.flowID, version: version))
        }
        #expect(stage?.reason == "VERSION_NOT_FOUND")
      }
      for version: Int32 in [0, -1, .min] {
        let error = await refusal {
          try await flows.publishVersion(.init(flowID: flow.flowID, version: version))
        }
        #expect(error?.faults == ["version int32.gte"])
      }
      let unknown = await refusal {
        try await flows.listVersions(.init(flowID: UUID.random().text))
      }
      #expect(unknown?.reason == "FLOW_NOT_FOUND")
      let empty = await refusal { try await flows.saveDraft(.init(flowID: flow.flowID)) }
      #expect(empty?.faults == ["graph required"])
      let faulty = await refusal {
        try await flows.saveDraft(.init(flowID: flow.flowID, graph: FlowGraph()))
      }
      #expect(faulty?.faults == ["graph.nodes INVALID", "graph.entry_node_id REQUIRED"])
    }
  }

  @Test("another tenant's flow is refused for every method")
  func foreign() async throws {
    try await withServices { services in
      let own = try await services.company()
      let other = try await services.company("Makrele AG")
      let flow = try await other.flow(of: other.bot())
      let flows = own.admin.flows
      let id = flow.flowID
      let refusals: [RPCError?] = [
        await refusal { try await flows.getFlow(.init(flowID: id)) },
        await refusal { try await flows.saveDraft(.init(flowID: id, graph: .smallest)) },
        await refusal { try await flows.listVersions(.init(flowID: id)) },
        await refusal { try await flows.getVersion(.init(flowID: id, version: 1)) },
        await refusal { try await flows.stageVersion(.init(flowID: id, version: 1)) },
        await refusal { try await flows.publishVersion(.init(flowID: id, version: 1)) },
        await refusal {
          try await flows.createFlow(.init(botID: flow.botID, displayName: "x"))
        },
        await refusal { try await own.admin.bots.getBot(.init(botID: flow.botID)) },
        await refusal {
          try await own.admin.bots.updateBot(
            .init(botID: flow.botID, bot: Bot(displayName: "x")))
        },
      ]
      #expect(refusals.map { $0?.reason } == refusals.map { _ in "FOREIGN_RESOURCE" })
    }
  }

  // MARK: Publishing

  @Test("a flow without a system prompt is not published, whoever writes the row")
  func prompt() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot(prompt: " \n\t ")
      let flow = try await company.flow(of: bot)
      let error = await refusal { try await company.publish(.smallest, as: flow) }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.reason == "SYSTEM_PROMPT_MISSING")
      let direct = await #expect(throws: PostgresError.self) {
        try await services.database.query(
          "UPDATE flow_version SET state = 'live' WHERE tenant_id = \(company.id)",
          as: .tenant(company.id.text))
      }
      #expect(direct?.constraint == "flow_version_needs_system_prompt")
      _ = try await company.admin.bots.updateBot(
        .init(botID: bot.botID, bot: Bot(systemPrompt: "Du bist da.")))
      let live = try await company.admin.flows.publishVersion(
        .init(flowID: flow.flowID, version: 1))
      #expect(live.state == .live)
      let emptied = await refusal {
        try await company.admin.bots.updateBot(
          .init(botID: bot.botID, bot: Bot(), updateMask: FieldMask(paths: ["system_prompt"])))
      }
      #expect(emptied?.reason == "SYSTEM_PROMPT_MISSING")
    }
  }

  @Test("a second live version cannot be made by SQL either")
  func oneLive() async throws {
    try await withServices { services in
      let company = try await services.company()
      let flow = try await company.flow(of: company.bot())
      try await company.publish(.smallest, as: flow)
      let error = await #expect(throws: PostgresError.self) {
        try await services.database.query(
          """
          INSERT INTO flow_version (tenant_id, flow_id, version, state, graph)
          VALUES (\(company.id), \(flow.flowID), 9, 'live', '')
          """, as: .tenant(company.id.text))
      }
      #expect(error?.constraint == "flow_version_one_live")
    }
  }

  @Test("publishing waits for a change of the prompt, so that neither misses the other")
  func promptRace() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      let flow = try await company.flow(of: bot)
      let draft = try await company.admin.flows.saveDraft(
        .init(flowID: flow.flowID, graph: .smallest))
      _ = try await company.admin.flows.stageVersion(
        .init(flowID: flow.flowID, version: draft.version))
      for _ in 0..<10 {
        async let published = refusal {
          try await company.admin.flows.publishVersion(
            .init(flowID: flow.flowID, version: draft.version))
        }
        async let emptied = refusal {
          try await company.admin.bots.updateBot(
            .init(botID: bot.botID, bot: Bot(), updateMask: FieldMask(paths: ["system_prompt"])))
        }
        let refusals = [await published, await emptied]
        #expect(refusals.compactMap { $0?.reason } == ["SYSTEM_PROMPT_MISSING"])
        _ = try await services.database.query(
          "UPDATE flow_version SET state = 'staged' WHERE tenant_id = \(company.id)",
          as: .tenant(company.id.text))
        _ = try await company.admin.bots.updateBot(
          .init(botID: bot.botID, bot: Bot(systemPrompt: "Du bist da.")))
      }
    }
  }

  @Test("of many drafts saved at once all become one version")
  func concurrentDrafts() async throws {
    try await withServices { services in
      let company = try await services.company()
      let flow = try await company.flow(of: company.bot())
      let versions = try await withThrowingTaskGroup(of: FlowVersion.self) { group in
        for _ in 0..<6 {
          group.addTask {
            try await company.admin.flows.saveDraft(
              .init(flowID: flow.flowID, graph: .smallest))
          }
        }
        return try await group.reduce(into: [FlowVersion]()) { $0.append($1) }
      }
      #expect(Set(versions.map(\.version)) == [1])
      #expect(Set(versions.map(\.etag)).count == 6)
    }
  }
}
