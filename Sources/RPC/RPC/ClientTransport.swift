public import Wire

/// Carries calls to a server, at the level of encoded messages.
///
/// Generated clients use the functions with a ``MethodDescriptor`` below.
public protocol ClientTransport: Sendable {
  /// One request, one response.
  func unary(
    path: String, message: [UInt8], options: CallOptions
  ) async throws(RPCError) -> [UInt8]

  /// One request; `onResponse` runs for each response and holds up the next until it returns.
  func serverStreaming(
    path: String, message: [UInt8], options: CallOptions,
    onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError)

  /// A call of any kind for as long as `body` runs; one that is not finished then is cancelled.
  func withStream<Result: Sendable>(
    path: String, options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result
}

/// The client's side of an open call, at the level of encoded messages.
public protocol ClientStream: AnyObject, Sendable {
  /// Sends a request; suspends while the server does not take more. Once the server has ended the
  /// call the message is dropped: ``receive()`` tells why it ended.
  func send(_ message: [UInt8]) async throws(RPCError)

  /// Says that no more requests come.
  func finishSending() async throws(RPCError)

  /// The next response; `nil` when the call succeeded and there are no more.
  func receive() async throws(RPCError) -> [UInt8]?
}

/// An open call with its types.
public struct StreamingCall<Request: Message, Response: Message>: Sendable {
  private let stream: any ClientStream

  init(_ stream: any ClientStream) { self.stream = stream }

  /// Sends a request; suspends while the server does not take more.
  public func send(_ request: Request) async throws(RPCError) {
    try await stream.send(request.wireBytes())
  }

  /// Says that no more requests come.
  public func finishSending() async throws(RPCError) { try await stream.finishSending() }

  /// The next response; `nil` when the call succeeded and there are no more.
  public func next() async throws(RPCError) -> Response? {
    guard let bytes = try await stream.receive() else { return nil }
    return try Response(response: bytes)
  }
}

extension ClientTransport {
  /// The general call, restricted to one request.
  public func serverStreaming(
    path: String, message: [UInt8], options: CallOptions,
    onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await withStream(path: path, options: options) {
      (stream) async throws(RPCError) -> Void in
      try await stream.send(message)
      try await stream.finishSending()
      while let response = try await stream.receive() { try await onResponse(response) }
    }
  }

  /// Calls a method with one request and one response.
  public func unary<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>, _ request: Request,
    options: CallOptions = CallOptions()
  ) async throws(RPCError) -> Response {
    let bytes = try await unary(
      path: method.info.path, message: request.wireBytes(), options: options)
    return try Response(response: bytes)
  }

  /// Calls a method with one request and many responses.
  public func serverStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>, _ request: Request,
    options: CallOptions = CallOptions(),
    onResponse: (Response) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await serverStreaming(
      path: method.info.path, message: request.wireBytes(), options: options
    ) { (bytes) async throws(RPCError) in
      try await onResponse(Response(response: bytes))
    }
  }

  /// Calls a method with many requests and one response; `send` sends the requests.
  public func clientStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>, options: CallOptions = CallOptions(),
    send: (StreamingCall<Request, Response>) async throws(RPCError) -> Void
  ) async throws(RPCError) -> Response {
    try await withStream(path: method.info.path, options: options) {
      (stream) async throws(RPCError) -> Response in
      let call = StreamingCall<Request, Response>(stream)
      try await send(call)
      try await call.finishSending()
      guard let response = try await call.next() else {
        throw RPCError(.internal, "the call has no response", reason: "NO_RESPONSE")
      }
      guard try await call.next() == nil else {
        throw RPCError(
          .unimplemented, "the call has several responses", reason: "SEVERAL_RESPONSES")
      }
      return response
    }
  }

  /// Calls a method with many of both for as long as `body` runs.
  public func bidirectional<Request: Message, Response: Message, Result: Sendable>(
    _ method: MethodDescriptor<Request, Response>, options: CallOptions = CallOptions(),
    _ body: (StreamingCall<Request, Response>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await withStream(path: method.info.path, options: options) {
      (stream) async throws(RPCError) -> Result in
      try await body(StreamingCall(stream))
    }
  }
}
