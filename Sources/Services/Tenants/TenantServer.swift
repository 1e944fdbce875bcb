package import Platform
package import RPC
package import TenantAPI

/// Creates, reads and approves tenants.
package struct TenantServer: TenantService {
  private let store: TenantStore
  private let pages: PageTokens

  package init(database: TenantStore, pages: PageTokens) {
    store = database
    self.pages = pages
  }

  package func createTenant(
    _ request: CreateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    var request = request
    if request.defaultRegion.isEmpty { request.defaultRegion = "DE" }
    if request.timeZone.isEmpty { request.timeZone = "Europe/Berlin" }
    if request.locale.isEmpty { request.locale = "de-DE" }
    return try await store.create(request, context)
  }

  package func listTenants(
    _ request: ListTenantsRequest, context: ServerContext
  ) async throws(RPCError) -> ListTenantsResponse {
    let state: String?
    switch request.state {
    case .unspecified: state = nil
    case .pending, .approved, .rejected, .suspended, .unrecognized: state = request.state.word
    }
    let filters = [state ?? ""]
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: nil, filters: filters, context)
    let page = try await store.list(state: state, paging, context)
    return ListTenantsResponse(
      tenants: page.resources, nextPageToken: paging.token(of: page))
  }

  package func getTenant(
    _ request: GetTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    try await store.tenant(context.tenant(), context)
  }

  package func updateTenant(
    _ request: UpdateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    let tenant = try context.tenant()
    let new = request.tenant ?? Tenant()
    let mask = try UpdateMask(
      request.updateMask, field: "tenant",
      changeable: [
        ("display_name", !new.displayName.isEmpty), ("default_region", !new.defaultRegion.isEmpty),
        ("time_zone", !new.timeZone.isEmpty), ("locale", !new.locale.isEmpty),
        ("user_limit", new.userLimit != 0),
      ], outputOnly: ["tenant_id", "state", "create_time", "update_time", "etag"])
    // The declared rules know the values, but not which of them the mask names.
    var faults = Violations()
    faults.require(new.displayName, "tenant.display_name", if: mask.contains("display_name"))
    faults.require(new.defaultRegion, "tenant.default_region", if: mask.contains("default_region"))
    faults.require(new.locale, "tenant.locale", if: mask.contains("locale"))
    if mask.contains("user_limit") {
      faults.check(new.userLimit != 0, "tenant.user_limit", "must be 1 to 10000")
    }
    try faults.throwIfAny()
    if mask.contains("user_limit"), context.caller.boundTenant != nil {
      throw RPCError(
        .permissionDenied, "the user limit is changed by platform administrators only",
        reason: "FIELD_NOT_ALLOWED", metadata: ["field": "user_limit"])
    }
    return try await store.update(tenant, to: new, mask, etag: request.etag, context)
  }

  package func approveTenant(
    _ request: ApproveTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    try await store.move(context.tenant(), .approve, context)
  }

  package func suspendTenant(
    _ request: SuspendTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    context[AuditTrailKey.self]?.note(reason: request.reason)
    return try await store.move(context.tenant(), .suspend, context)
  }

  package func reactivateTenant(
    _ request: ReactivateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    try await store.move(context.tenant(), .reactivate, context)
  }
}
