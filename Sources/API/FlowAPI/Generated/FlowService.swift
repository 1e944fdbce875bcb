// Generated from klinke/flow/v1/flow_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Edits, stages and publishes flows.
public protocol FlowService: RPCService {
  /// Creates the flow of a bot, without a version.
  func createFlow(
    _ request: CreateFlowRequest, context: ServerContext
  ) async throws(RPCError) -> Flow

  /// Lists flows, oldest first.
  func listFlows(
    _ request: ListFlowsRequest, context: ServerContext
  ) async throws(RPCError) -> ListFlowsResponse

  /// Returns one flow.
  func getFlow(_ request: GetFlowRequest, context: ServerContext) async throws(RPCError) -> Flow

  /// Saves the graph as the flow's draft; the first save after staging begins a new version.
  ///
  /// A graph that breaks a rule is refused with one violation for each fault and where it is.
  func saveDraft(
    _ request: SaveDraftRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion

  /// Lists the versions of a flow, newest first, without their graphs.
  func listVersions(
    _ request: ListVersionsRequest, context: ServerContext
  ) async throws(RPCError) -> ListVersionsResponse

  /// Returns one version with its graph.
  func getVersion(
    _ request: GetVersionRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion

  /// Fixes a draft so that it can be published; the version staged before is archived.
  func stageVersion(
    _ request: StageVersionRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion

  /// Makes a staged version the one that answers calls; the version live before is archived.
  ///
  /// Refused with FAILED_PRECONDITION while the bot's system prompt is empty.
  func publishVersion(
    _ request: PublishVersionRequest, context: ServerContext
  ) async throws(RPCError) -> FlowVersion

  /// Returns the live version of a bot's flow, for the call runtime. NOT_FOUND when none is live.
  func getLiveVersion(
    _ request: GetLiveVersionRequest, context: ServerContext
  ) async throws(RPCError) -> GetLiveVersionResponse
}

extension FlowService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: FlowServiceMethods.createFlow) {
      (request, context) async throws(RPCError) in
      try await createFlow(CreateFlowRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.listFlows) {
      (request, context) async throws(RPCError) in
      try await listFlows(ListFlowsRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.getFlow) {
      (request, context) async throws(RPCError) in
      try await getFlow(GetFlowRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.saveDraft) {
      (request, context) async throws(RPCError) in
      try await saveDraft(SaveDraftRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.listVersions) {
      (request, context) async throws(RPCError) in
      try await listVersions(
        ListVersionsRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.getVersion) {
      (request, context) async throws(RPCError) in
      try await getVersion(GetVersionRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.stageVersion) {
      (request, context) async throws(RPCError) in
      try await stageVersion(
        StageVersionRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.publishVersion) {
      (request, context) async throws(RPCError) in
      try await publishVersion(
        PublishVersionRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: FlowServiceMethods.getLiveVersion) {
      (request, context) async throws(RPCError) in
      try await getLiveVersion(
        GetLiveVersionRequest(request: request), context: context
      ).responseBytes()
    }
  }
}

/// Calls ``FlowService`` over any transport.
public struct FlowServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Creates the flow of a bot, without a version.
  public func createFlow(
    _ request: CreateFlowRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Flow {
    try await transport.unary(FlowServiceMethods.createFlow, request, options: options)
  }

  /// Lists flows, oldest first.
  public func listFlows(
    _ request: ListFlowsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListFlowsResponse {
    try await transport.unary(FlowServiceMethods.listFlows, request, options: options)
  }

  /// Returns one flow.
  public func getFlow(
    _ request: GetFlowRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Flow {
    try await transport.unary(FlowServiceMethods.getFlow, request, options: options)
  }

  /// Saves the graph as the flow's draft; the first save after staging begins a new version.
  ///
  /// A graph that breaks a rule is refused with one violation for each fault and where it is.
  public func saveDraft(
    _ request: SaveDraftRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> FlowVersion {
    try await transport.unary(FlowServiceMethods.saveDraft, request, options: options)
  }

  /// Lists the versions of a flow, newest first, without their graphs.
  public func listVersions(
    _ request: ListVersionsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListVersionsResponse {
    try await transport.unary(FlowServiceMethods.listVersions, request, options: options)
  }

  /// Returns one version with its graph.
  public func getVersion(
    _ request: GetVersionRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> FlowVersion {
    try await transport.unary(FlowServiceMethods.getVersion, request, options: options)
  }

  /// Fixes a draft so that it can be published; the version staged before is archived.
  public func stageVersion(
    _ request: StageVersionRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> FlowVersion {
    try await transport.unary(FlowServiceMethods.stageVersion, request, options: options)
  }

  /// Makes a staged version the one that answers calls; the version live before is archived.
  ///
  /// Refused with FAILED_PRECONDITION while the bot's system prompt is empty.
  public func publishVersion(
    _ request: PublishVersionRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> FlowVersion {
    try await transport.unary(FlowServiceMethods.publishVersion, request, options: options)
  }

  /// Returns the live version of a bot's flow, for the call runtime. NOT_FOUND when none is live.
  public func getLiveVersion(
    _ request: GetLiveVersionRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> GetLiveVersionResponse {
    try await transport.unary(FlowServiceMethods.getLiveVersion, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``FlowService``.
public enum FlowServiceMethods {
  public static let createFlow = MethodDescriptor<CreateFlowRequest, Flow>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "CreateFlow",
      kind: .unary,
      requestType: "klinke.flow.v1.CreateFlowRequest",
      responseType: "klinke.flow.v1.Flow",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/flows", body: .all)]
    ))

  public static let listFlows = MethodDescriptor<ListFlowsRequest, ListFlowsResponse>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "ListFlows",
      kind: .unary,
      requestType: "klinke.flow.v1.ListFlowsRequest",
      responseType: "klinke.flow.v1.ListFlowsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/flows")]
    ))

  public static let getFlow = MethodDescriptor<GetFlowRequest, Flow>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "GetFlow",
      kind: .unary,
      requestType: "klinke.flow.v1.GetFlowRequest",
      responseType: "klinke.flow.v1.Flow",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/flows/{flow_id}")]
    ))

  public static let saveDraft = MethodDescriptor<SaveDraftRequest, FlowVersion>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "SaveDraft",
      kind: .unary,
      requestType: "klinke.flow.v1.SaveDraftRequest",
      responseType: "klinke.flow.v1.FlowVersion",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.put, "/api/flows/{flow_id}/draft", body: .all)]
    ))

  public static let listVersions = MethodDescriptor<ListVersionsRequest, ListVersionsResponse>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "ListVersions",
      kind: .unary,
      requestType: "klinke.flow.v1.ListVersionsRequest",
      responseType: "klinke.flow.v1.ListVersionsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/flows/{flow_id}/versions")]
    ))

  public static let getVersion = MethodDescriptor<GetVersionRequest, FlowVersion>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "GetVersion",
      kind: .unary,
      requestType: "klinke.flow.v1.GetVersionRequest",
      responseType: "klinke.flow.v1.FlowVersion",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/flows/{flow_id}/versions/{version}")]
    ))

  public static let stageVersion = MethodDescriptor<StageVersionRequest, FlowVersion>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "StageVersion",
      kind: .unary,
      requestType: "klinke.flow.v1.StageVersionRequest",
      responseType: "klinke.flow.v1.FlowVersion",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/flows/{flow_id}/versions/{version}:stage", body: .all)]
    ))

  public static let publishVersion = MethodDescriptor<PublishVersionRequest, FlowVersion>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "PublishVersion",
      kind: .unary,
      requestType: "klinke.flow.v1.PublishVersionRequest",
      responseType: "klinke.flow.v1.FlowVersion",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/flows/{flow_id}/versions/{version}:publish", body: .all)]
    ))

  public static let getLiveVersion = MethodDescriptor<GetLiveVersionRequest, GetLiveVersionResponse>(
    MethodInfo(
      service: "klinke.flow.v1.FlowService", name: "GetLiveVersion",
      kind: .unary,
      requestType: "klinke.flow.v1.GetLiveVersionRequest",
      responseType: "klinke.flow.v1.GetLiveVersionResponse",
      policy: MethodPolicy(access: .roles([.internalService]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    createFlow.info,
    listFlows.info,
    getFlow.info,
    saveDraft.info,
    listVersions.info,
    getVersion.info,
    stageVersion.info,
    publishVersion.info,
    getLiveVersion.info
  ]
}
