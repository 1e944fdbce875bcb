internal import InteropMessages
internal import RPC
internal import RPCTransport
internal import Wire

/// For servers that do not tell how a message came.
@Sendable func compressedLargeUnary(_ peer: Peer) async throws(RPCError) {
  for coding in peer.flags.codings {
    try Large.check(
      try await peer.service.unaryCall(
        Large.request, options: CallOptions(compression: coding)))
  }
}

@Sendable func clientCompressedUnary(_ peer: Peer) async throws(RPCError) {
  var request = Large.request
  request.expectCompressed = Flag(value: true)
  // Without this a server that ignores the flag would pass.
  try await expect(.invalidArgument, "the call that lies") { [request] () async throws(RPCError) in
    _ = try await peer.service.unaryCall(request)
  }
  for coding in peer.flags.codings {
    try Large.check(
      try await peer.service.unaryCall(request, options: CallOptions(compression: coding)))
  }
  request.expectCompressed = Flag(value: false)
  try Large.check(try await peer.service.unaryCall(request))
}

@Sendable func serverCompressedUnary(_ peer: Peer) async throws(RPCError) {
  for expected in [true, false] {
    var request = Large.request
    request.responseCompressed = Flag(value: expected)
    let metadata = ResponseMetadata()
    try Large.check(
      try await peer.service.unaryCall(
        request, options: CallOptions(responseMetadata: metadata)))
    try check(
      metadata.responseWasCompressed == expected,
      "the answer was \(expected ? "not " : "")compressed")
  }
}

@Sendable func clientCompressedStreaming(_ peer: Peer) async throws(RPCError) {
  try await expect(.invalidArgument, "the call that lies") { () async throws(RPCError) in
    try await peer.channel.withStream(
      path: TestServiceMethods.streamingInputCall.info.path, options: CallOptions()
    ) { (stream) async throws(RPCError) in
      let lie = StreamingInputCallRequest(
        payload: zeros(27_182), expectCompressed: Flag(value: true))
      // The stream stays open: the server must not wait for its end.
      _ = try await stream.send(lie.wireBytes(), compress: false)
      _ = try await stream.receive()
    }
  }
  for coding in peer.flags.codings {
    let response = try await peer.service.streamingInputCall(
      options: CallOptions(compression: coding)
    ) { (requests) async throws(RPCError) in
      for (size, isCompressed) in [(27_182, true), (45_904, false)] {
        try await requests.send(
          StreamingInputCallRequest(
            payload: zeros(size), expectCompressed: Flag(value: isCompressed)),
          compress: isCompressed)
      }
    }
    let sum = response.aggregatedPayloadSize
    try check(sum == 73_086, "the sum is \(sum)")
  }
}

@Sendable func serverCompressedStreaming(_ peer: Peer) async throws(RPCError) {
  let expected: [(size: Int32, isCompressed: Bool)] = [(31_415, true), (92_653, false)]
  let request = StreamingOutputCallRequest(
    responseParameters: expected.map {
      ResponseParameters(size: $0.size, compressed: Flag(value: $0.isCompressed))
    })
  let metadata = ResponseMetadata()
  var count = 0
  try await peer.service.streamingOutputCall(
    request, options: CallOptions(responseMetadata: metadata)
  ) { (response) async throws(RPCError) in
    try check(count < expected.count, "more answers than were asked for")
    let (size, isCompressed) = expected[count]
    try check(response.payload?.body.count == Int(size), "answer \(count) has the wrong size")
    try check(
      metadata.responseWasCompressed == isCompressed,
      "answer \(count) was \(isCompressed ? "not " : "")compressed")
    count += 1
  }
  try check(count == expected.count, "\(count) answers")
}
