internal import Reactor

/// One command from the call until its reply.
///
/// Unchecked: made by the calling task, then touched on the loop only.
final class RedisRequest: @unchecked Sendable {
  typealias Continuation = PendingAnswer<RedisReply, RedisError>.Continuation

  let arguments: [[UInt8]]
  /// When the caller stops waiting.
  let deadline: ContinuousClock.Instant
  private var answer = PendingAnswer<RedisReply, RedisError>()

  init(_ arguments: [[UInt8]], deadline: ContinuousClock.Instant) {
    self.arguments = arguments
    self.deadline = deadline
  }

  /// Takes the continuation; returns false when the caller was cancelled before.
  func begin(_ continuation: Continuation) -> Bool {
    answer.begin(continuation, cancelled: .cancelled)
  }

  /// Answers the caller. Only the first answer counts.
  func complete(_ result: Result<RedisReply, RedisError>) { answer.complete(result) }
}
