private import Synchronization
private import Telemetry

/// Calls a router of the same process: no socket, and the same interceptors as every other door.
///
/// ```swift
/// let mappings = MappingServiceClient(InProcessTransport(router: router) { context in
///   context[CallerKey.self] = .internalService
/// })
/// ```
public struct InProcessTransport: ClientTransport {
  private let router: Router
  private let prepare: @Sendable (inout ServerContext) -> Void

  /// A transport to `router`; `prepare` sees the context of every call before it runs.
  public init(
    router: Router, prepare: @escaping @Sendable (_ context: inout ServerContext) -> Void = { _ in }
  ) {
    self.router = router
    self.prepare = prepare
  }

  /// Runs the handler within the caller's task, unless there is a deadline to watch.
  public func unary(
    path: String, message: [UInt8], options: CallOptions
  ) async throws(RPCError) -> [UInt8] {
    let (method, context) = try start(path, options)
    switch method.kind {
    case .unary:
      return try await router.serveUnary(method, message: message, context: context)
    case .serverStreaming, .clientStreaming, .bidirectional:
      throw RPCError(.unimplemented, "\(path) is not unary", reason: "STREAMING_NOT_SUPPORTED")
    }
  }

  /// Runs the handler beside `body`.
  public func withStream<Result: Sendable>(
    path: String, options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    let (method, context) = try start(path, options)
    let stream = InProcessStream(metadata: context.responseMetadata)
    let router = router
    let result = await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do throws(RPCError) {
          try await router.serve(method, stream: stream.server, context: context)
          stream.responses.finish()
        } catch {
          stream.responses.finish(error)
        }
        stream.requests.close()
      }
      let result: Swift.Result<Result, RPCError>
      do throws(RPCError) {
        result = .success(try await body(stream))
      } catch {
        result = .failure(error)
      }
      stream.requests.finish()
      stream.responses.close()
      group.cancelAll()
      return result
    }
    return try result.get()
  }

  private func start(
    _ path: String, _ options: CallOptions
  ) throws(RPCError) -> (RegisteredMethod, ServerContext) {
    guard let method = router.method(path: path) else { throw router.unknownMethod(path: path) }
    var context = ServerContext(
      method: method.reference, metadata: options.metadata,
      deadline: options.effectiveDeadline.map { Moment($0) },
      peer: "in-process", door: .inProcess,
      requestID: RequestID.offered(options.metadata["x-request-id"]),
      responseMetadata: options.responseMetadata ?? ResponseMetadata())
    prepare(&context)
    return (method, context)
  }
}

/// Both directions of a call within the process.
private final class InProcessStream: ClientStream {
  let requests = MessagePipe()
  let responses = MessagePipe()
  private let metadata: ResponseMetadata
  private let reading = Mutex(Reading())

  /// What the receiving task keeps.
  private struct Reading {
    /// A response that was read only to see that the metadata is complete.
    var peeked: [UInt8]?
    /// A response has been read, or the end: the metadata is complete.
    var hasBegun = false
    /// The call has ended and everything is read.
    var hasEnded = false
  }

  init(metadata: ResponseMetadata) { self.metadata = metadata }

  var server: Server { Server(self) }

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) -> Bool {
    if try await requests.send(message) { return true }
    if let failure = responses.failure { throw failure }
    return false
  }

  func finishSending() async throws(RPCError) { requests.finish() }

  func receive() async throws(RPCError) -> [UInt8]? {
    if let message = reading.withLock({ $0.peeked.take() }) { return message }
    do {
      let message = try await responses.receive()
      reading.withLock { reading in
        reading.hasBegun = true
        if message == nil { reading.hasEnded = true }
      }
      return message
    } catch {
      reading.withLock { $0.hasEnded = true }
      throw error
    }
  }

  func initialMetadata() async throws(RPCError) -> Metadata {
    if reading.withLock({ !$0.hasBegun }), let message = try await receive() {
      reading.withLock { $0.peeked = message }
    }
    return metadata.initial
  }

  func trailingMetadata() async -> Metadata {
    reading.withLock { $0.hasEnded } ? metadata.trailing : Metadata()
  }

  func cancel() async {
    requests.finish()
    responses.finish(.cancelled)
  }

  /// The other end.
  final class Server: CallStream {
    private let stream: InProcessStream

    init(_ stream: InProcessStream) { self.stream = stream }

    func nextMessage() async throws(RPCError) -> [UInt8]? { try await stream.requests.receive() }

    func send(_ message: [UInt8]) async throws(RPCError) {
      // Whoever closes the pipe cancels the handler as well.
      _ = try await stream.responses.send(message)
    }
  }
}
