package import FlowAPI
package import Platform
package import RPC

/// Edits, stages and publishes flows.
package struct FlowServer: FlowService {
  private let store: FlowStore
  private let pages: PageTokens

  package init(store: FlowStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func createFlow(
    _ request: CreateFlowRequest, context: ServerContext
  ) async throws(RPCError) -> Flow {
    let tenant = try context.tenant()
    let bot = try BotID(checked: request.botID)
    return try await store.create(request, bot, in: tenant, context)
  }

  package func listFlows(
    _ request: ListFlowsRequest, context: ServerContext
  ) async throws(RPCError) -> ListFlowsResponse {
    let tenant = try context.tenant()
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, context)
    let page = try await store.list(paging, in: tenant, context)
    return ListFlowsResponse(
      flows: page.resources, nextPageToken: paging.token(of: page))
  }

  package func getFlow(
    _ request: GetFlowRequest, context: ServerContext
  ) async throws(RPCError) -> Flow {
    let id = try FlowID(checked: request.flowID)
    return try await store.flow(id, in: context.tenant(), context)
  }

  package func saveDraft(
    _ request: SaveDraftRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    let tenant = try context.tenant()
    let id = try FlowID(checked: request.flowID)
    let graph = request.graph ?? FlowGraph()
    try GraphRules.faults(in: graph).throwIfAny()
    return try await store.saveDraft(graph, of: id, etag: request.etag, in: tenant, context)
  }

  package func listVersions(
    _ request: ListVersionsRequest, context: ServerContext
  ) async throws(RPCError) -> ListVersionsResponse {
    let tenant = try context.tenant()
    let id = try FlowID(checked: request.flowID)
    let filters = [id.text]
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, filters: filters, context)
    let page = try await store.versions(
      of: id, paging, in: tenant, context)
    return ListVersionsResponse(
      versions: page.resources, nextPageToken: paging.token(of: page))
  }

  package func getVersion(
    _ request: GetVersionRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    let id = try FlowID(checked: request.flowID)
    return try await store.version(Int(request.version), of: id, in: context.tenant(), context)
  }

  package func stageVersion(
    _ request: StageVersionRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    let id = try FlowID(checked: request.flowID)
    return try await store.stage(Int(request.version), of: id, in: context.tenant(), context)
  }

  package func publishVersion(
    _ request: PublishVersionRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion {
    let id = try FlowID(checked: request.flowID)
    return try await store.publish(Int(request.version), of: id, in: context.tenant(), context)
  }

  package func getLiveVersion(
    _ request: GetLiveVersionRequest, context: ServerContext
  ) async throws(RPCError) -> GetLiveVersionResponse {
    let tenant = try context.tenant()
    let bot = try BotID(checked: request.botID)
    return try await store.live(of: bot, version: Int(request.version), in: tenant, context)
  }
}
