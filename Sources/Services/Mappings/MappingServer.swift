package import MappingAPI
package import Platform
package import RPC
package import TenantAPI
package import Wire

/// Maps telephone numbers to bots.
package struct MappingServer: MappingService {
  private let store: MappingStore
  private let pages: PageTokens
  private let tenants: TenantServiceClient<InProcessTransport>

  /// - Parameter tenants: tells the region that a tenant's national numbers are read in.
  package init(
    store: MappingStore, pages: PageTokens, tenants: TenantServiceClient<InProcessTransport>
  ) {
    self.store = store
    self.pages = pages
    self.tenants = tenants
  }

  package func createMapping(
    _ request: CreateMappingRequest, context: ServerContext
  ) async throws(RPCError) -> PhoneMapping {
    let tenant = try context.tenant()
    let bot = try BotID(checked: request.botID)
    let region: String
    if request.region.isEmpty {
      region = try await tenants.getTenant(
        GetTenantRequest(tenantID: tenant.text),
        options: context.callOptions
      ).defaultRegion
    } else {
      region = request.region
    }
    let number = try PhoneNumber(
      request.number, region: region, mustMatch: !request.region.isEmpty)
    return try await store.create(request, bot, number, in: tenant, context)
  }

  package func listMappings(
    _ request: ListMappingsRequest, context: ServerContext
  ) async throws(RPCError) -> ListMappingsResponse {
    let tenant = try context.tenant()
    let bot = try BotID.ifSet(request.botID)
    let filters = [bot?.text ?? ""]
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, filters: filters, context)
    let page = try await store.list(
      bot: bot, paging, in: tenant, context)
    return ListMappingsResponse(
      mappings: page.resources, nextPageToken: paging.token(of: page))
  }

  package func getMapping(
    _ request: GetMappingRequest, context: ServerContext
  ) async throws(RPCError) -> PhoneMapping {
    let id = try MappingID(checked: request.mappingID)
    return try await store.mapping(id, in: context.tenant(), context)
  }

  package func updateMapping(
    _ request: UpdateMappingRequest, context: ServerContext
  ) async throws(RPCError) -> PhoneMapping {
    let tenant = try context.tenant()
    let new = request.mapping ?? PhoneMapping()
    let id = try MappingID(checked: request.mappingID)
    let mask = try UpdateMask(
      request.updateMask, field: "mapping",
      changeable: [
        ("bot_id", !new.botID.isEmpty), ("label", !new.label.isEmpty), ("active", new.active),
      ],
      outputOnly: [
        "mapping_id", "tenant_id", "number", "raw_number", "region", "create_time", "update_time",
        "etag",
      ])
    var faults = Violations()
    let bot = mask.contains("bot_id") ? faults.id(new.botID, "mapping.bot_id") : nil as BotID?
    try faults.throwIfAny()
    return try await store.update(
      id,
      MappingStore.Update(
        bot: bot, label: mask.contains("label") ? new.label : nil,
        active: mask.contains("active") ? new.active : nil, etag: request.etag),
      in: tenant, context)
  }

  package func deleteMapping(
    _ request: DeleteMappingRequest, context: ServerContext
  ) async throws(RPCError) -> Empty {
    let id = try MappingID(checked: request.mappingID)
    try await store.delete(id, in: context.tenant(), context)
    return Empty()
  }

  package func normalizeNumber(
    _ request: NormalizeNumberRequest, context: ServerContext
  ) async throws(RPCError) -> NormalizeNumberResponse {
    let number = try PhoneNumber(
      request.number, region: request.region.isEmpty ? "DE" : request.region,
      mustMatch: !request.region.isEmpty)
    return NormalizeNumberResponse(
      number: number.e164, region: number.region, international: number.international,
      national: number.national)
  }

  package func resolveNumber(
    _ request: ResolveNumberRequest, context: ServerContext
  ) async throws(RPCError) -> ResolveNumberResponse {
    guard let found = try await store.resolve(request.number, context) else {
      throw RPCError(
        .notFound, "no active mapping for \(request.number)", reason: "NUMBER_NOT_MAPPED")
    }
    return found
  }
}

extension PhoneNumber {
  /// Reads the request's field `number`, or refuses the call with the reason.
  fileprivate init(_ text: String, region: String, mustMatch: Bool) throws(RPCError) {
    do throws(Refusal) {
      try self.init(parsing: text, region: region, mustMatch: mustMatch)
    } catch {
      var faults = Violations()
      if case .unknownRegion = error {
        faults.add(
          "region", "must be one of \(PhoneNumber.regions.joined(separator: ", "))",
          reason: error.reason)
      } else {
        faults.add("number", error.rule, reason: error.reason)
      }
      try faults.throwIfAny()
      throw RPCError(.internal, "unchecked number")
    }
  }
}
