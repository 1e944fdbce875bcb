internal import InteropMessages
internal import RPC

private let requestSizes = [27_182, 8, 1_828, 45_904]
private let responseSizes: [Int32] = [31_415, 9, 2_653, 58_979]

@Sendable func emptyUnary(_ peer: Peer) async throws(RPCError) {
  let response = try await peer.service.emptyCall(Nothing())
  try check(response == Nothing(), "the answer is not empty")
}

@Sendable func largeUnary(_ peer: Peer) async throws(RPCError) {
  try Large.check(try await peer.service.unaryCall(Large.request))
}

@Sendable func clientStreaming(_ peer: Peer) async throws(RPCError) {
  let response = try await peer.service.streamingInputCall { (requests) async throws(RPCError) in
    for size in requestSizes {
      try await requests.send(StreamingInputCallRequest(payload: zeros(size)))
    }
  }
  let sum = response.aggregatedPayloadSize
  try check(sum == 74_922, "the sum is \(sum)")
}

@Sendable func serverStreaming(_ peer: Peer) async throws(RPCError) {
  let request = StreamingOutputCallRequest(
    responseParameters: responseSizes.map { ResponseParameters(size: $0) })
  var sizes: [Int32] = []
  try await peer.service.streamingOutputCall(request) { sizes.append(size($0)) }
  try check(sizes == responseSizes, "the answers have \(sizes) bytes")
}

@Sendable func pingPong(_ peer: Peer) async throws(RPCError) {
  try await peer.service.fullDuplexCall { (requests, responses) async throws(RPCError) in
    for (requestSize, responseSize) in zip(requestSizes, responseSizes) {
      try await requests.send(
        StreamingOutputCallRequest(
          responseParameters: [ResponseParameters(size: responseSize)],
          payload: zeros(requestSize)))
      let answer = try await responses.next().map(size)
      try check(answer == responseSize, "an answer of \(responseSize) bytes has \(answer ?? -1)")
    }
    try await requests.finish()
    let more = try await responses.next()
    try check(more == nil, "more answers than questions")
  }
}

@Sendable func emptyStream(_ peer: Peer) async throws(RPCError) {
  try await peer.service.fullDuplexCall { (requests, responses) async throws(RPCError) in
    try await requests.finish()
    let answer = try await responses.next()
    try check(answer == nil, "an answer to nothing")
  }
}

@Sendable func halfDuplex(_ peer: Peer) async throws(RPCError) {
  try await peer.service.halfDuplexCall { (requests, responses) async throws(RPCError) in
    for size in responseSizes {
      try await requests.send(
        StreamingOutputCallRequest(responseParameters: [ResponseParameters(size: size)]))
    }
    try await requests.finish()
    var sizes: [Int32] = []
    while let response = try await responses.next() { sizes.append(size(response)) }
    try check(sizes == responseSizes, "the answers have \(sizes) bytes")
  }
}

/// What must come back: text in the headers, bytes in the trailers.
private struct EchoedMetadata {
  private static let text = "test_initial_metadata_value"
  private static let bytes: [UInt8] = [0xab, 0xab, 0xab]

  let received = ResponseMetadata()

  var options: CallOptions {
    var metadata: Metadata = ["x-grpc-test-echo-initial": Self.text]
    metadata.addBinary("x-grpc-test-echo-trailing-bin", Self.bytes)
    return CallOptions(metadata: metadata, responseMetadata: received)
  }

  func checkAll(_ kind: String) throws(RPCError) {
    let initial = received.initial.values(for: "x-grpc-test-echo-initial")
    try check(initial == [Self.text], "\(kind): the headers have \(initial)")
    let trailing = received.trailing.binaryValues(for: "x-grpc-test-echo-trailing-bin")
    try check(trailing == [Self.bytes], "\(kind): the trailers have \(trailing)")
  }
}

@Sendable func customMetadata(_ peer: Peer) async throws(RPCError) {
  let unary = EchoedMetadata()
  try Large.check(try await peer.service.unaryCall(Large.request, options: unary.options))
  try unary.checkAll("unary")
  let stream = EchoedMetadata()
  try await peer.service.fullDuplexCall(options: stream.options) {
    (requests, responses) async throws(RPCError) in
    try await requests.send(
      StreamingOutputCallRequest(responseParameters: [ResponseParameters(size: 314_159)]))
    let answer = try await responses.next().map(size)
    try check(answer == 314_159, "the answer has \(answer ?? -1) bytes")
    try await requests.finish()
    let more = try await responses.next()
    try check(more == nil, "more answers than questions")
  }
  try stream.checkAll("bidirectional")
}

private func size(_ response: StreamingOutputCallResponse) -> Int32 {
  Int32(truncatingIfNeeded: response.payload?.body.count ?? 0)
}
