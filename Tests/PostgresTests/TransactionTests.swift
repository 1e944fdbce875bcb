internal import Postgres
internal import Reactor
internal import TestSupport
internal import Testing

@Suite("Transactions", .timeLimit(.minutes(5)))
struct TransactionTests {
  private struct Refused: Error, Equatable {}

  private func withTable(_ body: (TestDatabase) async throws -> Void) async throws {
    try await withTestDatabase(migrated: false) { test in
      try await test.administer(
        """
        CREATE TABLE item (id integer PRIMARY KEY, parent integer REFERENCES item (id)
          DEFERRABLE INITIALLY DEFERRED);
        GRANT SELECT, INSERT, UPDATE, DELETE ON item TO klinke_app;
        """)
      try await body(test)
    }
  }

  private func count(_ test: TestDatabase) async throws -> Int {
    try await test.app.query("SELECT count(*) AS n FROM item", as: .none)[0]["n", as: Int.self]
  }

  @Test("commits what the body did when it returns")
  func commit() async throws {
    try await withTable { test in
      let result = try await test.app.transaction(as: .none) {
        (transaction) async throws(PostgresError) in
        try await transaction.execute("INSERT INTO item VALUES (\(1))")
        // Not seen from outside before the commit.
        let outside = try await test.app.query("SELECT 1 FROM item", as: .none)
        return try await transaction.execute("INSERT INTO item VALUES (\(2))") + outside.count
      }
      #expect(result == 1)
      let rows = try await count(test)
      #expect(rows == 2)
    }
  }

  @Test("rolls back when the body throws, and hands its error on")
  func rollBack() async throws {
    try await withTable { test in
      do throws(TransactionError<Refused>) {
        try await test.app.transaction(as: .none) { (transaction) async throws(Refused) in
          _ = try? await transaction.execute("INSERT INTO item VALUES (\(1))")
          throw Refused()
        }
        Issue.record("it committed")
      } catch {
        guard case .body(Refused()) = error else {
          Issue.record("\(error)")
          return
        }
      }
      let rows = try await count(test)
      #expect(rows == 0)
    }
  }

  @Test("a body that swallows a refusal does not commit")
  func swallowed() async throws {
    try await withTable { test in
      await #expect(throws: PostgresError.rolledBack) {
        try await test.app.transaction(as: .none) {
          (transaction) async throws(PostgresError) in
          try await transaction.execute("INSERT INTO item VALUES (\(1))")
          _ = try? await transaction.query("SELECT 1 / 0")
        }
      }
      let rows = try await count(test)
      #expect(rows == 0)
    }
  }

  @Test("a constraint that is checked at the commit is an error of the transaction")
  func deferred() async throws {
    try await withTable { test in
      await #expect {
        try await test.app.transaction(as: .none) {
          (transaction) async throws(PostgresError) in
          try await transaction.execute("INSERT INTO item VALUES (\(1), \(99))")
        }
      } throws: {
        ($0 as? PostgresError)?.state == .foreignKeyViolation
      }
      await #expect {
        try await test.app.execute("INSERT INTO item VALUES (\(1), \(99))", as: .none)
      } throws: {
        ($0 as? PostgresError)?.state == .foreignKeyViolation
      }
      let rows = try await count(test)
      #expect(rows == 0)
    }
  }

  @Test("a transaction without a statement takes no trip to the server and gives back its lease")
  func empty() async throws {
    try await withTable { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      for _ in 0..<5 {
        try await database.transaction(as: .none) { (_) async throws(PostgresError) in }
      }
      #expect(try await database.query("SELECT 1", as: .none).count == 1)
      await database.close()
    }
  }

  @Test("a transaction that is kept beyond its body answers nothing")
  func escaped() async throws {
    try await withTable { test in
      let kept = try await test.app.transaction(as: .none) {
        (transaction) async throws(PostgresError) in
        try await transaction.execute("INSERT INTO item VALUES (\(1))")
        return transaction
      }
      await #expect(throws: PostgresError.closed) { try await kept.query("SELECT 1") }
    }
  }

  @Test("cancelling stops the running statement and undoes the transaction")
  func cancelled() async throws {
    try await withTable { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      let (pids, continuation) = AsyncStream.makeStream(of: Int.self)
      let task = Task {
        try await database.transaction(as: .none) {
          (transaction) async throws(PostgresError) in
          try await transaction.execute("INSERT INTO item VALUES (\(1))")
          let rows = try await transaction.query("SELECT pg_backend_pid() AS pid")
          continuation.yield(try rows[0]["pid", as: Int.self])
          _ = try await transaction.query("SELECT pg_sleep(60)")
        }
      }
      let pid = try #require(await pids.first { _ in true })
      try await test.untilActive(pid)
      task.cancel()
      await #expect(throws: PostgresError.cancelled) { try await task.value }
      try await test.untilGone(pid)
      let rows = try await count(test)
      #expect(rows == 0)
      #expect(try await database.query("SELECT 1", as: .none).count == 1)
      await database.close()
    }
  }

  @Test("the deadline ends a transaction in a statement and between statements")
  func deadline() async throws {
    try await withTable { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      await #expect(throws: PostgresError.timeout) {
        try await database.transaction(as: .none, deadline: .now + .milliseconds(100)) {
          (transaction) async throws(PostgresError) in
          try await transaction.execute("INSERT INTO item VALUES (\(1))")
          _ = try await transaction.query("SELECT pg_sleep(60)")
        }
      }
      await #expect(throws: PostgresError.timeout) {
        try await database.transaction(as: .none, deadline: .now + .milliseconds(50)) {
          (transaction) async throws(PostgresError) in
          try await transaction.execute("INSERT INTO item VALUES (\(1))")
          while true { _ = try await transaction.query("SELECT pg_sleep(0.01)") }
        }
      }
      let rows = try await count(test)
      #expect(rows == 0)
      #expect(try await database.query("SELECT 1", as: .none).count == 1)
      await database.close()
    }
  }

  @Test("100 transactions over few connections count without a gap")
  func concurrent() async throws {
    try await withTable { test in
      let database = test.open {
        $0.connectionsPerLoop = 3
        // All of them wait for one row: on a busy machine longer than a caller would.
        $0.waitMax = .seconds(60)
      }
      try await test.administer("INSERT INTO item VALUES (0)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 1...100 {
          group.addTask {
            try await database.transaction(as: .none) {
              (transaction) async throws(PostgresError) in
              _ = try await transaction.query("SELECT 1 FROM item WHERE id = 0 FOR UPDATE")
              let rows = try await transaction.query("SELECT max(id) + 1 AS next FROM item")
              let next = try rows[0]["next", as: Int.self]
              try await transaction.execute("INSERT INTO item VALUES (\(next))")
            }
            if index % 10 == 0 {
              _ = try await database.query("SELECT 1", as: .none)
            }
          }
        }
        try await group.waitForAll()
      }
      let rows = try await count(test)
      #expect(rows == 101)
      await database.close()
    }
  }
}
