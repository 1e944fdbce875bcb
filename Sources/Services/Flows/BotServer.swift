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
    var faults = Violations()
    faults.checkLength(request.displayName, "display_name", 1...120)
    faults.checkLength(request.systemPrompt, "system_prompt", 0...16_000)
    BotRules.check(locale: request.locale, "locale", &faults)
    try faults.throwIfAny()
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
    let id = try Violations.requireID(request.botID, "bot_id", of: BotKind.self)
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
    var faults = Violations()
    let id = faults.id(request.botID, "bot_id", of: BotKind.self)
    if mask.contains("display_name") {
      faults.checkLength(new.displayName, "bot.display_name", 1...120)
    }
    if mask.contains("system_prompt") {
      faults.checkLength(new.systemPrompt, "bot.system_prompt", 0...16_000)
    }
    if mask.contains("locale") { BotRules.check(locale: new.locale, "bot.locale", &faults) }
    try faults.throwIfAny()
    guard let id else { throw RPCError(.internal, "unchecked bot_id") }
    return try await store.update(
      id,
      BotStore.Update(
        displayName: mask.contains("display_name") ? new.displayName : nil,
        systemPrompt: mask.contains("system_prompt") ? new.systemPrompt : nil,
        locale: mask.contains("locale") ? new.locale : nil, etag: request.etag),
      in: tenant, context)
  }
}

/// What a bot may be set to.
enum BotRules {
  /// Languages that carriers speak and hear for us.
  static let locales = ["de-DE", "de-AT", "de-CH", "en-GB", "en-US"]

  static func check(locale: String, _ path: String, _ faults: inout Violations) {
    faults.check(
      locales.contains(locale), path, "must be one of \(locales.joined(separator: ", "))")
  }
}
