package import FlowAPI
package import Platform
package import RPC

/// Creates and reads bots.
package struct BotServer: BotService {
  private let store: BotStore
  private let pages: PageTokens

  package init(store: BotStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func createBot(
    _ request: CreateBotRequest, context: ServerContext
  ) async throws(RPCError) -> Bot {
    let tenant = try context.tenant()
    var request = request
    if request.locale.isEmpty { request.locale = "de-DE" }
    return try await store.create(request, in: tenant, context)
  }

  package func listBots(
    _ request: ListBotsRequest, context: ServerContext
  ) async throws(RPCError) -> ListBotsResponse {
    let tenant = try context.tenant()
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, context)
    let page = try await store.list(paging, in: tenant, context)
    return ListBotsResponse(
      bots: page.resources, nextPageToken: paging.token(of: page))
  }

  package func getBot(
    _ request: GetBotRequest, context: ServerContext
  ) async throws(RPCError) -> Bot {
    let id = try BotID(checked: request.botID)
    return try await store.bot(id, in: context.tenant(), context)
  }

  package func updateBot(
    _ request: UpdateBotRequest, context: ServerContext
  ) async throws(RPCError) -> Bot {
    let tenant = try context.tenant()
    let new = request.bot ?? Bot()
    let mask = try UpdateMask(
      request.updateMask, field: "bot",
      changeable: [
        ("display_name", !new.displayName.isEmpty), ("system_prompt", !new.systemPrompt.isEmpty),
        ("locale", !new.locale.isEmpty),
      ], outputOnly: ["bot_id", "tenant_id", "create_time", "update_time", "etag"])
    // The declared rules know the values, but not which of them the mask names.
    var faults = Violations()
    faults.require(new.displayName, "bot.display_name", if: mask.contains("display_name"))
    faults.require(new.locale, "bot.locale", if: mask.contains("locale"))
    try faults.throwIfAny()
    let id = try BotID(checked: request.botID)
    return try await store.update(
      id,
      BotStore.Update(
        displayName: mask.contains("display_name") ? new.displayName : nil,
        systemPrompt: mask.contains("system_prompt") ? new.systemPrompt : nil,
        locale: mask.contains("locale") ? new.locale : nil, etag: request.etag),
      in: tenant, context)
  }
}
