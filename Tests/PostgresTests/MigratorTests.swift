internal import Postgres
internal import Reactor
internal import TestSupport
internal import Testing

@Suite("Migrator", .timeLimit(.minutes(5)))
struct MigratorTests {
  private let first = Migration(
    number: 1, name: "create_a", sql: "CREATE TABLE a (n integer); INSERT INTO a VALUES (1);")
  private let second = Migration(number: 2, name: "create_b", sql: "CREATE TABLE b (n integer)")

  private func migrate(
    _ test: TestDatabase, _ migrations: [Migration]
  ) async -> Result<[Migration], MigrationError> {
    let url = test.ownerURL
    return await test.server.workers.run {
      Result { () throws(MigrationError) in try Migrator(migrations).run(url: url) }
    }
  }

  @Test("applies each migration once, in order, whatever order they come in")
  func twice() async throws {
    try await withTestDatabase(migrated: false) { test in
      #expect(try await migrate(test, [second, first]).get() == [first, second])
      #expect(try await migrate(test, [first, second]).get() == [])
      let rows = try await test.owner.query("SELECT n FROM a", as: .none)
      #expect(rows.count == 1)
      let notes = try await test.owner.query(
        "SELECT name FROM klinke_migration ORDER BY number", as: .none)
      #expect(try notes.map { try $0["name", as: String.self] } == ["create_a", "create_b"])
    }
  }

  @Test("several at once: one applies, the others find nothing to do")
  func concurrently() async throws {
    try await withTestDatabase(migrated: false) { test in
      let slow = Migration(number: 3, name: "wait", sql: "SELECT pg_sleep(0.1)")
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask { try await migrate(test, [first, second, slow]).get().count }
        }
        return try await group.reduce(0, +)
      }
      #expect(applied == 3)
    }
  }

  @Test("refuses a file that was changed after it was applied")
  func changed() async throws {
    try await withTestDatabase(migrated: false) { test in
      _ = try await migrate(test, [first]).get()
      var edited = first
      edited.sql += " -- harmless"
      #expect(
        await migrate(test, [edited, second]) == .failure(.changed(number: 1, name: "create_a")))
      #expect(try await migrate(test, [first, second]).get() == [second])
    }
  }

  @Test("refuses a newer database, a number used twice, and one that comes too late")
  func order() async throws {
    try await withTestDatabase(migrated: false) { test in
      _ = try await migrate(test, [first, second]).get()
      #expect(await migrate(test, [first]) == .failure(.newerDatabase(number: 2)))
      #expect(await migrate(test, [first, first]) == .failure(.duplicate(number: 1)))
      let late = Migration(number: 0, name: "late", sql: "SELECT 1")
      #expect(
        await migrate(test, [late, first, second])
          == .failure(.outOfOrder(number: 0, name: "late")))
    }
  }

  @Test("a migration that fails leaves nothing behind, and those before it stay")
  func failure() async throws {
    try await withTestDatabase(migrated: false) { test in
      let broken = Migration(
        number: 2, name: "broken", sql: "CREATE TABLE half (n integer); SELECT 1 / 0;")
      #expect(
        await migrate(test, [first, broken])
          == .failure(.failed(number: 2, name: "broken", message: "division by zero")))
      let tables = try await test.owner.query(
        "SELECT to_regclass('half') IS NULL AS gone, to_regclass('a') IS NOT NULL AS kept",
        as: .none)
      #expect(try tables[0]["gone", as: Bool.self])
      #expect(try tables[0]["kept", as: Bool.self])
      #expect(try await migrate(test, [first, second]).get() == [second])
    }
  }

  @Test("says in one line what is wrong with the URL")
  func urls() async throws {
    #expect(throws: MigrationError.malformedURL) {
      try Migrator([]).run(url: "postgresql://h/%zz")
    }
    #expect {
      try Migrator([]).run(url: "postgresql://klinke:secret@localhost:1/klinke")
    } throws: { error in
      let text = "\(error)"
      return text.contains("cannot be reached") && !text.contains("secret")
        && !text.contains("\n")
    }
  }

  @Test("the project's own migrations apply, once more finds nothing to do")
  func own() async throws {
    let migrations = try Migration.load(folder: TestServer.root + "/migrations")
    #expect(!migrations.isEmpty)
    try await withTestDatabase { test in
      let applied = try await migrate(test, migrations).get()
      #expect(applied == [])
    }
    #expect(throws: MigrationError.unreadable(path: "/nowhere")) {
      try Migration.load(folder: "/nowhere")
    }
  }
}
