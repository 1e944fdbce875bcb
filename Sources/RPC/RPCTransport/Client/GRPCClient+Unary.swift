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

  /// Several attempts beside each other; the first that succeeds is the call's, and the others are
  /// cancelled.
  func hedge(
    _ plan: CallPlan, _ body: HTTPRequestBody, _ policy: HedgingPolicy,
    _ metadata: ResponseMetadata?
  ) async throws(RPCError) -> [UInt8] {
    let result = await withTaskGroup(of: HedgeEvent.self) {
      group -> Result<UnaryAnswer, AttemptFailure> in
      defer { group.cancelAll() }
      var state = HedgingState(policy)
      var launched = 0
      var timer: ContinuousClock.Instant?
      var action = state.begin(now: .now)
      var lastFailure: AttemptFailure?
      while true {
        switch action {
        case .launch(let count):
          for _ in 0..<count {
            let before = launched
            launched += 1
            group.addTask { await hedgedAttempt(plan, body, attemptsBefore: before) }
          }
        case .wait: break
        case .fail:
          if let lastFailure { return .failure(lastFailure) }
        }
        if let time = state.nextTime, time != timer {
          timer = time
          group.addTask {
            // Cancelled when the call has ended, and then nobody listens.
            try? await Task.sleep(until: time, clock: .continuous)
            return .due
          }
        }
        switch await group.next() {
        case .answered(let answer)?:
          resources.succeeded()
          return .success(answer)
        case .failed(let failure)?:
          lastFailure = failure
          if state.takesToken(failure) { resources.failed() }
          action = state.failed(failure, now: .now, mayHedge: resources.allowsRetries)
        case .due?: action = state.due(now: .now, mayHedge: resources.allowsRetries)
        case nil:
          return .failure(lastFailure ?? AttemptFailure(transport: .internal, "no attempt"))
        }
      }
    }
    switch result {
    case .success(let answer):
      answer.tell(metadata)
      return answer.message
    case .failure(let failure):
      metadata?.add(trailing: failure.error.metadata)
      throw failure.error
    }
  }

  private func hedgedAttempt(
    _ plan: CallPlan, _ body: HTTPRequestBody, attemptsBefore: Int
  ) async -> HedgeEvent {
    do throws(AttemptFailure) {
      return .answered(try await attempt(plan, body, attemptsBefore: attemptsBefore))
    } catch {
      return .failed(error)
    }
  }

  private func attempt(
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

/// What happens while attempts run beside each other.
private enum HedgeEvent: Sendable {
  case answered(UnaryAnswer)
  case failed(AttemptFailure)
  case due
}

extension AttemptFailure {
  fileprivate init(transport code: RPCCode, _ message: String) {
    self.init(
      error: RPCError(transport: code, message), reach: .answered, pushback: .none)
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
