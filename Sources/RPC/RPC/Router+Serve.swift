/// Running a call: the same for every door.
extension Router {
  /// Runs a unary method on one encoded request. The fast path: no stream, no extra task unless the
  /// context has a deadline that its door does not watch.
  package func serveUnary(
    _ method: RegisteredMethod, message: [UInt8], context: ServerContext
  ) async throws(RPCError) -> [UInt8] {
    try await Self.serveUnary(method, message: message, context: context, by: self)
  }

  /// The same by a router that is only looked at when something is around the handler: to copy one
  /// costs a short call more than its handler.
  ///
  /// Inlined into its callers, since every async function that a call goes through costs it memory
  /// for the frame and a look at the executor.
  @inlinable @inline(__always)
  package static func serveUnary(
    _ method: RegisteredMethod, message: [UInt8], context: ServerContext,
    by router: @autoclosure () -> Router
  ) async throws(RPCError) -> [UInt8] {
    let start = method.began()
    do {
      let response =
        if let handler = method.directHandler(in: context) {
          try await handler(message, context)
        } else {
          try await router().unary(method, message, context)
        }
      method.ended(nil, context, since: start)
      return response
    } catch {
      let error = error.meant(in: context)
      method.ended(error, context, since: start)
      throw error.naming(context)
    }
  }

  @usableFromInline
  func unary(
    _ method: RegisteredMethod, _ message: [UInt8], _ context: ServerContext
  ) async throws(RPCError) -> [UInt8] {
    guard let deadline = context.deadline, !context.deadlineIsEnforced else {
      return try await intercepted(method, message, context)
    }
    let context = context.withDeadlineEnforced
    return try await withDeadline(deadline) { () async throws(RPCError) -> [UInt8] in
      try await intercepted(method, message, context)
    }
  }

  /// Runs a method of any kind on a stream of messages.
  package func serve(
    _ method: RegisteredMethod, stream: some CallStream, context: ServerContext
  ) async throws(RPCError) {
    let start = method.began()
    do {
      if let deadline = context.deadline, !context.deadlineIsEnforced {
        let context = context.withDeadlineEnforced
        try await withDeadline(deadline) { () async throws(RPCError) -> Void in
          try await streaming(method, stream, context)
        }
      } else {
        try await streaming(method, stream, context)
      }
      method.ended(nil, context, since: start)
    } catch {
      let error = error.meant(in: context)
      method.ended(error, context, since: start)
      throw error.naming(context)
    }
  }

  private func intercepted(
    _ method: RegisteredMethod, _ message: [UInt8], _ context: ServerContext
  ) async throws(RPCError) -> [UInt8] {
    guard let response = try await run(0, method, message, nil, context) else {
      throw RPCError(.internal, "the call has no response", reason: "NO_RESPONSE")
    }
    return response
  }

  private func streaming(
    _ method: RegisteredMethod, _ stream: some CallStream, _ context: ServerContext
  ) async throws(RPCError) {
    let message: [UInt8]? =
      switch method.kind {
      case .unary, .serverStreaming: try await onlyMessage(of: stream)
      case .clientStreaming, .bidirectional: nil
      }
    if let response = try await run(0, method, message, stream, context) {
      try await stream.send(response)
    }
  }

  /// The one request of a method that takes exactly one.
  private func onlyMessage(of stream: some CallStream) async throws(RPCError) -> [UInt8] {
    guard let message = try await stream.nextMessage() else { throw .missingRequest }
    guard try await stream.nextMessage() == nil else { throw .severalRequests }
    return message
  }

  /// The chain from the interceptor at `index` inwards.
  private func run(
    _ index: Int, _ method: RegisteredMethod, _ message: [UInt8]?, _ stream: (any CallStream)?,
    _ context: ServerContext
  ) async throws(RPCError) -> [UInt8]? {
    guard index == interceptors.count else {
      return try await interceptors[index].intercept(message, context: context) {
        (message, context) async throws(RPCError) -> [UInt8]? in
        try await run(index + 1, method, message, stream, context)
      }
    }
    switch method.handler {
    case .unary(let handler):
      guard let message else { throw .missingRequest }
      return try await handler(message, context)
    case .stream(let handler):
      guard let stream else {
        throw RPCError(
          .unimplemented, "this method streams and cannot be called here",
          reason: "STREAMING_NOT_SUPPORTED")
      }
      guard message == nil, !inspectors.isEmpty else {
        return try await handler(message, stream, context)
      }
      return try await inspected(handler, stream, context)
    }
  }

  /// Runs a handler on a stream of requests whose messages are looked at one by one.
  private func inspected(
    _ handler: RegisteredMethod.StreamHandler, _ stream: any CallStream, _ context: ServerContext
  ) async throws(RPCError) -> [UInt8]? {
    let stream = InspectedStream(stream, inspectors, context)
    do throws(RPCError) {
      let response = try await handler(nil, stream, context)
      // A handler that went on after a refusal has done so for nothing.
      if let refusal = stream.refusal { throw refusal }
      return response
    } catch {
      throw stream.refusal ?? error
    }
  }
}

extension RPCError {
  /// An error that is our fault tells its caller under which name the log has the rest.
  @usableFromInline
  func naming(_ context: ServerContext) -> RPCError {
    switch code {
    case .internal, .unknown, .dataLoss:
      guard detail(RequestInfo.self) == nil else { return self }
      var named = self
      named.add(RequestInfo(requestID: context.requestID))
      return named
    case .ok, .cancelled, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists,
      .permissionDenied, .resourceExhausted, .failedPrecondition, .aborted, .outOfRange,
      .unimplemented, .unavailable, .unauthenticated:
      return self
    }
  }

  /// A method that takes exactly one request got none.
  package static var missingRequest: RPCError {
    RPCError(.internal, "the call ended without a request message", reason: "MISSING_REQUEST")
  }

  /// A method that takes exactly one request got more.
  package static var severalRequests: RPCError {
    RPCError(
      .unimplemented, "the call has several request messages where the method takes one",
      reason: "SEVERAL_REQUESTS")
  }

  /// The deadline passed on the server.
  package static var deadlineExceeded: RPCError {
    RPCError(.deadlineExceeded, "the deadline passed before the call finished")
  }

  /// The caller is gone.
  package static var cancelled: RPCError { RPCError(.cancelled, "the call was cancelled") }
}
