internal import Glibc
internal import Local
internal import Postgres
internal import Reactor
internal import TestHarness
internal import TestSupport
internal import Testing

@Suite("The pool on a real server", .timeLimit(.minutes(5)))
struct PoolTests {
  @Test("who finds no room to wait is refused at once, who waits too long is told how long")
  func exhausted() async throws {
    try await withTestDatabase { test in
      let database = test.open {
        $0.connectionsPerLoop = 1
        $0.flightsPerConnection = 1
        $0.waitersPerLoop = 1
        $0.waitMax = .milliseconds(50)
      }
      let loop = test.group.loops[0]
      try await Task(executorPreference: loop) {
        try await connect(database)
        let busy = try await test.withLockHeld {
          let busy = Task(executorPreference: loop) {
            try await database.query("SELECT pg_advisory_xact_lock(1)", as: .none)
          }
          let waits = Task(executorPreference: loop) {
            try await database.query("SELECT 2", as: .none)
          }
          let refused = Task(executorPreference: loop) {
            try await database.query("SELECT 3", as: .none)
          }
          await #expect(throws: PostgresError.poolExhausted(waited: .zero)) {
            _ = try await refused.value
          }
          await #expect {
            _ = try await waits.value
          } throws: { error in
            guard case .poolExhausted(let waited)? = error as? PostgresError else { return false }
            return waited >= .milliseconds(49)
          }
          return busy
        }
        _ = try await busy.value
        #expect(try await database.query("SELECT 4", as: .none).count == 1)
      }.value
      await database.close()
    }
  }

  /// Opening a connection may take longer than the pool lets anyone wait.
  private func connect(_ database: Database) async throws {
    for _ in 0..<200 {
      do throws(PostgresError) {
        _ = try await database.query("SELECT 1", as: .none)
        return
      } catch {
        guard error == .connectionLost else { throw error }
      }
    }
    Issue.record("no connection in 200 attempts")
  }

  @Test("a database that is not there is an error after the wait, not a hang")
  func absent() async throws {
    let server = try await TestServer.running()
    let database = Database(
      DatabaseConfiguration(
        url: "postgresql://klinke_app@/klinke?host=/tmp/klinke-nowhere",
        waitMax: .milliseconds(100)),
      group: server.group)
    await #expect(throws: PostgresError.connectionLost) {
      _ = try await database.query("SELECT 1", as: .none)
    }
    await database.close()
    await #expect(throws: PostgresError.closed) {
      _ = try await database.query("SELECT 1", as: .none)
    }
  }

  @Test("a host name is resolved, and a port where nobody listens is an error")
  func overTCP() async throws {
    let server = try await TestServer.running()
    let database = Database(
      DatabaseConfiguration(
        url: "postgresql://klinke_app@localhost:1/klinke", waitMax: .milliseconds(200)),
      group: server.group)
    await #expect(throws: PostgresError.connectionLost) {
      _ = try await database.query("SELECT 1", as: .none)
    }
    await database.close()
  }

  @Test("the pool survives a server that is killed and comes back")
  func restart() async throws {
    try await withOwnServer { servers, folder in
      let group = try await TestServer.running().group
      let database = Database(
        DatabaseConfiguration(url: servers.appDatabaseURL ?? "", waitMax: .seconds(20)),
        group: group)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for _ in 0..<20 {
          tasks.addTask { _ = try await database.query("SELECT 1", as: .none) }
        }
        try await tasks.waitForAll()
      }
      let sleeping = Task { try await database.query("SELECT pg_sleep(60)", as: .none) }
      try await until {
        let active = try await database.query(
          """
          SELECT 1 FROM pg_stat_activity
          WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()
          """, as: .none)
        return !active.isEmpty
      }
      let postmaster = try postmaster(of: folder)
      kill(postmaster, SIGKILL)
      await #expect(throws: PostgresError.connectionLost) { _ = try await sleeping.value }
      // Connections that have not noticed yet may still fail; then the server is back.
      var answered = 0
      try await until {
        do {
          _ = try await database.query("SELECT 1", as: .none)
          answered += 1
        } catch PostgresError.connectionLost {}
        return answered == 20
      }
      #expect(try self.postmaster(of: folder) != postmaster)
      await database.close()
    }
  }

  private func postmaster(of folder: String) throws -> pid_t {
    try #require(firstNumber(of: folder + "/postgres/postmaster.pid"))
  }
}

/// Runs a test with a server to itself, for what a shared one would not survive.
func withOwnServer(_ body: (LocalServers, _ folder: String) async throws -> Void) async throws {
  try await withFolder { folder in
    let workers = WorkerPool(threads: 1)
    let configuration = LocalConfiguration(
      dataFolder: folder, postgresBinaries: TestServer.binaries, durable: false)
    let result: Result<LocalServers, LocalError> = await workers.run {
      Result { () throws(LocalError) in try LocalServers.start(configuration) }
    }
    let servers = try result.get()
    defer { servers.stop() }
    try await body(servers, folder)
  }
}

/// The number that a file begins with.
func firstNumber(of path: String) -> pid_t? {
  guard let file = unsafe fopen(path, "r") else { return nil }
  defer { unsafe fclose(file) }
  var line = [CChar](repeating: 0, count: 32)
  guard unsafe fgets(&line, 32, file) != nil else { return nil }
  let digits = line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
  return pid_t(String(decoding: digits, as: UTF8.self))
}
