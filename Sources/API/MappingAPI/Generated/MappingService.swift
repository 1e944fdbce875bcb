// Generated from klinke/mapping/v1/mapping_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC
public import Wire

/// Maps telephone numbers to bots.
public protocol MappingService: RPCService {
  /// Maps a number to a bot. A number that already has an active mapping is refused.
  func createMapping(
    _ request: CreateMappingRequest, context: ServerContext
  ) async throws(RPCError) -> PhoneMapping

  /// Lists mappings, oldest first.
  func listMappings(
    _ request: ListMappingsRequest, context: ServerContext
  ) async throws(RPCError) -> ListMappingsResponse

  /// Returns one mapping.
  func getMapping(
    _ request: GetMappingRequest, context: ServerContext
  ) async throws(RPCError) -> PhoneMapping

  /// Changes bot, label or activity of a mapping. The number itself cannot change.
  func updateMapping(
    _ request: UpdateMappingRequest, context: ServerContext
  ) async throws(RPCError) -> PhoneMapping

  /// Deletes a mapping; calls to the number are refused from now on.
  func deleteMapping(
    _ request: DeleteMappingRequest, context: ServerContext
  ) async throws(RPCError) -> Empty

  /// Turns a number as people write it into E.164, or says why it is none.
  func normalizeNumber(
    _ request: NormalizeNumberRequest, context: ServerContext
  ) async throws(RPCError) -> NormalizeNumberResponse

  /// Tells which tenant and bot answer a number. NOT_FOUND when no active mapping exists.
  func resolveNumber(
    _ request: ResolveNumberRequest, context: ServerContext
  ) async throws(RPCError) -> ResolveNumberResponse
}

extension MappingService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: MappingServiceMethods.createMapping) {
      (request, context) async throws(RPCError) in
      try await createMapping(
        CreateMappingRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: MappingServiceMethods.listMappings) {
      (request, context) async throws(RPCError) in
      try await listMappings(
        ListMappingsRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: MappingServiceMethods.getMapping) {
      (request, context) async throws(RPCError) in
      try await getMapping(GetMappingRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: MappingServiceMethods.updateMapping) {
      (request, context) async throws(RPCError) in
      try await updateMapping(
        UpdateMappingRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: MappingServiceMethods.deleteMapping) {
      (request, context) async throws(RPCError) in
      try await deleteMapping(
        DeleteMappingRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: MappingServiceMethods.normalizeNumber) {
      (request, context) async throws(RPCError) in
      try await normalizeNumber(
        NormalizeNumberRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: MappingServiceMethods.resolveNumber) {
      (request, context) async throws(RPCError) in
      try await resolveNumber(
        ResolveNumberRequest(request: request), context: context
      ).responseBytes()
    }
  }
}

/// Calls ``MappingService`` over any transport.
public struct MappingServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Maps a number to a bot. A number that already has an active mapping is refused.
  public func createMapping(
    _ request: CreateMappingRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> PhoneMapping {
    try await transport.unary(MappingServiceMethods.createMapping, request, options: options)
  }

  /// Lists mappings, oldest first.
  public func listMappings(
    _ request: ListMappingsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListMappingsResponse {
    try await transport.unary(MappingServiceMethods.listMappings, request, options: options)
  }

  /// Returns one mapping.
  public func getMapping(
    _ request: GetMappingRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> PhoneMapping {
    try await transport.unary(MappingServiceMethods.getMapping, request, options: options)
  }

  /// Changes bot, label or activity of a mapping. The number itself cannot change.
  public func updateMapping(
    _ request: UpdateMappingRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> PhoneMapping {
    try await transport.unary(MappingServiceMethods.updateMapping, request, options: options)
  }

  /// Deletes a mapping; calls to the number are refused from now on.
  public func deleteMapping(
    _ request: DeleteMappingRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Empty {
    try await transport.unary(MappingServiceMethods.deleteMapping, request, options: options)
  }

  /// Turns a number as people write it into E.164, or says why it is none.
  public func normalizeNumber(
    _ request: NormalizeNumberRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> NormalizeNumberResponse {
    try await transport.unary(MappingServiceMethods.normalizeNumber, request, options: options)
  }

  /// Tells which tenant and bot answer a number. NOT_FOUND when no active mapping exists.
  public func resolveNumber(
    _ request: ResolveNumberRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ResolveNumberResponse {
    try await transport.unary(MappingServiceMethods.resolveNumber, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``MappingService``.
public enum MappingServiceMethods {
  public static let createMapping = MethodDescriptor<CreateMappingRequest, PhoneMapping>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "CreateMapping",
      kind: .unary,
      requestType: "klinke.mapping.v1.CreateMappingRequest",
      responseType: "klinke.mapping.v1.PhoneMapping",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/admin/phone-mappings", body: .all)]
    ))

  public static let listMappings = MethodDescriptor<ListMappingsRequest, ListMappingsResponse>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "ListMappings",
      kind: .unary,
      requestType: "klinke.mapping.v1.ListMappingsRequest",
      responseType: "klinke.mapping.v1.ListMappingsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/admin/phone-mappings")]
    ))

  public static let getMapping = MethodDescriptor<GetMappingRequest, PhoneMapping>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "GetMapping",
      kind: .unary,
      requestType: "klinke.mapping.v1.GetMappingRequest",
      responseType: "klinke.mapping.v1.PhoneMapping",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/admin/phone-mappings/{mapping_id}")]
    ))

  public static let updateMapping = MethodDescriptor<UpdateMappingRequest, PhoneMapping>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "UpdateMapping",
      kind: .unary,
      requestType: "klinke.mapping.v1.UpdateMappingRequest",
      responseType: "klinke.mapping.v1.PhoneMapping",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.patch, "/api/admin/phone-mappings/{mapping_id}", body: .field("mapping"))]
    ))

  public static let deleteMapping = MethodDescriptor<DeleteMappingRequest, Empty>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "DeleteMapping",
      kind: .unary,
      requestType: "klinke.mapping.v1.DeleteMappingRequest",
      responseType: "google.protobuf.Empty",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.delete, "/api/admin/phone-mappings/{mapping_id}")]
    ))

  public static let normalizeNumber = MethodDescriptor<NormalizeNumberRequest, NormalizeNumberResponse>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "NormalizeNumber",
      kind: .unary,
      requestType: "klinke.mapping.v1.NormalizeNumberRequest",
      responseType: "klinke.mapping.v1.NormalizeNumberResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser]), scope: .platform),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.post, "/api/phone-numbers:normalize", body: .all)]
    ))

  public static let resolveNumber = MethodDescriptor<ResolveNumberRequest, ResolveNumberResponse>(
    MethodInfo(
      service: "klinke.mapping.v1.MappingService", name: "ResolveNumber",
      kind: .unary,
      requestType: "klinke.mapping.v1.ResolveNumberRequest",
      responseType: "klinke.mapping.v1.ResolveNumberResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/admin/phone-mappings:resolve")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    createMapping.info,
    listMappings.info,
    getMapping.info,
    updateMapping.info,
    deleteMapping.info,
    normalizeNumber.info,
    resolveNumber.info
  ]
}
