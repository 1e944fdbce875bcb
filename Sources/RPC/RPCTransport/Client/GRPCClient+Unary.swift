internal import HTTP2
internal import RPC

/// What an attempt of a unary call has brought.
struct UnaryAnswer: Sendable {
  let message: [UInt8]
  fileprivate let initial: Metadata
  fileprivate let trailing: Metadata
  fileprivate let wasCompressed: Bool?

  /// Tells the caller what came beside the message.
  func tell(_ metadata: ResponseMetadata?) {
    guard let metadata else { return }
    metadata.add(initial: initial)
    metadata.add(trailing: trailing)
    if let wasCompressed { metadata.noteMessage(wasCompressed: wasCompressed) }
  }
}

extension GRPCClient {
  /// One attempt after another, as the policy and the failures allow.
  func retry(
    _ plan: CallPlan, _ body: HTTPRequestBody, _ metadata: ResponseMetadata?
  ) async throws(RPCError) -> [UInt8] {
    var state = RetryState(plan.retryPolicy)
    while true {
      let failure: AttemptFailure
      do throws(AttemptFailure) {
        let answer = try await attempt(plan, body, attemptsBefore: state.attemptsBefore)
        resources.succeeded()
        answer.tell(metadata)
        return answer.message
      } catch {
        failure = error
      }
      if state.takesToken(failure) { resources.failed() }
      switch state.failed(
        failure, isKept: true, mayRetry: resources.allowsRetries, timeLeft: plan.timeLeft,
        random: .random(in: 0...1))
      {
      case .fail:
        metadata?.add(trailing: failure.error.metadata)
        throw failure.error
      case .retry(let wait): try await pause(wait)
      }
    }
  }

  /// One attempt, to its end.
  func attempt(
    _ plan: CallPlan, _ body: HTTPRequestBody, attemptsBefore: Int
  ) async throws(AttemptFailure) -> UnaryAnswer {
    let stream = try await plan.start(body, attemptsBefore: attemptsBefore)
    do throws(RPCError) {
      guard let message = try await stream.receive() else {
        throw RPCError(transport: .internal, "the call succeeded without a response")
      }
      let wasCompressed = await stream.wasCompressed
      guard try await stream.receive() == nil else {
        throw RPCError(transport: .unimplemented, "the call has several responses")
      }
      return UnaryAnswer(
        message: message, initial: await stream.initial, trailing: await stream.trailing,
        wasCompressed: wasCompressed)
    } catch {
      await stream.cancel()
      throw await stream.failure(error)
    }
  }
}

/// Waits before the next attempt.
func pause(_ time: Duration) async throws(RPCError) {
  do {
    if time > .zero { try await Task.sleep(for: time) } else { try Task.checkCancellation() }
  } catch {
    throw RPCError(transport: .cancelled, "the caller was cancelled")
  }
}
