// Generated from grpc/testing/test.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Calls of every kind.
public protocol TestService: RPCService {
  /// Answers nothing to nothing.
  func emptyCall(_ request: Nothing, context: ServerContext) async throws(RPCError) -> Nothing

  /// Answers once.
  func unaryCall(
    _ request: SimpleRequest, context: ServerContext
  ) async throws(RPCError) -> SimpleResponse

  /// Answers once, and the same again.
  func cacheableUnaryCall(
    _ request: SimpleRequest, context: ServerContext
  ) async throws(RPCError) -> SimpleResponse

  /// Answers one request many times.
  func streamingOutputCall(
    _ request: StreamingOutputCallRequest,
    responses: ResponseWriter<StreamingOutputCallResponse>,
    context: ServerContext
  ) async throws(RPCError)

  /// Sums up what comes.
  func streamingInputCall(
    requests: RequestStream<StreamingInputCallRequest>, context: ServerContext
  ) async throws(RPCError) -> StreamingInputCallResponse

  /// Answers each request as it comes.
  func fullDuplexCall(
    requests: RequestStream<StreamingOutputCallRequest>,
    responses: ResponseWriter<StreamingOutputCallResponse>,
    context: ServerContext
  ) async throws(RPCError)

  /// Answers all requests when the last has come.
  func halfDuplexCall(
    requests: RequestStream<StreamingOutputCallRequest>,
    responses: ResponseWriter<StreamingOutputCallResponse>,
    context: ServerContext
  ) async throws(RPCError)

  /// Is not implemented by any server.
  func unimplementedCall(
    _ request: Nothing, context: ServerContext
  ) async throws(RPCError) -> Nothing
}

