// Generated from echo.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Answers with what it is asked, in calls of every kind.
public protocol EchoService: RPCService {
  /// Returns the payload.
  func echo(_ request: EchoRequest, context: ServerContext) async throws(RPCError) -> EchoResponse

  /// Returns the payload many times.
  func `repeat`(
    _ request: RepeatRequest, responses: ResponseWriter<EchoResponse>, context: ServerContext
  ) async throws(RPCError)

  /// Counts the bytes of all payloads.
  func collect(
    requests: RequestStream<EchoRequest>, context: ServerContext
  ) async throws(RPCError) -> CollectResponse

  /// Returns each payload as it comes.
  func converse(
    requests: RequestStream<EchoRequest>,
    responses: ResponseWriter<EchoResponse>,
    context: ServerContext
  ) async throws(RPCError)
}

extension EchoService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: EchoServiceMethods.echo) {
      (request, context) async throws(RPCError) in
      try await echo(EchoRequest(request: request), context: context).responseBytes()
    }
    router.serverStreaming(EchoServiceMethods.`repeat`) {
      (request, responses, context) async throws(RPCError) in
      try await `repeat`(request, responses: responses, context: context)
    }
    router.clientStreaming(EchoServiceMethods.collect) {
      (requests, context) async throws(RPCError) in
      try await collect(requests: requests, context: context)
    }
    router.bidirectional(EchoServiceMethods.converse) {
      (requests, responses, context) async throws(RPCError) in
      try await converse(requests: requests, responses: responses, context: context)
    }
  }
}

/// Calls ``EchoService`` over any transport.
public struct EchoServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Returns the payload.
  public func echo(
    _ request: EchoRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> EchoResponse {
    try await transport.unary(EchoServiceMethods.echo, request, options: options)
  }

  /// Returns the payload many times.
  public func `repeat`(
    _ request: RepeatRequest,
    options: CallOptions = .init(),
    onResponse: (EchoResponse) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await transport.serverStreaming(
      EchoServiceMethods.`repeat`, request, options: options, onResponse: onResponse
    )
  }

  /// Counts the bytes of all payloads.
  public func collect(
    options: CallOptions = .init(),
    send: (RequestWriter<EchoRequest>) async throws(RPCError) -> Void
  ) async throws(RPCError) -> CollectResponse {
    try await transport.clientStreaming(EchoServiceMethods.collect, options: options, send: send)
  }

  /// Returns each payload as it comes.
  public func converse<Result: Sendable>(
    options: CallOptions = .init(),
    _ body: (RequestWriter<EchoRequest>, ResponseStream<EchoResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(EchoServiceMethods.converse, options: options, body)
  }

  /// ``converse(options:_:)`` with `send` beside `receive`.
  public func converse<Result: Sendable>(
    options: CallOptions = .init(),
    send: @escaping @Sendable (RequestWriter<EchoRequest>) async throws(RPCError) -> Void,
    receive: (ResponseStream<EchoResponse>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      EchoServiceMethods.converse, options: options, send: send, receive: receive
    )
  }
}

// MARK: - Method table

/// The methods of ``EchoService``.
public enum EchoServiceMethods {
  public static let echo = MethodDescriptor<EchoRequest, EchoResponse>(
    MethodInfo(
      service: "klinke.bench.v1.EchoService", name: "Echo",
      kind: .unary,
      requestType: "klinke.bench.v1.EchoRequest",
      responseType: "klinke.bench.v1.EchoResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let `repeat` = MethodDescriptor<RepeatRequest, EchoResponse>(
    MethodInfo(
      service: "klinke.bench.v1.EchoService", name: "Repeat",
      kind: .serverStreaming,
      requestType: "klinke.bench.v1.RepeatRequest",
      responseType: "klinke.bench.v1.EchoResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let collect = MethodDescriptor<EchoRequest, CollectResponse>(
    MethodInfo(
      service: "klinke.bench.v1.EchoService", name: "Collect",
      kind: .clientStreaming,
      requestType: "klinke.bench.v1.EchoRequest",
      responseType: "klinke.bench.v1.CollectResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let converse = MethodDescriptor<EchoRequest, EchoResponse>(
    MethodInfo(
      service: "klinke.bench.v1.EchoService", name: "Converse",
      kind: .bidirectional,
      requestType: "klinke.bench.v1.EchoRequest",
      responseType: "klinke.bench.v1.EchoResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [echo.info, `repeat`.info, collect.info, converse.info]
}
