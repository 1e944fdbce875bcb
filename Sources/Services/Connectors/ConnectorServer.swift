package import ConnectorAPI
package import Platform
package import RPC
package import Wire

/// Connects a tenant's own accounts at outside providers.
package struct ConnectorServer: ConnectorService {
  private let store: ConnectorStore
  private let pages: PageTokens

  package init(store: ConnectorStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func putCredentials(
    _ request: PutCredentialsRequest, context: ServerContext
  ) async throws(RPCError) -> Connector {
    let tenant = try context.tenant()
    switch request.credentials {
    case .twilio(let twilio)?:
      return try await store.put(
        provider: "twilio", account: twilio.accountSid, secret: twilio.authToken, in: tenant,
        context)
    case nil:
      // The declared rules ask for one.
      throw RPCError(
        .internal, "the call failed inside the platform", detail: "unchecked credentials")
    }
  }

  package func listConnectors(
    _ request: ListConnectorsRequest, context: ServerContext
  ) async throws(RPCError) -> ListConnectorsResponse {
    let tenant = try context.tenant()
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, context)
    let page = try await store.list(paging, in: tenant, context)
    return ListConnectorsResponse(
      connectors: page.resources, nextPageToken: paging.token(of: page))
  }

  package func disconnect(
    _ request: DisconnectRequest, context: ServerContext
  ) async throws(RPCError) -> Empty {
    let id = try ConnectorID(checked: request.connectorID)
    try await store.delete(id, in: context.tenant(), context)
    return Empty()
  }
}