extension TestService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: TestServiceMethods.emptyCall) {
      (request, context) async throws(RPCError) in
      try await emptyCall(Nothing(request: request), context: context).responseBytes()
    }
    router.unary(encoded: TestServiceMethods.unaryCall) {
      (request, context) async throws(RPCError) in
      try await unaryCall(SimpleRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: TestServiceMethods.cacheableUnaryCall) {
      (request, context) async throws(RPCError) in
      try await cacheableUnaryCall(
        SimpleRequest(request: request), context: context
      ).responseBytes()
    }
    router.serverStreaming(TestServiceMethods.streamingOutputCall) {
      (request, responses, context) async throws(RPCError) in
      try await streamingOutputCall(request, responses: responses, context: context)
    }
    router.clientStreaming(TestServiceMethods.streamingInputCall) {
      (requests, context) async throws(RPCError) in
      try await streamingInputCall(requests: requests, context: context)
    }
    router.bidirectional(TestServiceMethods.fullDuplexCall) {
      (requests, responses, context) async throws(RPCError) in
      try await fullDuplexCall(requests: requests, responses: responses, context: context)
    }
    router.bidirectional(TestServiceMethods.halfDuplexCall) {
      (requests, responses, context) async throws(RPCError) in
      try await halfDuplexCall(requests: requests, responses: responses, context: context)
    }
    router.unary(encoded: TestServiceMethods.unimplementedCall) {
      (request, context) async throws(RPCError) in
      try await unimplementedCall(Nothing(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``TestService`` over any transport.
public struct TestServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Answers nothing to nothing.
  public func emptyCall(
    _ request: Nothing, options: CallOptions = .init()
  ) async throws(RPCError) -> Nothing {
    try await transport.unary(TestServiceMethods.emptyCall, request, options: options)
  }

  /// Answers once.
  public func unaryCall(
    _ request: SimpleRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> SimpleResponse {
    try await transport.unary(TestServiceMethods.unaryCall, request, options: options)
  }

  /// Answers once, and the same again.
  public func cacheableUnaryCall(
    _ request: SimpleRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> SimpleResponse {
    try await transport.unary(TestServiceMethods.cacheableUnaryCall, request, options: options)
  }

  /// Answers one request many times.
  public func streamingOutputCall(
    _ request: StreamingOutputCallRequest,
    options: CallOptions = .init(),
    onResponse: (StreamingOutputCallResponse) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await transport.serverStreaming(
      TestServiceMethods.streamingOutputCall, request, options: options, onResponse: onResponse
    )
  }

  /// Sums up what comes.
  public func streamingInputCall(
    options: CallOptions = .init(),
    send: (RequestWriter<StreamingInputCallRequest>) async throws(RPCError) -> Void
  ) async throws(RPCError) -> StreamingInputCallResponse {
    try await transport.clientStreaming(
      TestServiceMethods.streamingInputCall, options: options, send: send
    )
  }

  /// Answers each request as it comes.
  public func fullDuplexCall<Result: Sendable>(
    options: CallOptions = .init(),
    _ body: (RequestWriter<StreamingOutputCallRequest>, ResponseStream<StreamingOutputCallResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(TestServiceMethods.fullDuplexCall, options: options, body)
  }

  /// ``fullDuplexCall(options:_:)`` with `send` beside `receive`.
  public func fullDuplexCall<Result: Sendable>(
    options: CallOptions = .init(),
    send: @escaping @Sendable (RequestWriter<StreamingOutputCallRequest>) async throws(RPCError) -> Void,
    receive: (ResponseStream<StreamingOutputCallResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      TestServiceMethods.fullDuplexCall, options: options, send: send, receive: receive
    )
  }

  /// Answers all requests when the last has come.
  public func halfDuplexCall<Result: Sendable>(
    options: CallOptions = .init(),
    _ body: (RequestWriter<StreamingOutputCallRequest>, ResponseStream<StreamingOutputCallResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(TestServiceMethods.halfDuplexCall, options: options, body)
  }

  /// ``halfDuplexCall(options:_:)`` with `send` beside `receive`.
  public func halfDuplexCall<Result: Sendable>(
    options: CallOptions = .init(),
    send: @escaping @Sendable (RequestWriter<StreamingOutputCallRequest>) async throws(RPCError) -> Void,
    receive: (ResponseStream<StreamingOutputCallResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      TestServiceMethods.halfDuplexCall, options: options, send: send, receive: receive
    )
  }

  /// Is not implemented by any server.
  public func unimplementedCall(
    _ request: Nothing, options: CallOptions = .init()
  ) async throws(RPCError) -> Nothing {
    try await transport.unary(TestServiceMethods.unimplementedCall, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``TestService``.
public enum TestServiceMethods {
  public static let emptyCall = MethodDescriptor<Nothing, Nothing>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "EmptyCall",
      kind: .unary,
      requestType: "grpc.testing.Empty",
      responseType: "grpc.testing.Empty",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let unaryCall = MethodDescriptor<SimpleRequest, SimpleResponse>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "UnaryCall",
      kind: .unary,
      requestType: "grpc.testing.SimpleRequest",
      responseType: "grpc.testing.SimpleResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let cacheableUnaryCall = MethodDescriptor<SimpleRequest, SimpleResponse>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "CacheableUnaryCall",
      kind: .unary,
      requestType: "grpc.testing.SimpleRequest",
      responseType: "grpc.testing.SimpleResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let streamingOutputCall = MethodDescriptor<StreamingOutputCallRequest, StreamingOutputCallResponse>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "StreamingOutputCall",
      kind: .serverStreaming,
      requestType: "grpc.testing.StreamingOutputCallRequest",
      responseType: "grpc.testing.StreamingOutputCallResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let streamingInputCall = MethodDescriptor<StreamingInputCallRequest, StreamingInputCallResponse>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "StreamingInputCall",
      kind: .clientStreaming,
      requestType: "grpc.testing.StreamingInputCallRequest",
      responseType: "grpc.testing.StreamingInputCallResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let fullDuplexCall = MethodDescriptor<StreamingOutputCallRequest, StreamingOutputCallResponse>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "FullDuplexCall",
      kind: .bidirectional,
      requestType: "grpc.testing.StreamingOutputCallRequest",
      responseType: "grpc.testing.StreamingOutputCallResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let halfDuplexCall = MethodDescriptor<StreamingOutputCallRequest, StreamingOutputCallResponse>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "HalfDuplexCall",
      kind: .bidirectional,
      requestType: "grpc.testing.StreamingOutputCallRequest",
      responseType: "grpc.testing.StreamingOutputCallResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let unimplementedCall = MethodDescriptor<Nothing, Nothing>(
    MethodInfo(
      service: "grpc.testing.TestService", name: "UnimplementedCall",
      kind: .unary,
      requestType: "grpc.testing.Empty",
      responseType: "grpc.testing.Empty",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    emptyCall.info,
    unaryCall.info,
    cacheableUnaryCall.info,
    streamingOutputCall.info,
    streamingInputCall.info,
    fullDuplexCall.info,
    halfDuplexCall.info,
    unimplementedCall.info
  ]
}
