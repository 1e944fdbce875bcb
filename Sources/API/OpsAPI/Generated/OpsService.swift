// Generated from klinke/ops/v1/ops_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Tells how the platform is doing.
public protocol OpsService: RPCService {
  /// Says of each dependency whether it works: `operational`, `degraded`, `down`, or `disabled` when
  /// it is not configured.
  func getHealth(
    _ request: GetHealthRequest, context: ServerContext
  ) async throws(RPCError) -> GetHealthResponse
}

extension OpsService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: OpsServiceMethods.getHealth) {
      (request, context) async throws(RPCError) in
      try await getHealth(GetHealthRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``OpsService`` over any transport.
public struct OpsServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Says of each dependency whether it works: `operational`, `degraded`, `down`, or `disabled` when
  /// it is not configured.
  public func getHealth(
    _ request: GetHealthRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> GetHealthResponse {
    try await transport.unary(OpsServiceMethods.getHealth, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``OpsService``.
public enum OpsServiceMethods {
  public static let getHealth = MethodDescriptor<GetHealthRequest, GetHealthResponse>(
    MethodInfo(
      service: "klinke.ops.v1.OpsService", name: "GetHealth",
      kind: .unary,
      requestType: "klinke.ops.v1.GetHealthRequest",
      responseType: "klinke.ops.v1.GetHealthResponse",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/health")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [getHealth.info]
}
