internal import InteropMessages
internal import RPC
internal import Wire

/// What a test client asks for, done.
///
/// It is registered method by method and not as a ``TestService``: `UnimplementedCall` must be
/// missing, as it is from a server that has never heard of it.
struct InteropServer: Sendable {
  /// Takes a line about each call when it has ended.
  let tell: @Sendable (String) -> Void

  init(tell: @escaping @Sendable (String) -> Void) { self.tell = tell }

  func register(in router: inout Router) {
    router.unary(TestServiceMethods.emptyCall) { (request, context) async throws(RPCError) in
      try await observe("EmptyCall", context) { (call) async throws(RPCError) in
        call.requests = 1
        call.responses = 1
        return request
      }
    }
    for method in [TestServiceMethods.unaryCall, TestServiceMethods.cacheableUnaryCall] {
      router.unary(method) { (request, context) async throws(RPCError) in
        try await observe(method.info.name, context) { (call) async throws(RPCError) in
          call.requests = 1
          let response = try answer(request, context)
          call.responses = 1
          return response
        }
      }
    }
    router.serverStreaming(TestServiceMethods.streamingOutputCall) {
      (request, responses, context) async throws(RPCError) in
      try await observe("StreamingOutputCall", context) { (call) async throws(RPCError) in
        call.requests = 1
        context.responseCompression = .on
        try await answer(request, responses, &call)
      }
    }
    router.clientStreaming(TestServiceMethods.streamingInputCall) {
      (requests, context) async throws(RPCError) in
      try await observe("StreamingInputCall", context) { (call) async throws(RPCError) in
        try await sum(requests, context, &call)
      }
    }
    router.bidirectional(TestServiceMethods.fullDuplexCall) {
      (requests, responses, context) async throws(RPCError) in
      try await observe("FullDuplexCall", context) { (call) async throws(RPCError) in
        context.responseCompression = .on
        while let request = try await requests.next() {
          call.requests += 1
          try await answer(request, responses, &call)
        }
      }
    }
    router.bidirectional(TestServiceMethods.halfDuplexCall) {
      (requests, responses, context) async throws(RPCError) in
      try await observe("HalfDuplexCall", context) { (call) async throws(RPCError) in
        context.responseCompression = .on
        var collected: [StreamingOutputCallRequest] = []
        while let request = try await requests.next() {
          call.requests += 1
          guard collected.count < Self.requestsMax else {
            throw RPCError(.resourceExhausted, "more than \(Self.requestsMax) requests")
          }
          collected.append(request)
        }
        for request in collected { try await answer(request, responses, &call) }
      }
    }
  }

  /// Requests that are kept until the last has come.
  private static let requestsMax = 1_000

  // MARK: Answers

  private func answer(
    _ request: SimpleRequest, _ context: ServerContext
  ) throws(RPCError) -> SimpleResponse {
    try check(request.expectCompressed, context)
    try check(request.responseStatus)
    switch request.responseCompressed?.value {
    case true?: context.responseCompression = .on
    case false?: context.responseCompression = .off
    case nil: break
    }
    return SimpleResponse(payload: try payload(request.responseType, request.responseSize))
  }

  private func answer(
    _ request: StreamingOutputCallRequest,
    _ responses: ResponseWriter<StreamingOutputCallResponse>, _ call: inout Seen
  ) async throws(RPCError) {
    try check(request.responseStatus)
    for parameters in request.responseParameters {
      if parameters.intervalUs > 0 {
        do {
          try await Task.sleep(for: .microseconds(parameters.intervalUs))
        } catch {
          throw RPCError(.cancelled, "cancelled while waiting")
        }
      }
      let payload = try payload(request.responseType, parameters.size)
      try await responses.write(
        StreamingOutputCallResponse(payload: payload),
        compress: parameters.compressed?.value ?? false)
      call.responses += 1
    }
  }

  private func sum(
    _ requests: RequestStream<StreamingInputCallRequest>, _ context: ServerContext,
    _ call: inout Seen
  ) async throws(RPCError) -> StreamingInputCallResponse {
    var sum: Int32 = 0
    while let request = try await requests.next() {
      call.requests += 1
      try check(request.expectCompressed, context)
      sum += Int32(truncatingIfNeeded: request.payload?.body.count ?? 0)
    }
    call.responses = 1
    return StreamingInputCallResponse(aggregatedPayloadSize: sum)
  }

  private func check(_ expected: Flag?, _ context: ServerContext) throws(RPCError) {
    guard let expected, expected.value != context.requestWasCompressed else { return }
    throw RPCError(
      .invalidArgument,
      expected.value
        ? "the message should have been compressed" : "the message should not have been compressed")
  }

  private func check(_ status: EchoStatus?) throws(RPCError) {
    guard let status, status.code != 0 else { return }
    throw RPCError(RPCCode(rawValue: Int(status.code)) ?? .unknown, status.message)
  }

  private func payload(_ type: PayloadType, _ size: Int32) throws(RPCError) -> Payload {
    guard type == .compressable else {
      throw RPCError(.invalidArgument, "payload type \(type.rawValue) is not supported")
    }
    guard size >= 0 else { throw RPCError(.invalidArgument, "a size of \(size)") }
    return Payload(body: [UInt8](repeating: 0, count: Int(size)))
  }
}

/// How far a call has come.
struct Seen {
  var requests = 0
  var responses = 0
}

extension InteropServer {
  /// Sends the metadata back that asks for it, runs a handler, and tells how it ended.
  private func observe<Response>(
    _ method: String, _ context: ServerContext,
    _ handler: (_ call: inout Seen) async throws(RPCError) -> Response
  ) async throws(RPCError) -> Response {
    for value in context.metadata.values(for: "x-grpc-test-echo-initial") {
      context.responseMetadata.addInitial("x-grpc-test-echo-initial", value)
    }
    for value in context.metadata.binaryValues(for: "x-grpc-test-echo-trailing-bin") {
      context.responseMetadata.addTrailingBinary("x-grpc-test-echo-trailing-bin", value)
    }
    var call = Seen()
    let result: Result<Response, RPCError>
    do throws(RPCError) {
      result = .success(try await handler(&call))
    } catch {
      result = .failure(error)
    }
    let end =
      switch result {
      case .success: RPCCode.ok
      case .failure(let error): error.code
      }
    tell("saw \(method) requests=\(call.requests) responses=\(call.responses) end=\(end.name)")
    return try result.get()
  }
}
