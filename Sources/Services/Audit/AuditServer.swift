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
    let size = try PageSize.of(request.pageSize)
    let after = try pages.position(
      in: request.pageToken, parts: 2, method: context.method, tenant: tenant, filters: [])
    let (events, next) = try await store.list(after: after, limit: size, in: tenant, context)
    return ListAuditEventsResponse(
      events: events,
      nextPageToken: next.map {
        pages.token(after: $0, method: context.method, tenant: tenant, filters: [])
      } ?? "")
  }
}
