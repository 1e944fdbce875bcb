package import Reactor
package import Telemetry

/// A PostgreSQL database, used from the loops of a group.
///
/// ```swift
/// let rows = try await database.query(
///   "SELECT display_name FROM tenant WHERE tenant_id = \(id)", as: .tenant(id), deadline: deadline)
/// let name = try rows[0]["display_name", as: String.self]
/// ```
///
/// Each loop has its own connections, so that a handler's statement never changes threads; from
/// elsewhere a call goes to the next loop. Connections are made when they are needed, and anew after
/// they broke. Every statement names the ``Scope`` it runs in and ends at a deadline.
package final class Database: Sendable {
  private let group: EventLoopGroup
  private let pools: [ConnectionPool]
  private let statementMax: Duration

  package init(
    _ configuration: DatabaseConfiguration, group: EventLoopGroup, log: Logger = .silent,
    metrics: Metrics = Metrics()
  ) {
    let counters = ConnectionPool.Counters(metrics)
    self.group = group
    statementMax = configuration.statementMax
    pools = group.loops.map {
      ConnectionPool(loop: $0, configuration: configuration, log: log, counters: counters)
    }
  }

  /// One loop's connections.
  package struct PoolFigures: Sendable, Hashable {
    /// Connections that are open.
    package let open: Int
    /// Requests that wait for one.
    package let waiting: Int
    /// Connections that may be open.
    package let connectionsMax: Int
  }

  /// The pools, in the order of their loops.
  package func figures() async -> [PoolFigures] {
    var figures: [PoolFigures] = []
    for pool in pools { figures.append(await pool.figures()) }
    return figures
  }

  /// Runs one statement in a transaction of its own and returns its rows.
  ///
  /// Tenant, time limit and statement travel in one flight, and several flights share a connection;
  /// a statement that may run long belongs into ``transaction(as:deadline:_:)``, where nobody waits
  /// behind it.
  package func query(
    _ sql: SQL, as scope: Scope, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [Row] {
    try await run(sql, as: scope, deadline: deadline).rows
  }

  /// Runs one statement like ``query(_:as:deadline:)`` and returns how many rows it touched.
  @discardableResult
  package func execute(
    _ sql: SQL, as scope: Scope, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> Int {
    try await run(sql, as: scope, deadline: deadline).affected
  }

  /// Runs `body` in a transaction and commits when it returns, or rolls back when it throws.
  ///
  /// The transaction begins with its first statement, in the same flight. Within `body` use the
  /// transaction only: ``query(_:as:deadline:)`` is another connection and does not see its changes.
  package func transaction<R, E: Error>(
    as scope: Scope, deadline: ContinuousClock.Instant? = nil,
    _ body: (Transaction) async throws(E) -> R
  ) async throws(TransactionError<E>) -> R {
    let transaction: Transaction
    do throws(PostgresError) {
      transaction = try await begin(as: scope, deadline: deadline)
    } catch {
      throw .database(error)
    }
    let result: R
    do throws(E) {
      result = try await body(transaction)
    } catch {
      await transaction.rollBack()
      throw .body(error)
    }
    do throws(PostgresError) {
      try await transaction.commit()
    } catch {
      throw .database(error)
    }
    return result
  }

  /// The same for a body that fails only as the database does.
  package func transaction<R>(
    as scope: Scope, deadline: ContinuousClock.Instant? = nil,
    _ body: (Transaction) async throws(PostgresError) -> R
  ) async throws(PostgresError) -> R {
    let transaction = try await begin(as: scope, deadline: deadline)
    let result: R
    do throws(PostgresError) {
      result = try await body(transaction)
    } catch {
      await transaction.rollBack()
      throw error
    }
    try await transaction.commit()
    return result
  }

  /// Why the role of this database must not serve requests, in one line, or `nil` when it may: what
  /// keeps tenants apart holds for ordinary roles only. To be asked once, at the start.
  package func roleProblem(
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> String? {
    let rows = try await query(
      """
      SELECT rolname, rolsuper OR rolbypassrls AS bypasses, EXISTS (
          SELECT FROM pg_class WHERE relrowsecurity AND pg_has_role(relowner, 'USAGE')) AS owns
      FROM pg_roles WHERE rolname = current_user
      """, as: .none, deadline: deadline)
    guard let row = rows.first else { return nil }
    let role = try row["rolname", as: String.self]
    if try row["bypasses", as: Bool.self] {
      return
        "role \(role) bypasses row-level security: give KLINKE_APP_DATABASE_URL an ordinary role"
    }
    if try row["owns", as: Bool.self] {
      return "role \(role) owns tables: give KLINKE_APP_DATABASE_URL a role of its own"
    }
    return nil
  }

  /// Closes every connection; those of transactions when they end. What waits fails with `closed`.
  package func close() async {
    for pool in pools { await pool.loop.run { pool.close() } }
  }

  // MARK: Requests

  private func run(
    _ sql: SQL, as scope: Scope, deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> ResultSet {
    try sql.check()
    let pool = pool()
    let request = Request(.statement(sql, scope), deadline: limit(deadline, pool.loop))
    switch try await Self.submit(request, to: pool) {
    case .rows(let rows): return rows
    case .lease: preconditionFailure("a statement was answered with a lease")
    }
  }

  private func begin(
    as scope: Scope, deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> Transaction {
    let pool = pool()
    let deadline = limit(deadline, pool.loop)
    let request = Request(.lease, deadline: deadline)
    switch try await Self.submit(request, to: pool) {
    case .lease(let connection):
      let transaction = Transaction(
        pool: pool, connection: connection, scope: scope, deadline: deadline)
      return transaction
    case .rows: preconditionFailure("a lease was answered with rows")
    }
  }

  private static func submit(
    _ request: Request, to pool: ConnectionPool
  ) async throws(PostgresError) -> Request.Answer {
    let result: Result<Request.Answer, PostgresError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        pool.onLoop { pool.submit(request, continuation) }
      }
    } onCancel: {
      pool.loop.execute { pool.cancel(request) }
    }
    return try result.get()
  }

  private func limit(
    _ deadline: ContinuousClock.Instant?, _ loop: EventLoop
  ) -> ContinuousClock.Instant {
    let latest = loop.now + statementMax
    return deadline.map { min($0, latest) } ?? latest
  }

  private func pool() -> ConnectionPool {
    let loop = EventLoop.current ?? group.next()
    return pools.first { $0.loop === loop } ?? pools[0]
  }
}

extension SQL {
  /// Refuses what cannot be sent as it is.
  func check() throws(PostgresError) {
    guard let index = binds.firstIndex(where: { !$0.isSendable }) else { return }
    throw .zeroByte(parameter: index + 1)
  }
}
