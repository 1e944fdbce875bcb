// Generated from grpc/health/v1/health.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Tells whether the server and its services are ready.
public protocol Health: RPCService {
  /// Returns the state of one service, or NOT_FOUND.
  func check(
    _ request: HealthCheckRequest, context: ServerContext
  ) async throws(RPCError) -> HealthCheckResponse

  /// Returns the state of every service.
  func list(
    _ request: HealthListRequest, context: ServerContext
  ) async throws(RPCError) -> HealthListResponse

  /// Sends the state at once and again whenever it changes.
  func watch(
    _ request: HealthCheckRequest,
    responses: ResponseWriter<HealthCheckResponse>,
    context: ServerContext
  ) async throws(RPCError)
}

extension Health {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: HealthMethods.check) {
      (request, context) async throws(RPCError) in
      try await check(HealthCheckRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: HealthMethods.list) {
      (request, context) async throws(RPCError) in
      try await list(HealthListRequest(request: request), context: context).responseBytes()
    }
    router.serverStreaming(HealthMethods.watch) {
      (request, responses, context) async throws(RPCError) in
      try await watch(request, responses: responses, context: context)
    }
  }
}

/// Calls ``Health`` over any transport.
public struct HealthClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Returns the state of one service, or NOT_FOUND.
  public func check(
    _ request: HealthCheckRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> HealthCheckResponse {
    try await transport.unary(HealthMethods.check, request, options: options)
  }

  /// Returns the state of every service.
  public func list(
    _ request: HealthListRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> HealthListResponse {
    try await transport.unary(HealthMethods.list, request, options: options)
  }

  /// Sends the state at once and again whenever it changes.
  public func watch(
    _ request: HealthCheckRequest,
    options: CallOptions = .init(),
    onResponse: (HealthCheckResponse) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await transport.serverStreaming(
      HealthMethods.watch, request, options: options, onResponse: onResponse
    )
  }
}

// MARK: - Method table

/// The methods of ``Health``.
public enum HealthMethods {
  public static let check = MethodDescriptor<HealthCheckRequest, HealthCheckResponse>(
    MethodInfo(
      service: "grpc.health.v1.Health", name: "Check",
      kind: .unary,
      requestType: "grpc.health.v1.HealthCheckRequest",
      responseType: "grpc.health.v1.HealthCheckResponse",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects
    ))

  public static let list = MethodDescriptor<HealthListRequest, HealthListResponse>(
    MethodInfo(
      service: "grpc.health.v1.Health", name: "List",
      kind: .unary,
      requestType: "grpc.health.v1.HealthListRequest",
      responseType: "grpc.health.v1.HealthListResponse",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects
    ))

  public static let watch = MethodDescriptor<HealthCheckRequest, HealthCheckResponse>(
    MethodInfo(
      service: "grpc.health.v1.Health", name: "Watch",
      kind: .serverStreaming,
      requestType: "grpc.health.v1.HealthCheckRequest",
      responseType: "grpc.health.v1.HealthCheckResponse",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [check.info, list.info, watch.info]
}
