// Generated from grpc/reflection/v1alpha/reflection.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Describes the services of the server.
public protocol AlphaServerReflection: RPCService {
  /// Answers each request in turn.
  func serverReflectionInfo(
    requests: RequestStream<AlphaServerReflectionRequest>,
    responses: ResponseWriter<AlphaServerReflectionResponse>,
    context: ServerContext
  ) async throws(RPCError)
}

extension AlphaServerReflection {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.bidirectional(AlphaServerReflectionMethods.serverReflectionInfo) {
      (requests, responses, context) async throws(RPCError) in
      try await serverReflectionInfo(requests: requests, responses: responses, context: context)
    }
  }
}

/// Calls ``AlphaServerReflection`` over any transport.
public struct AlphaServerReflectionClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Answers each request in turn.
  public func serverReflectionInfo<Result: Sendable>(
    options: CallOptions = .init(),
    _ body: (RequestWriter<AlphaServerReflectionRequest>, ResponseStream<AlphaServerReflectionResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      AlphaServerReflectionMethods.serverReflectionInfo, options: options, body
    )
  }

  /// ``serverReflectionInfo(options:_:)`` with `send` beside `receive`.
  public func serverReflectionInfo<Result: Sendable>(
    options: CallOptions = .init(),
    send: @escaping @Sendable (RequestWriter<AlphaServerReflectionRequest>) async throws(RPCError) -> Void,
    receive: (ResponseStream<AlphaServerReflectionResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      AlphaServerReflectionMethods.serverReflectionInfo,
      options: options, send: send, receive: receive
    )
  }
}

// MARK: - Method table

/// The methods of ``AlphaServerReflection``.
public enum AlphaServerReflectionMethods {
  public static let serverReflectionInfo = MethodDescriptor<AlphaServerReflectionRequest, AlphaServerReflectionResponse>(
    MethodInfo(
      service: "grpc.reflection.v1alpha.ServerReflection", name: "ServerReflectionInfo",
      kind: .bidirectional,
      requestType: "grpc.reflection.v1alpha.ServerReflectionRequest",
      responseType: "grpc.reflection.v1alpha.ServerReflectionResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [serverReflectionInfo.info]
}
