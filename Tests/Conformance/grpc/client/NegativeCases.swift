internal import InteropMessages
internal import RPC

/// The server ends its connection with the first answer.
@Sendable func goAway(_ peer: Peer) async throws(RPCError) {
  try await largeUnary(peer)
  try await largeUnary(peer)
}

/// The server allows one stream at a time.
@Sendable func maxStreams(_ peer: Peer) async throws(RPCError) {
  // After this the limit is known.
  try await largeUnary(peer)
  try await inParallel(10) { (_) async throws(RPCError) in try await largeUnary(peer) }
}

/// The server resets the stream with NO_ERROR before its trailers. Languages differ in the status
/// that they make of it; ours is INTERNAL, as a stream that ended against the rules.
@Sendable func resetByServer(_ peer: Peer) async throws(RPCError) {
  try await expect(.internal, "the call") { () async throws(RPCError) in
    try await largeUnary(peer)
  }
}

/// The server ends the stream after its message, and no status has come.
@Sendable func trailersMissing(_ peer: Peer) async throws(RPCError) {
  let error = try await expect(.unknown, "the call") { () async throws(RPCError) in
    try await largeUnary(peer)
  }
  try check(error.message.contains("without grpc-status"), "the message is \(error.message)")
}
