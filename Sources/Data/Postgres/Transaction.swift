private import Reactor

/// A transaction in progress, with a connection to itself.
///
/// It is valid within the body it is handed to; afterwards its functions fail with `closed`.
///
/// Unchecked: what varies is touched on the connection's loop only.
package final class Transaction: @unchecked Sendable {
  private enum State {
    /// Nothing has been sent.
    case new
    /// BEGIN has been sent.
    case begun
    /// Over, one way or the other.
    case ended
  }

  private let pool: ConnectionPool
  private let connection: PostgresConnection
  private let scope: Scope
  /// When the transaction has to be over.
  package let deadline: ContinuousClock.Instant
  private var state = State.new

  /// How long an end may take when the deadline is near or past: locks are held until then.
  private static let endMax = Duration.seconds(5)

  init(
    pool: ConnectionPool, connection: PostgresConnection, scope: Scope,
    deadline: ContinuousClock.Instant
  ) {
    self.pool = pool
    self.connection = connection
    self.scope = scope
    self.deadline = deadline
  }

  /// Runs a statement and returns its rows. After a refusal by the server every further statement
  /// is refused as well.
  package func query(_ sql: SQL) async throws(PostgresError) -> [Row] { try await run(sql).rows }

  /// Runs a statement and returns how many rows it touched.
  @discardableResult
  package func execute(_ sql: SQL) async throws(PostgresError) -> Int {
    try await run(sql).affected
  }

  // MARK: Ends

  func commit() async throws(PostgresError) {
    guard await begunAndNotEnded() else { return }
    let result = await send("COMMIT", until: max(deadline, .now + Self.endMax), isLast: true)
    switch try result.get() {
    // The commit of a failed transaction succeeds, as a rollback.
    case .rows(let rows): if rows.command != "COMMIT" { throw .rolledBack }
    case .lease: preconditionFailure("a statement was answered with a lease")
    }
  }

  /// Undoes everything. Runs to its end in a cancelled task as well: the connection goes back to
  /// the pool. When it fails the connection is closed, which undoes everything too.
  func rollBack() async {
    guard await begunAndNotEnded() else { return }
    _ = await send("ROLLBACK", until: .now + Self.endMax, isLast: true)
  }

  /// Whether there is something to end; gives an unused connection back.
  private func begunAndNotEnded() async -> Bool {
    await pool.loop.run { [self] in
      switch state {
      case .new:
        end()
        return false
      case .begun: return true
      case .ended: return false
      }
    }
  }

  private func end() {
    state = .ended
    pool.endLease(of: connection)
  }

  // MARK: Statements

  private func run(_ sql: SQL) async throws(PostgresError) -> ResultSet {
    try sql.check()
    switch try await send(sql, until: deadline, isLast: false).get() {
    case .rows(let rows): return rows
    case .lease: preconditionFailure("a statement was answered with a lease")
    }
  }

  private func send(
    _ sql: SQL, until deadline: ContinuousClock.Instant, isLast: Bool
  ) async -> Result<Request.Answer, PostgresError> {
    let request = Request(.step(sql), deadline: deadline)
    guard isLast else {
      return await withTaskCancellationHandler {
        await perform(request)
      } onCancel: {
        pool.loop.execute { [self] in cancel(request) }
      }
    }
    let result = await perform(request)
    await pool.loop.run { [self] in end() }
    return result
  }

  private func perform(_ request: Request) async -> Result<Request.Answer, PostgresError> {
    await withCheckedContinuation { continuation in
      pool.onLoop { [self] in start(request, continuation) }
    }
  }

  private func start(_ request: Request, _ continuation: Request.Continuation) {
    guard request.begin(continuation) else { return }
    guard request.deadline > pool.loop.now else { return request.complete(.failure(.timeout)) }
    switch state {
    case .new: request.opening = scope
    case .begun: break
    case .ended: return request.complete(.failure(.closed))
    }
    state = .begun
    connection.send(request)
  }

  /// Stops the statement and with it the transaction: there is nobody left to go on with it.
  private func cancel(_ request: Request) {
    let isRunning = request.isPending
    request.complete(.failure(.cancelled))
    if isRunning { connection.abort() }
  }
}
