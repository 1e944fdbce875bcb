// Generated from klinke/usage/v1/usage_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Shows what a tenant has used.
public protocol UsageService: RPCService {
  /// Adds up usage by month and bot. Months are those of the tenant's time zone.
  func getUsageSummary(
    _ request: GetUsageSummaryRequest, context: ServerContext
  ) async throws(RPCError) -> GetUsageSummaryResponse

  /// Lists usage events, newest first.
  func listUsageEvents(
    _ request: ListUsageEventsRequest, context: ServerContext
  ) async throws(RPCError) -> ListUsageEventsResponse
}

extension UsageService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: UsageServiceMethods.getUsageSummary) {
      (request, context) async throws(RPCError) in
      try await getUsageSummary(
        GetUsageSummaryRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: UsageServiceMethods.listUsageEvents) {
      (request, context) async throws(RPCError) in
      try await listUsageEvents(
        ListUsageEventsRequest(request: request), context: context
      ).responseBytes()
    }
  }
}

/// Calls ``UsageService`` over any transport.
public struct UsageServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Adds up usage by month and bot. Months are those of the tenant's time zone.
  public func getUsageSummary(
    _ request: GetUsageSummaryRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> GetUsageSummaryResponse {
    try await transport.unary(UsageServiceMethods.getUsageSummary, request, options: options)
  }

  /// Lists usage events, newest first.
  public func listUsageEvents(
    _ request: ListUsageEventsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListUsageEventsResponse {
    try await transport.unary(UsageServiceMethods.listUsageEvents, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``UsageService``.
public enum UsageServiceMethods {
  public static let getUsageSummary = MethodDescriptor<GetUsageSummaryRequest, GetUsageSummaryResponse>(
    MethodInfo(
      service: "klinke.usage.v1.UsageService", name: "GetUsageSummary",
      kind: .unary,
      requestType: "klinke.usage.v1.GetUsageSummaryRequest",
      responseType: "klinke.usage.v1.GetUsageSummaryResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/usage/summary")]
    ))

  public static let listUsageEvents = MethodDescriptor<ListUsageEventsRequest, ListUsageEventsResponse>(
    MethodInfo(
      service: "klinke.usage.v1.UsageService", name: "ListUsageEvents",
      kind: .unary,
      requestType: "klinke.usage.v1.ListUsageEventsRequest",
      responseType: "klinke.usage.v1.ListUsageEventsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/usage/events")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [getUsageSummary.info, listUsageEvents.info]
}
