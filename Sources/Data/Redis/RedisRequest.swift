internal import Reactor

/// One command from the call until its reply.
///
/// Unchecked: made by the calling task, then touched on the loop only.
final class RedisRequest: @unchecked Sendable {
  typealias Continuation = CheckedContinuation<Result<RedisReply, RedisError>, Never>

  private enum State {
    /// Not on the loop yet, or one of the connection's own.
    case new
    case pending(Continuation)
    case done
  }

  let arguments: [[UInt8]]
  /// When the caller stops waiting.
  let deadline: ContinuousClock.Instant
  private var state = State.new

  init(_ arguments: [[UInt8]], deadline: ContinuousClock.Instant) {
    self.arguments = arguments
    self.deadline = deadline
  }

  /// Takes the continuation; returns false when the caller was cancelled before.
  func begin(_ continuation: Continuation) -> Bool {
    switch state {
    case .new:
      state = .pending(continuation)
      return true
    case .pending, .done:
      continuation.resume(returning: .failure(.cancelled))
      return false
    }
  }

  /// Answers the caller. Only the first answer counts.
  func complete(_ result: Result<RedisReply, RedisError>) {
    switch state {
    case .new, .done: state = .done
    case .pending(let continuation):
      state = .done
      continuation.resume(returning: result)
    }
  }
}
