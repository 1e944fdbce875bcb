internal import InteropMessages
internal import RPC

/// The longest that a call of a soak may take; far more than it needs on a busy machine.
private let soakTimeout = Duration.seconds(10)

@Sendable func slowConsumer(_ peer: Peer) async throws(RPCError) {
  let request = StreamingOutputCallRequest(
    responseParameters: (0..<2_000).map { _ in ResponseParameters(size: 1_030) })
  let pause = peer.flags.slowConsumerPause
  var count = 0
  try await peer.service.streamingOutputCall(request) { (response) async throws(RPCError) in
    try check(response.payload?.body.count == 1_030, "answer \(count) has the wrong size")
    count += 1
    do {
      try await Task.sleep(for: pause)
    } catch {
      throw RPCError(.cancelled, "cancelled")
    }
  }
  try check(count == 2_000, "\(count) answers")
}

@Sendable func concurrentLargeUnary(_ peer: Peer) async throws(RPCError) {
  try await inParallel(50) { (_) async throws(RPCError) in try await largeUnary(peer) }
}

@Sendable func rpcSoak(_ peer: Peer) async throws(RPCError) {
  for _ in 0..<peer.flags.soakIterations { try await soak(peer) }
}

@Sendable func channelSoak(_ peer: Peer) async throws(RPCError) {
  for _ in 0..<peer.flags.soakIterations {
    let other = peer.another()
    do throws(RPCError) {
      try await soak(other)
    } catch {
      await other.close()
      throw error
    }
    await other.close()
  }
}

private func soak(_ peer: Peer) async throws(RPCError) {
  try Large.check(
    try await peer.service.unaryCall(
      Large.request, options: CallOptions(timeout: soakTimeout)))
}

/// Runs the same several times at once; all must succeed.
func inParallel(
  _ count: Int, _ body: @escaping @Sendable (_ index: Int) async throws(RPCError) -> Void
) async throws(RPCError) {
  let failure = await withTaskGroup(of: RPCError?.self) { group in
    for index in 0..<count {
      group.addTask {
        do throws(RPCError) {
          try await body(index)
          return nil
        } catch {
          return error
        }
      }
    }
    var failure: RPCError?
    for await error in group { failure = failure ?? error }
    return failure
  }
  if let failure { throw failure }
}
