internal import Reactor

/// One statement, or one wish for a connection, from the call until its answer.
///
/// Unchecked: made by the calling task, then touched on the loop only.
final class Request: @unchecked Sendable {
  enum Work {
    /// A self-contained statement in a scope.
    case statement(SQL, Scope)
    /// A connection for a transaction.
    case lease
    /// A statement of a transaction.
    case step(SQL)
  }

  enum Answer {
    case rows(ResultSet)
    case lease(PostgresConnection)
  }

  typealias Continuation = PendingAnswer<Answer, PostgresError>.Continuation

  let work: Work
  /// When the caller stops waiting.
  let deadline: ContinuousClock.Instant
  /// Set by the pool.
  var id: UInt64 = 0
  /// For the first step of a transaction: the scope that it begins with, in the same flight.
  var opening: Scope?
  var timer: TimerID?
  private var answer = PendingAnswer<Answer, PostgresError>()

  init(_ work: Work, deadline: ContinuousClock.Instant) {
    self.work = work
    self.deadline = deadline
  }

  /// Whether somebody waits for the answer.
  var isPending: Bool { answer.isPending }

  /// Takes the continuation; returns false when the caller was cancelled before.
  func begin(_ continuation: Continuation) -> Bool {
    answer.begin(continuation, cancelled: .cancelled)
  }

  /// Answers the caller. Only the first answer counts.
  func complete(_ result: Result<Answer, PostgresError>) { answer.complete(result) }
}
