package import AuditAPI
package import Platform
package import RPC

/// Shows who did what.
package struct AuditServer: AuditService {
  private let store: AuditStore
  private let pages: PageTokens

  package init(store: AuditStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func listAuditEvents(
    _ request: ListAuditEventsRequest, context: ServerContext
  ) async throws(RPCError) -> ListAuditEventsResponse {
    let tenant = try context.tenant()
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, context)
    let page = try await store.list(paging, in: tenant, context)
    return ListAuditEventsResponse(
      events: page.resources, nextPageToken: paging.token(of: page))
  }
}
