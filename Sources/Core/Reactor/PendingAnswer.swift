/// The one answer that a task waits for: only the first counts, and none when the task was cancelled
/// before it came to the loop.
package struct PendingAnswer<Value: Sendable, Failure: Error> {
  package typealias Continuation = CheckedContinuation<Result<Value, Failure>, Never>

  private enum State {
    /// Nobody waits yet.
    case new
    case pending(Continuation)
    /// Answered, or given up before anybody waited.
    case done
  }

  private var state = State.new

  package init() {}

  /// Whether somebody waits.
  package var isPending: Bool {
    switch state {
    case .pending: true
    case .new, .done: false
    }
  }

  /// Takes the continuation; returns false when the caller was cancelled before, which it hears.
  package mutating func begin(_ continuation: Continuation, cancelled: Failure) -> Bool {
    switch state {
    case .new:
      state = .pending(continuation)
      return true
    case .pending, .done:
      continuation.resume(returning: .failure(cancelled))
      return false
    }
  }

  /// Answers the caller.
  package mutating func complete(_ result: Result<Value, Failure>) {
    switch state {
    case .new, .done: state = .done
    case .pending(let continuation):
      state = .done
      continuation.resume(returning: result)
    }
  }
}
