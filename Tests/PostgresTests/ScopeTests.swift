internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Tenant scope", .timeLimit(.minutes(5)))
struct ScopeTests {
  private static let anna = "11111111-1111-4111-8111-111111111111"
  private static let bert = "22222222-2222-4222-8222-222222222222"

  /// A database with one row of each of two tenants.
  private func withNotes(_ body: (TestDatabase) async throws -> Void) async throws {
    try await withTestDatabase(migrated: false) { test in
      try await test.administer(
        """
        SET ROLE klinke_owner;
        CREATE TABLE note (
          tenant_id uuid NOT NULL, note_id integer NOT NULL, body text NOT NULL,
          CONSTRAINT note_pkey PRIMARY KEY (tenant_id, note_id),
          CONSTRAINT note_body_length CHECK (char_length(body) < 10));
        INSERT INTO note VALUES ('\(Self.anna)', 1, 'a'), ('\(Self.bert)', 2, 'b');
        ALTER TABLE note ENABLE ROW LEVEL SECURITY;
        ALTER TABLE note FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant_isolation ON note USING (
          tenant_id = (SELECT NULLIF(current_setting('klinke.tenant_id', true), '')::uuid));
        GRANT SELECT, INSERT, UPDATE, DELETE ON note TO klinke_app;
        """)
      try await body(test)
    }
  }

  @Test("shows a tenant its rows, and nothing when no tenant is set, before and after")
  func reads() async throws {
    try await withNotes { test in
      for _ in 0..<3 {
        #expect(try await test.app.query("SELECT 1 FROM note", as: .none).isEmpty)
        let rows = try await test.app.query("SELECT body FROM note", as: .tenant(Self.anna))
        #expect(try rows.map { try $0["body", as: String.self] } == ["a"])
        let others = try await test.app.query("SELECT body FROM note", as: .tenant(Self.bert))
        #expect(try others.map { try $0["body", as: String.self] } == ["b"])
      }
      #expect(try await test.owner.query("SELECT 1 FROM note", as: .none).isEmpty)
    }
  }

  @Test("refuses a row of another tenant, and a change of one")
  func writes() async throws {
    try await withNotes { test in
      await #expect {
        try await test.app.execute(
          "INSERT INTO note VALUES (\(Self.bert), 3, 'x')", as: .tenant(Self.anna))
      } throws: {
        ($0 as? PostgresError)?.state == .insufficientPrivilege
      }
      let changed = try await test.app.execute(
        "UPDATE note SET body = 'x' WHERE note_id = \(2)", as: .tenant(Self.anna))
      #expect(changed == 0)
    }
  }

  @Test("many tenants on one shared connection never see each other's rows")
  func interleaved() async throws {
    try await withNotes { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<600 {
          group.addTask {
            let scope = [Scope.tenant(Self.anna), .tenant(Self.bert), .none][index % 3]
            let rows = try await database.query("SELECT body FROM note", as: scope)
            let texts = try rows.map { try $0["body", as: String.self] }
            return texts == [["a"], ["b"], []][index % 3]
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
      await database.close()
    }
  }

  @Test("a transaction has its tenant to its end and no longer")
  func transactions() async throws {
    try await withNotes { test in
      let database = test.open { $0.connectionsPerLoop = 1 }
      let count = try await database.transaction(as: .tenant(Self.anna)) {
        (transaction) async throws(PostgresError) in
        try await transaction.execute("INSERT INTO note VALUES (\(Self.anna), 5, 'c')")
        return try await transaction.query("SELECT 1 FROM note").count
      }
      #expect(count == 2)
      #expect(try await database.query("SELECT 1 FROM note", as: .none).isEmpty)
      await database.close()
    }
  }

  @Test("a malformed tenant is an error of the statement and leaks nothing")
  func malformed() async throws {
    try await withNotes { test in
      await #expect {
        _ = try await test.app.query("SELECT 1 FROM note", as: .tenant("x' OR true"))
      } throws: {
        ($0 as? PostgresError)?.state == .invalidTextRepresentation
      }
    }
  }

  @Test("tells a role that tenants are not safe from")
  func roles() async throws {
    try await withNotes { test in
      let ordinary = try await test.app.roleProblem()
      #expect(ordinary == nil)
      let owner = try await test.owner.roleProblem()
      #expect(owner?.contains("owns tables") == true)
      let url = test.appURL.replacing("klinke_app", with: "postgres")
      let superuser = test.open { $0.url = url }
      let problem = try await superuser.roleProblem()
      #expect(problem?.contains("bypasses") == true)
      await superuser.close()
    }
  }

  @Test("names the violated constraint")
  func constraint() async throws {
    try await withNotes { test in
      await #expect {
        try await test.app.execute(
          "INSERT INTO note VALUES (\(Self.anna), 9, \("far too long a text"))",
          as: .tenant(Self.anna))
      } throws: {
        ($0 as? PostgresError)?.constraint == "note_body_length"
      }
    }
  }
}
