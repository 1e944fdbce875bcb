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

extension ClientTransport {
  /// The general call, restricted to one request.
  public func serverStreaming(
    path: String, message: [UInt8], options: CallOptions,
    onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await withStream(path: path, options: options) {
      (stream) async throws(RPCError) -> Void in
      try await stream.onlyRequest(message, onResponse: onResponse)
    }
  }
}

/// Calls with their types.
extension ClientTransport {
  /// Calls a method with one request and one response.
  public func unary<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>, _ request: Request,
    options: CallOptions = CallOptions()
  ) async throws(RPCError) -> Response {
    let bytes = try await unary(
      path: method.info.path, message: request.wireBytes(), options: options.of(method.info))
    return try Response(response: bytes)
  }

  /// Calls a method with one request and many responses.
  public func serverStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>, _ request: Request,
    options: CallOptions = CallOptions(),
    onResponse: (Response) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await serverStreaming(
      path: method.info.path, message: request.wireBytes(), options: options.of(method.info)
    ) { (bytes) async throws(RPCError) in
      try await onResponse(Response(response: bytes))
    }
  }

  /// Calls a method with many requests and one response; `send` sends the requests, whose end is
  /// when it returns.
  ///
  /// ```swift
  /// let receipt = try await client.storeItems { requests in
  ///   for item in items { try await requests.send(item) }
  /// }
  /// ```
  public func clientStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor<Request, Response>, options: CallOptions = CallOptions(),
    send: (RequestWriter<Request>) async throws(RPCError) -> Void
  ) async throws(RPCError) -> Response {
    try await withStream(path: method.info.path, options: options.of(method.info)) {
      (stream) async throws(RPCError) -> Response in
      try await send(RequestWriter(stream))
      try await stream.finishSending()
      guard let response = try await stream.receive() else {
        throw RPCError(.internal, "the call has no response", reason: "NO_RESPONSE")
      }
      guard try await stream.receive() == nil else {
        throw RPCError(
          .unimplemented, "the call has several responses", reason: "SEVERAL_RESPONSES")
      }
      return try Response(response: response)
    }
  }

  /// Calls a method with many of both for as long as `body` runs, which takes turns between them.
  ///
  /// ```swift
  /// let answer = try await client.talk { requests, responses in
  ///   try await requests.send(question)
  ///   return try await responses.next()
  /// }
  /// ```
  public func bidirectional<Request: Message, Response: Message, Result: Sendable>(
    _ method: MethodDescriptor<Request, Response>, options: CallOptions = CallOptions(),
    _ body: (RequestWriter<Request>, ResponseStream<Response>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await withStream(path: method.info.path, options: options.of(method.info)) {
      (stream) async throws(RPCError) -> Result in
      try await body(RequestWriter(stream), ResponseStream(stream))
    }
  }

  /// Calls a method with many of both, each side at its own pace: `send` runs beside `receive`.
  ///
  /// The requests end when `send` returns. The call ends when `receive` returns, and `send` is
  /// cancelled then. When `send` throws the call is cancelled, and that error is the call's.
  public func bidirectional<Request: Message, Response: Message, Result: Sendable>(
    _ method: MethodDescriptor<Request, Response>, options: CallOptions = CallOptions(),
    send: @escaping @Sendable (RequestWriter<Request>) async throws(RPCError) -> Void,
    receive: (ResponseStream<Response>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await withStream(path: method.info.path, options: options.of(method.info)) {
      (stream) async throws(RPCError) -> Result in
      try await both(
        stream, send: { () async throws(RPCError) in try await send(RequestWriter(stream)) },
        receive: { () async throws(RPCError) in try await receive(ResponseStream(stream)) })
    }
  }
}

/// Runs the two sides of a call at once and ends both.
private func both<Result: Sendable>(
  _ stream: any ClientStream,
  send: @escaping @Sendable () async throws(RPCError) -> Void,
  receive: () async throws(RPCError) -> Result
) async throws(RPCError) -> Result {
  let result = await withTaskGroup(of: RPCError?.self) {
    group -> Swift.Result<Result, RPCError> in
    group.addTask {
      do throws(RPCError) {
        try await send()
        try await stream.finishSending()
        return nil
      } catch {
        // Of no consequence when the receiver has ended the call; otherwise it must not wait for
        // an answer to what is never sent.
        await stream.cancel()
        return error
      }
    }
    let received: Swift.Result<Result, RPCError>
    do throws(RPCError) {
      received = .success(try await receive())
    } catch {
      received = .failure(error)
    }
    group.cancelAll()
    let sendingFailure = await group.next() ?? nil
    switch received {
    case .failure(let error) where error.code == .cancelled && !Task.isCancelled:
      return .failure(sendingFailure ?? error)
    case .success, .failure: return received
    }
  }
  return try result.get()
}
