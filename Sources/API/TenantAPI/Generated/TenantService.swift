// Generated from klinke/tenant/v1/tenant_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Creates, reads and approves tenants.
public protocol TenantService: RPCService {
  /// Creates a tenant in state pending.
  func createTenant(
    _ request: CreateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant

  /// Lists tenants, oldest first.
  func listTenants(
    _ request: ListTenantsRequest, context: ServerContext
  ) async throws(RPCError) -> ListTenantsResponse

  /// Returns one tenant.
  func getTenant(
    _ request: GetTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant

  /// Changes the settings of a tenant.
  func updateTenant(
    _ request: UpdateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant

  /// Lets a pending tenant use the platform. Approving an approved tenant changes nothing.
  func approveTenant(
    _ request: ApproveTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant

  /// Stops an approved tenant: its users and telephone numbers are refused from now on.
  func suspendTenant(
    _ request: SuspendTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant

  /// Lets a suspended tenant use the platform again.
  func reactivateTenant(
    _ request: ReactivateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant
}

extension TenantService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: TenantServiceMethods.createTenant) {
      (request, context) async throws(RPCError) in
      try await createTenant(
        CreateTenantRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: TenantServiceMethods.listTenants) {
      (request, context) async throws(RPCError) in
      try await listTenants(ListTenantsRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: TenantServiceMethods.getTenant) {
      (request, context) async throws(RPCError) in
      try await getTenant(GetTenantRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: TenantServiceMethods.updateTenant) {
      (request, context) async throws(RPCError) in
      try await updateTenant(
        UpdateTenantRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: TenantServiceMethods.approveTenant) {
      (request, context) async throws(RPCError) in
      try await approveTenant(
        ApproveTenantRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: TenantServiceMethods.suspendTenant) {
      (request, context) async throws(RPCError) in
      try await suspendTenant(
        SuspendTenantRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: TenantServiceMethods.reactivateTenant) {
      (request, context) async throws(RPCError) in
      try await reactivateTenant(
        ReactivateTenantRequest(request: request), context: context
      ).responseBytes()
    }
  }
}

/// Calls ``TenantService`` over any transport.
public struct TenantServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Creates a tenant in state pending.
  public func createTenant(
    _ request: CreateTenantRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Tenant {
    try await transport.unary(TenantServiceMethods.createTenant, request, options: options)
  }

  /// Lists tenants, oldest first.
  public func listTenants(
    _ request: ListTenantsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListTenantsResponse {
    try await transport.unary(TenantServiceMethods.listTenants, request, options: options)
  }

  /// Returns one tenant.
  public func getTenant(
    _ request: GetTenantRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Tenant {
    try await transport.unary(TenantServiceMethods.getTenant, request, options: options)
  }

  /// Changes the settings of a tenant.
  public func updateTenant(
    _ request: UpdateTenantRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Tenant {
    try await transport.unary(TenantServiceMethods.updateTenant, request, options: options)
  }

  /// Lets a pending tenant use the platform. Approving an approved tenant changes nothing.
  public func approveTenant(
    _ request: ApproveTenantRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Tenant {
    try await transport.unary(TenantServiceMethods.approveTenant, request, options: options)
  }

  /// Stops an approved tenant: its users and telephone numbers are refused from now on.
  public func suspendTenant(
    _ request: SuspendTenantRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Tenant {
    try await transport.unary(TenantServiceMethods.suspendTenant, request, options: options)
  }

  /// Lets a suspended tenant use the platform again.
  public func reactivateTenant(
    _ request: ReactivateTenantRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Tenant {
    try await transport.unary(TenantServiceMethods.reactivateTenant, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``TenantService``.
public enum TenantServiceMethods {
  public static let createTenant = MethodDescriptor<CreateTenantRequest, Tenant>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "CreateTenant",
      kind: .unary,
      requestType: "klinke.tenant.v1.CreateTenantRequest",
      responseType: "klinke.tenant.v1.Tenant",
      policy: MethodPolicy(access: .roles([.platformAdmin]), scope: .platform),
      audited: true,
      routes: [HTTPRoute(.post, "/api/tenants", body: .all)]
    ))

  public static let listTenants = MethodDescriptor<ListTenantsRequest, ListTenantsResponse>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "ListTenants",
      kind: .unary,
      requestType: "klinke.tenant.v1.ListTenantsRequest",
      responseType: "klinke.tenant.v1.ListTenantsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin]), scope: .platform),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/tenants")]
    ))

  public static let getTenant = MethodDescriptor<GetTenantRequest, Tenant>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "GetTenant",
      kind: .unary,
      requestType: "klinke.tenant.v1.GetTenantRequest",
      responseType: "klinke.tenant.v1.Tenant",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .internalService]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/tenants/{tenant_id}")]
    ))

  public static let updateTenant = MethodDescriptor<UpdateTenantRequest, Tenant>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "UpdateTenant",
      kind: .unary,
      requestType: "klinke.tenant.v1.UpdateTenantRequest",
      responseType: "klinke.tenant.v1.Tenant",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.patch, "/api/tenants/{tenant_id}", body: .field("tenant"))]
    ))

  public static let approveTenant = MethodDescriptor<ApproveTenantRequest, Tenant>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "ApproveTenant",
      kind: .unary,
      requestType: "klinke.tenant.v1.ApproveTenantRequest",
      responseType: "klinke.tenant.v1.Tenant",
      policy: MethodPolicy(access: .roles([.platformAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/api/tenants/{tenant_id}:approve", body: .all)]
    ))

  public static let suspendTenant = MethodDescriptor<SuspendTenantRequest, Tenant>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "SuspendTenant",
      kind: .unary,
      requestType: "klinke.tenant.v1.SuspendTenantRequest",
      responseType: "klinke.tenant.v1.Tenant",
      policy: MethodPolicy(access: .roles([.platformAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/api/tenants/{tenant_id}:suspend", body: .all)]
    ))

  public static let reactivateTenant = MethodDescriptor<ReactivateTenantRequest, Tenant>(
    MethodInfo(
      service: "klinke.tenant.v1.TenantService", name: "ReactivateTenant",
      kind: .unary,
      requestType: "klinke.tenant.v1.ReactivateTenantRequest",
      responseType: "klinke.tenant.v1.Tenant",
      policy: MethodPolicy(access: .roles([.platformAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/api/tenants/{tenant_id}:reactivate", body: .all)]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    createTenant.info,
    listTenants.info,
    getTenant.info,
    updateTenant.info,
    approveTenant.info,
    suspendTenant.info,
    reactivateTenant.info
  ]
}
