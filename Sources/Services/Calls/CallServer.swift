package import CallAPI
package import Platform
package import RPC

/// Shows calls.
package struct CallServer: CallService {
  private let store: CallStore
  private let pages: PageTokens

  package init(store: CallStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func listCalls(
    _ request: ListCallsRequest, context: ServerContext
  ) async throws(RPCError) -> ListCallsResponse {
    let tenant = try context.tenant()
    let size = try PageSize.of(request.pageSize)
    let bot =
      request.botID.isEmpty
      ? nil : try Violations.requireID(request.botID, "bot_id", of: BotKind.self)
    let filters = [bot?.text ?? ""]
    let after = try pages.position(
      in: request.pageToken, parts: 2, method: context.method, tenant: tenant, filters: filters)
    let (calls, next) = try await store.list(
      bot: bot, after: after, limit: size, in: tenant, context)
    return ListCallsResponse(
      calls: calls,
      nextPageToken: next.map {
        pages.token(after: $0, method: context.method, tenant: tenant, filters: filters)
      } ?? "")
  }

  package func getCall(
    _ request: GetCallRequest, context: ServerContext
  ) async throws(RPCError) -> Call {
    let id = try Violations.requireID(request.callID, "call_id", of: CallKind.self)
    return try await store.call(id, in: context.tenant(), context)
  }
}
