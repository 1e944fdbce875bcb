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
    let bot = try BotID.ifSet(request.botID)
    let filters = [bot?.text ?? ""]
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, filters: filters, context)
    let page = try await store.list(
      bot: bot, paging, in: tenant, context)
    return ListCallsResponse(
      calls: page.resources, nextPageToken: paging.token(of: page))
  }

  package func getCall(
    _ request: GetCallRequest, context: ServerContext
  ) async throws(RPCError) -> Call {
    let id = try CallID(checked: request.callID)
    return try await store.call(id, in: context.tenant(), context)
  }
}
