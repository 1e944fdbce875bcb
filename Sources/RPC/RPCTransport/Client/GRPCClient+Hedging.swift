internal import HTTP2
internal import RPC

/// Calls with several attempts beside each other.
extension GRPCClient {
  /// The first attempt that succeeds is the call's.
  func hedge(
    _ plan: CallPlan, _ body: HTTPRequestBody, _ policy: HedgingPolicy,
    _ metadata: ResponseMetadata?
  ) async throws(RPCError) -> [UInt8] {
    let result = await race(policy) { before in
      do throws(AttemptFailure) {
        return .success(try await attempt(plan, body, attemptsBefore: before))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let answer):
      resources.succeeded()
      answer.tell(metadata)
      return answer.message
    case .failure(let failure):
      metadata?.add(trailing: failure.error.metadata)
      throw failure.error
    }
  }

  /// The first attempt that the server begins to answer is the call's, however it ends: responses
  /// that have been handed on cannot be taken back.
  func hedgeStream(
    _ plan: CallPlan, _ body: HTTPRequestBody, _ policy: HedgingPolicy,
    _ metadata: ResponseMetadata?, onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    let result = await race(policy) { before in await begun(plan, body, attemptsBefore: before) }
    let winner: GRPCClientStream
    switch result {
    case .success(let stream): winner = stream
    case .failure(let failure):
      metadata?.add(trailing: failure.error.metadata)
      throw failure.error
    }
    metadata?.add(initial: await winner.initial)
    while let message = try await next(of: winner, metadata) {
      if let wasCompressed = await winner.wasCompressed {
        metadata?.noteMessage(wasCompressed: wasCompressed)
      }
      do throws(RPCError) {
        try await onResponse(message)
      } catch {
        await winner.cancel()
        throw error
      }
    }
    resources.succeeded()
    metadata?.add(trailing: await winner.trailing)
  }

  private func next(
    of winner: GRPCClientStream, _ metadata: ResponseMetadata?
  ) async throws(RPCError) -> [UInt8]? {
    do throws(RPCError) {
      return try await winner.receive()
    } catch {
      metadata?.add(trailing: error.metadata)
      throw error
    }
  }

  /// An attempt up to the head of its answer.
  private func begun(
    _ plan: CallPlan, _ body: HTTPRequestBody, attemptsBefore: Int
  ) async -> Result<GRPCClientStream, AttemptFailure> {
    let stream: GRPCClientStream
    do throws(AttemptFailure) {
      stream = try await plan.start(body, attemptsBefore: attemptsBefore)
    } catch {
      return .failure(error)
    }
    do throws(RPCError) {
      _ = try await stream.initialMetadata()
      return .success(stream)
    } catch {
      await stream.cancel()
      return .failure(await stream.failure(error))
    }
  }

  /// Runs attempts, each of which is told how many began before it, until one succeeds or none may
  /// any more. The others are cancelled then.
  private func race<Answer: Sendable>(
    _ policy: HedgingPolicy,
    _ attempt: @escaping @Sendable (_ before: Int) async -> Result<Answer, AttemptFailure>
  ) async -> Result<Answer, AttemptFailure> {
    await withTaskGroup(of: HedgeEvent<Answer>.self) { group -> Result<Answer, AttemptFailure> in
      defer { group.cancelAll() }
      var state = HedgingState(policy)
      var timer: ContinuousClock.Instant?
      var action = state.begin(now: .now)
      var lastFailure: AttemptFailure?
      while true {
        switch action {
        case .launch(let count):
          for before in state.launched - count..<state.launched {
            group.addTask { .ended(await attempt(before)) }
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
        case .ended(.success(let answer))?: return .success(answer)
        case .ended(.failure(let failure))?:
          lastFailure = failure
          if state.takesToken(failure) { resources.failed() }
          action = state.failed(failure, now: .now, mayHedge: resources.allowsRetries)
        case .due?: action = state.due(now: .now, mayHedge: resources.allowsRetries)
        case nil:
          return .failure(
            lastFailure
              ?? AttemptFailure(
                error: RPCError(transport: .internal, "no attempt"), reach: .answered,
                pushback: .none))
        }
      }
    }
  }
}

/// What happens while attempts run beside each other.
private enum HedgeEvent<Answer: Sendable>: Sendable {
  case ended(Result<Answer, AttemptFailure>)
  case due
}
