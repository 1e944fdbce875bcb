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
    var faults = Violations()
    TenantRules.check(displayName: request.displayName, &faults, path: "display_name")
    TenantRules.check(region: request.defaultRegion, &faults, path: "default_region")
    TenantRules.check(locale: request.locale, &faults, path: "locale")
    try faults.throwIfAny()
    return try await store.create(request, context)
  }

  package func listTenants(
    _ request: ListTenantsRequest, context: ServerContext
  ) async throws(RPCError) -> ListTenantsResponse {
    let state: String?
    switch request.state {
    case .unspecified: state = nil
    case .pending, .approved, .rejected, .suspended: state = request.state.word
    case .unrecognized:
      var faults = Violations()
      faults.add("state", "is no state that this server knows", reason: "ENUM")
      try faults.throwIfAny()
      state = nil
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
    var faults = Violations()
    if mask.contains("display_name") {
      TenantRules.check(displayName: new.displayName, &faults, path: "tenant.display_name")
    }
    if mask.contains("default_region") {
      TenantRules.check(region: new.defaultRegion, &faults, path: "tenant.default_region")
    }
    if mask.contains("locale") {
      TenantRules.check(locale: new.locale, &faults, path: "tenant.locale")
    }
    if mask.contains("user_limit") {
      TenantRules.check(userLimit: new.userLimit, &faults, path: "tenant.user_limit")
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
    var faults = Violations()
    faults.checkLength(request.reason, "reason", 0...TenantRules.reasonMax)
    try faults.throwIfAny()
    return try await store.move(context.tenant(), .suspend, context)
  }

  package func reactivateTenant(
    _ request: ReactivateTenantRequest, context: ServerContext
  ) async throws(RPCError) -> Tenant {
    try await store.move(context.tenant(), .reactivate, context)
  }
}
