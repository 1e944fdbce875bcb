// Generated from grpc/testing/test.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Is not implemented by any server.
public protocol UnimplementedService: RPCService {
  /// Is not implemented by any server.
  func unimplementedCall(
    _ request: Nothing, context: ServerContext
  ) async throws(RPCError) -> Nothing
}

extension UnimplementedService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: UnimplementedServiceMethods.unimplementedCall) {
      (request, context) async throws(RPCError) in
      try await unimplementedCall(Nothing(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``UnimplementedService`` over any transport.
public struct UnimplementedServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Is not implemented by any server.
  public func unimplementedCall(
    _ request: Nothing, options: CallOptions = .init()
  ) async throws(RPCError) -> Nothing {
    try await transport.unary(
      UnimplementedServiceMethods.unimplementedCall, request, options: options
    )
  }
}

// MARK: - Method table

/// The methods of ``UnimplementedService``.
public enum UnimplementedServiceMethods {
  public static let unimplementedCall = MethodDescriptor<Nothing, Nothing>(
    MethodInfo(
      service: "grpc.testing.UnimplementedService", name: "UnimplementedCall",
      kind: .unary,
      requestType: "grpc.testing.Empty",
      responseType: "grpc.testing.Empty",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [unimplementedCall.info]
}
