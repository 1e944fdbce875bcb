// Generated from klinke/audit/v1/audit_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Shows who did what.
public protocol AuditService: RPCService {
  /// Lists audit events of a tenant, newest first.
  func listAuditEvents(
    _ request: ListAuditEventsRequest, context: ServerContext
  ) async throws(RPCError) -> ListAuditEventsResponse
}

extension AuditService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: AuditServiceMethods.listAuditEvents) {
      (request, context) async throws(RPCError) in
      try await listAuditEvents(
        ListAuditEventsRequest(request: request), context: context
      ).responseBytes()
    }
  }
}

/// Calls ``AuditService`` over any transport.
public struct AuditServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Lists audit events of a tenant, newest first.
  public func listAuditEvents(
    _ request: ListAuditEventsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListAuditEventsResponse {
    try await transport.unary(AuditServiceMethods.listAuditEvents, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``AuditService``.
public enum AuditServiceMethods {
  public static let listAuditEvents = MethodDescriptor<ListAuditEventsRequest, ListAuditEventsResponse>(
    MethodInfo(
      service: "klinke.audit.v1.AuditService", name: "ListAuditEvents",
      kind: .unary,
      requestType: "klinke.audit.v1.ListAuditEventsRequest",
      responseType: "klinke.audit.v1.ListAuditEventsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/audit")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [listAuditEvents.info]
}
