// Generated from grpc/reflection/v1/reflection.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Describes the services of the server.
public protocol ServerReflection: RPCService {
  /// Answers each request in turn.
  func serverReflectionInfo(
    requests: RequestStream<ServerReflectionRequest>,
    responses: ResponseWriter<ServerReflectionResponse>,
    context: ServerContext
  ) async throws(RPCError)
}

extension ServerReflection {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.bidirectional(ServerReflectionMethods.serverReflectionInfo) {
      (requests, responses, context) async throws(RPCError) in
      try await serverReflectionInfo(requests: requests, responses: responses, context: context)
    }
  }
}

/// Calls ``ServerReflection`` over any transport.
public struct ServerReflectionClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Answers each request in turn.
  public func serverReflectionInfo<Result: Sendable>(
    options: CallOptions = .init(),
    _ body: (RequestWriter<ServerReflectionRequest>, ResponseStream<ServerReflectionResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      ServerReflectionMethods.serverReflectionInfo, options: options, body
    )
  }

  /// ``serverReflectionInfo(options:_:)`` with `send` beside `receive`.
  public func serverReflectionInfo<Result: Sendable>(
    options: CallOptions = .init(),
    send: @escaping @Sendable (RequestWriter<ServerReflectionRequest>) async throws(RPCError) -> Void,
    receive: (ResponseStream<ServerReflectionResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      ServerReflectionMethods.serverReflectionInfo, options: options, send: send, receive: receive
    )
  }
}

// MARK: - Method table

/// The methods of ``ServerReflection``.
public enum ServerReflectionMethods {
  public static let serverReflectionInfo = MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse>(
    MethodInfo(
      service: "grpc.reflection.v1.ServerReflection", name: "ServerReflectionInfo",
      kind: .bidirectional,
      requestType: "grpc.reflection.v1.ServerReflectionRequest",
      responseType: "grpc.reflection.v1.ServerReflectionResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [serverReflectionInfo.info]
}
