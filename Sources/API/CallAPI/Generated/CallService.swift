// Generated from klinke/call/v1/call_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Shows calls.
public protocol CallService: RPCService {
  /// Lists calls, newest first.
  func listCalls(
    _ request: ListCallsRequest, context: ServerContext
  ) async throws(RPCError) -> ListCallsResponse

  /// Returns one call with its events.
  func getCall(_ request: GetCallRequest, context: ServerContext) async throws(RPCError) -> Call
}

extension CallService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: CallServiceMethods.listCalls) {
      (request, context) async throws(RPCError) in
      try await listCalls(ListCallsRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: CallServiceMethods.getCall) {
      (request, context) async throws(RPCError) in
      try await getCall(GetCallRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``CallService`` over any transport.
public struct CallServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Lists calls, newest first.
  public func listCalls(
    _ request: ListCallsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListCallsResponse {
    try await transport.unary(CallServiceMethods.listCalls, request, options: options)
  }

  /// Returns one call with its events.
  public func getCall(
    _ request: GetCallRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Call {
    try await transport.unary(CallServiceMethods.getCall, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``CallService``.
public enum CallServiceMethods {
  public static let listCalls = MethodDescriptor<ListCallsRequest, ListCallsResponse>(
    MethodInfo(
      service: "klinke.call.v1.CallService", name: "ListCalls",
      kind: .unary,
      requestType: "klinke.call.v1.ListCallsRequest",
      responseType: "klinke.call.v1.ListCallsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/calls")]
    ))

  public static let getCall = MethodDescriptor<GetCallRequest, Call>(
    MethodInfo(
      service: "klinke.call.v1.CallService", name: "GetCall",
      kind: .unary,
      requestType: "klinke.call.v1.GetCallRequest",
      responseType: "klinke.call.v1.Call",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/calls/{call_id}")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [listCalls.info, getCall.info]
}
