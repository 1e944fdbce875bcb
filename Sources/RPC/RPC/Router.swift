public import Wire

/// Finds the handler of a method and runs it inside the interceptors.
///
/// Filled once by the generated `register(in:)` functions, then shared by every door.
public struct Router: Sendable {
  /// Around every call, the first outermost.
  let interceptors: [any ServerInterceptor]
  /// Those of them that look at each message of a stream of requests.
  let inspectors: [any RequestInspector]
  /// Measures every call, when set.
  package let telemetry: CallTelemetry?
  private var table = MethodTable()
  private var services: Set<String> = []

  /// All methods in the order of their registration.
  public private(set) var methods: [MethodInfo] = []

  /// A router without methods.
  public init(interceptors: [any ServerInterceptor] = []) {
    self.init(interceptors: interceptors, telemetry: nil)
  }

  /// A router without methods that measures and logs every call.
  package init(interceptors: [any ServerInterceptor], telemetry: CallTelemetry?) {
    self.interceptors = interceptors
    inspectors = interceptors.compactMap { $0 as? any RequestInspector }
    self.telemetry = telemetry
  }

  /// Registers a handler with one request and one response.
  ///
  /// Inlinable, so that decoding and encoding become one function that knows its types.
  @inlinable
  public mutating func unary<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>,
    _ handler:
      @escaping @Sendable (_ request: Request, _ context: ServerContext) async throws(RPCError)
      -> Response
  ) {
    unary(encoded: method) { (message, context) async throws(RPCError) -> [UInt8] in
      try await handler(Request(request: message), context).responseBytes()
    }
  }

  /// Registers a handler with one request and one response that decodes and encodes them itself.
  ///
  /// Generated code does, in one function with the call of the handler: a short call spends as much
  /// on a step between two functions that may wait as on either.
  public mutating func unary<Request: Message, Response: Message>(
    encoded method: MethodDescriptor<Request, Response>,
    _ handler:
      @escaping @Sendable (_ message: [UInt8], _ context: ServerContext) async throws(RPCError)
      -> [UInt8]
  ) {
    add(method.info, .unary(handler))
  }

  /// Registers a handler with one request and many responses.
  public mutating func serverStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>,
    _ handler:
      @escaping @Sendable (
        _ request: Request, _ responses: ResponseWriter<Response>, _ context: ServerContext
      ) async throws(RPCError) -> Void
  ) {
    let erased: RegisteredMethod.StreamHandler = {
      (message, stream, context) async throws(RPCError) -> [UInt8]? in
      try await handler(Request(request: message ?? []), ResponseWriter(stream), context)
      return nil
    }
    add(method.info, .stream(erased))
  }

  /// Registers a handler with many requests and one response.
  public mutating func clientStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>,
    _ handler:
      @escaping @Sendable (
        _ requests: RequestStream<Request>, _ context: ServerContext
      ) async throws(RPCError) -> Response
  ) {
    let erased: RegisteredMethod.StreamHandler = {
      (_, stream, context) async throws(RPCError) -> [UInt8]? in
      try await handler(RequestStream(stream), context).wireBytes()
    }
    add(method.info, .stream(erased))
  }

  /// Registers a handler with many of both.
  public mutating func bidirectional<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>,
    _ handler:
      @escaping @Sendable (
        _ requests: RequestStream<Request>, _ responses: ResponseWriter<Response>,
        _ context: ServerContext
      ) async throws(RPCError) -> Void
  ) {
    let erased: RegisteredMethod.StreamHandler = {
      (_, stream, context) async throws(RPCError) -> [UInt8]? in
      try await handler(RequestStream(stream), ResponseWriter(stream), context)
      return nil
    }
    add(method.info, .stream(erased))
  }

  private mutating func add(_ info: MethodInfo, _ handler: RegisteredMethod.Handler) {
    precondition(method(path: info.path) == nil, "\(info.path) is registered twice")
    table.add(
      RegisteredMethod(
        info, handler, isIntercepted: !interceptors.isEmpty, meter: telemetry?.meter(info)))
    services.insert(info.service)
    methods.append(info)
  }

  /// The method of `/package.Service/Method`.
  package func method(path: String) -> RegisteredMethod? { table[path.utf8Span.span] }

  /// The same by the bytes of the path.
  package func method(path: Span<UInt8>) -> RegisteredMethod? { table[path] }

  /// What a caller is told about a path that ``method(path:)`` does not know.
  package func unknownMethod(path: String) -> RPCError {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty else {
      return RPCError(.unimplemented, "malformed method name", reason: "UNKNOWN_METHOD")
    }
    let service = String(Substring(parts[1]))
    return services.contains(service)
      ? RPCError(.unimplemented, "unknown method in service \(service)", reason: "UNKNOWN_METHOD")
      : RPCError(.unimplemented, "unknown service", reason: "UNKNOWN_SERVICE")
  }
}
