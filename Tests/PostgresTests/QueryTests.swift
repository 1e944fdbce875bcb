internal import Postgres
internal import Reactor
internal import TestSupport
internal import Testing

@Suite("Queries on a real server", .timeLimit(.minutes(5)))
struct QueryTests {
  @Test("returns what was sent, of every type")
  func roundTrip() async throws {
    try await withDatabase { database in
      let time = PostgresTimestamp(microseconds: 1_795_249_299_123_456)
      let rows = try await database.query(
        """
        SELECT \("grüß\"'\\")::text AS text, \(Int64.min)::bigint AS int, \(true)::boolean AS bool,
          \(1.5e-7)::float8 AS double, \([0, 1, 255] as [UInt8]) AS bytes,
          \(["a,b", "c\"d", "NULL", ""])::text[] AS texts, \(time) AS time,
          \(nil as String?)::text AS nothing
        """, as: .none)
      let row = try #require(rows.first)
      #expect(try row["text", as: String.self] == "grüß\"'\\")
      #expect(try row["int", as: Int64.self] == .min)
      #expect(try row["bool", as: Bool.self])
      #expect(try row["double", as: Double.self] == 1.5e-7)
      #expect(try row["bytes", as: [UInt8].self] == [0, 1, 255])
      #expect(try row["texts", as: [String].self] == ["a,b", "c\"d", "NULL", ""])
      #expect(try row["time", as: PostgresTimestamp.self] == time)
      #expect(try row["nothing", as: String?.self] == nil)
      #expect(throws: PostgresError.decoding(column: "nothing", as: "String")) {
        try row["nothing", as: String.self]
      }
      #expect(throws: PostgresError.decoding(column: "absent", as: "Int")) {
        try row["absent", as: Int.self]
      }
    }
  }

  @Test("2,000 queries at once share a few connections, each with its own answer")
  func many() async throws {
    try await withTestDatabase { test in
      let database = test.open { $0.connectionsPerLoop = 2 }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<2000 {
          group.addTask {
            let rows = try await database.query("SELECT \(index)::bigint AS n", as: .none)
            #expect(try rows.first?["n", as: Int.self] == index)
          }
        }
        try await group.waitForAll()
      }
      let open = try await test.owner.query(
        """
        SELECT count(*) AS n FROM pg_stat_activity
        WHERE datname = current_database() AND usename = 'klinke_app'
        """, as: .none)
      #expect(try open[0]["n", as: Int.self] <= 2 * test.group.loops.count)
      await database.close()
    }
  }

  @Test("statements sent from a loop stay on it")
  func staysOnLoop() async throws {
    try await withTestDatabase { test in
      for loop in test.group.loops {
        let stayed = try await Task(executorPreference: loop) {
          _ = try await test.app.query("SELECT 1", as: .none)
          return loop.isCurrent
        }.value
        #expect(stayed)
      }
    }
  }

  @Test("a statement ends at the deadline of its call, and its connection goes on")
  func deadline() async throws {
    try await withTestDatabase { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      let before = try await pid(database)
      let start = ContinuousClock.now
      await #expect(throws: PostgresError.timeout) {
        _ = try await database.query(
          "SELECT pg_sleep(60)", as: .none, deadline: start + .milliseconds(100))
      }
      #expect(start.duration(to: .now) < .seconds(10))
      #expect(try await pid(database) == before)
      await #expect(throws: PostgresError.timeout) {
        _ = try await database.query("SELECT 1", as: .none, deadline: start)
      }
      await database.close()
    }
  }

  /// The session that answers on the first loop.
  private func pid(_ database: Database) async throws -> Int {
    let loop = try await TestServer.running().group.loops[0]
    return try await Task(executorPreference: loop) {
      try await database.query("SELECT pg_backend_pid() AS pid", as: .none)[0]["pid", as: Int.self]
    }.value
  }

  @Test("a cancelled task returns at once, and the answer that comes later is nobody else's")
  func cancelled() async throws {
    try await withTestDatabase { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      let loop = test.group.loops[0]
      try await Task(executorPreference: loop) {
        _ = try await database.query("SELECT 1", as: .none)
        // The lock is given up when the cancelled task has returned: before, there is no answer.
        let next = try await test.withLockHeld {
          let slow = Task(executorPreference: loop) {
            try await database.query(
              "SELECT 'slow' AS t, pg_advisory_xact_lock(1)", as: .none)
          }
          let next = Task(executorPreference: loop) {
            try await database.query("SELECT 'next' AS t", as: .none)
          }
          await Task.yield()
          slow.cancel()
          await #expect(throws: PostgresError.cancelled) { _ = try await slow.value }
          return next
        }
        #expect(try await next.value[0]["t", as: String.self] == "next")
        let late = Task(executorPreference: loop) {
          while !Task.isCancelled { await Task.yield() }
          return try await database.query("SELECT 1", as: .none)
        }
        late.cancel()
        await #expect(throws: PostgresError.cancelled) { _ = try await late.value }
      }.value
      await database.close()
    }
  }

  @Test("a connection killed in the middle of a query is an error, and the next query works")
  func terminated() async throws {
    try await withTestDatabase { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      let pid = try await pid(database)
      let loop = test.group.loops[0]
      let sleeping = Task(executorPreference: loop) {
        try await database.query("SELECT pg_sleep(60)", as: .none)
      }
      try await test.untilActive(pid)
      try await test.administer("SELECT pg_terminate_backend(\(pid))")
      await #expect(throws: PostgresError.connectionLost) { _ = try await sleeping.value }
      #expect(try await self.pid(database) != pid)
      await database.close()
    }
  }

  @Test("a statement the server refuses does not harm those beside it, first time or later")
  func refused() async throws {
    try await withTestDatabase { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      for _ in 0..<3 {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<10 {
            group.addTask {
              await #expect {
                _ = try await database.query("SELECT nothing FROM nowhere", as: .none)
              } throws: {
                ($0 as? PostgresError)?.state == SQLState(rawValue: "42P01")
              }
            }
            group.addTask {
              await #expect {
                _ = try await database.query("SELECT 1 / \(0)::int", as: .none)
              } throws: {
                ($0 as? PostgresError)?.state == SQLState(rawValue: "22012")
              }
            }
            group.addTask {
              let rows = try await database.query("SELECT 1", as: .none)
              #expect(rows.count == 1)
            }
          }
          try await group.waitForAll()
        }
      }
      await database.close()
    }
  }

  @Test("more statements than a connection keeps prepared")
  func evictions() async throws {
    try await withTestDatabase { test in
      let database = test.open {
        $0.connectionsPerLoop = 1
        $0.preparedStatementsMax = 2
      }
      let statements: [SQL] = ["SELECT 0 AS n", "SELECT 1 AS n", "SELECT 2 AS n", "SELECT 3 AS n"]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for round in 0..<100 {
          group.addTask {
            let number = (round * 7 + round / 3) % 4
            let rows = try await database.query(statements[number], as: .none)
            #expect(try rows[0]["n", as: Int.self] == number)
          }
        }
        try await group.waitForAll()
      }
      await database.close()
    }
  }

  @Test("a statement prepared before a table changed works after it")
  func changedTable() async throws {
    try await withTestDatabase { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      try await test.administer(
        "CREATE TABLE shape AS SELECT 1 AS a; GRANT SELECT ON shape TO klinke_app")
      let loop = test.group.loops[0]
      try await Task(executorPreference: loop) {
        _ = try await database.query("SELECT * FROM shape", as: .none)
        try await test.administer("ALTER TABLE shape ADD COLUMN b integer")
        // The first may be refused, because the shape of the answer changed under it.
        _ = try? await database.query("SELECT * FROM shape", as: .none)
        let rows = try await database.query("SELECT * FROM shape", as: .none)
        #expect(try rows[0]["b", as: Int?.self] == nil)
      }.value
      await database.close()
    }
  }
}
