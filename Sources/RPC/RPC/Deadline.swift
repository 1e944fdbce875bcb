/// Runs an operation and fails with DEADLINE_EXCEEDED when the deadline comes first.
///
/// The operation is cancelled then, and still awaited: nothing goes on behind the caller's back.
/// Cancelling the caller cancels the operation.
package func withDeadline<Result: Sendable>(
  _ deadline: ContinuousClock.Instant,
  _ operation: @escaping @Sendable () async throws(RPCError) -> Result
) async throws(RPCError) -> Result {
  guard ContinuousClock.now < deadline else { throw .deadlineExceeded }
  let outcome = await withTaskGroup(of: Outcome<Result>.self) { group in
    group.addTask {
      do throws(RPCError) {
        return .finished(.success(try await operation()))
      } catch {
        return .finished(.failure(error))
      }
    }
    group.addTask {
      do {
        try await Task.sleep(until: deadline, clock: .continuous)
        return .expired
      } catch {
        // The operation came first, or the caller was cancelled: its outcome decides.
        return .notNeeded
      }
    }
    var outcome = Outcome<Result>.notNeeded
    while let next = await group.next() {
      switch (outcome, next) {
      case (.notNeeded, .finished), (.notNeeded, .expired):
        outcome = next
        group.cancelAll()
      case (.notNeeded, .notNeeded), (.finished, _), (.expired, _):
        continue
      }
    }
    return outcome
  }
  switch outcome {
  case .finished(let result): return try result.get()
  case .expired: throw .deadlineExceeded
  case .notNeeded: throw .cancelled
  }
}

private enum Outcome<Value: Sendable>: Sendable {
  case finished(Result<Value, RPCError>)
  case expired
  case notNeeded
}
