internal import InteropMessages
internal import RPC
internal import RPCTransport
internal import Wire

@Sendable func statusCodeAndMessage(_ peer: Peer) async throws(RPCError) {
  let status = EchoStatus(code: 2, message: "test status message")
  let unary = try await expect(.unknown, "the unary call") { () async throws(RPCError) in
    _ = try await peer.service.unaryCall(SimpleRequest(responseStatus: status))
  }
  try check(unary.message == status.message, "unary: the message is \(unary.message)")
  let stream = try await expect(.unknown, "the stream") { () async throws(RPCError) in
    try await peer.service.fullDuplexCall { (requests, responses) async throws(RPCError) in
      try await requests.send(StreamingOutputCallRequest(responseStatus: status))
      try await requests.finish()
      while try await responses.next() != nil {}
    }
  }
  try check(stream.message == status.message, "stream: the message is \(stream.message)")
}

@Sendable func specialStatusMessage(_ peer: Peer) async throws(RPCError) {
  let words = "\t\ntest with whitespace\r\nand Unicode BMP \u{263a} and non-BMP \u{1f608}\t\n"
  let error = try await expect(.unknown, "the call") { () async throws(RPCError) in
    _ = try await peer.service.unaryCall(
      SimpleRequest(responseStatus: EchoStatus(code: 2, message: words)))
  }
  try check(error.message == words, "the message is \(error.message)")
}

@Sendable func unimplementedMethod(_ peer: Peer) async throws(RPCError) {
  try await expect(.unimplemented, "the call") { () async throws(RPCError) in
    _ = try await peer.service.unimplementedCall(Nothing())
  }
}

@Sendable func unimplementedService(_ peer: Peer) async throws(RPCError) {
  try await expect(.unimplemented, "the call") { () async throws(RPCError) in
    _ = try await UnimplementedServiceClient(peer.channel).unimplementedCall(Nothing())
  }
}

@Sendable func cancelAfterBegin(_ peer: Peer) async throws(RPCError) {
  try await expect(.cancelled, "the call") { () async throws(RPCError) in
    try await peer.channel.withStream(
      path: TestServiceMethods.streamingInputCall.info.path, options: CallOptions()
    ) { (stream) async throws(RPCError) in
      // What comes later on the same connection is answered, so the server has seen the call.
      try await emptyUnary(peer)
      await stream.cancel()
      _ = try await stream.receive()
    }
  }
}

@Sendable func cancelAfterFirstResponse(_ peer: Peer) async throws(RPCError) {
  try await expect(.cancelled, "the call") { () async throws(RPCError) in
    try await peer.channel.withStream(
      path: TestServiceMethods.fullDuplexCall.info.path, options: CallOptions()
    ) { (stream) async throws(RPCError) in
      let request = StreamingOutputCallRequest(
        responseParameters: [ResponseParameters(size: 31_415)], payload: zeros(27_182))
      _ = try await stream.send(request.wireBytes(), compress: false)
      let answer = try await stream.receive()
      try check(answer != nil, "no answer")
      await stream.cancel()
      _ = try await stream.receive()
    }
  }
}

@Sendable func timeoutOnSleepingServer(_ peer: Peer) async throws(RPCError) {
  // The first may expire before it leaves; the second the server has certainly seen.
  for timeout in [Duration.milliseconds(1), .milliseconds(500)] {
    try await expect(.deadlineExceeded, "the call") { () async throws(RPCError) in
      try await peer.service.fullDuplexCall(options: CallOptions(timeout: timeout)) {
        (requests, responses) async throws(RPCError) in
        try await requests.send(StreamingOutputCallRequest(payload: zeros(27_182)))
        _ = try await responses.next()
      }
    }
  }
}
