private import Glibc
package import Local
package import Postgres
package import Reactor
private import Synchronization
private import TestHarness

/// The PostgreSQL and Redis of a test process: started when the first test asks, in a temporary
/// folder, without care for power cuts, and stopped when the process ends.
package final class TestServer: Sendable {
  package let servers: LocalServers
  /// The loops that tests' databases run on.
  package let group: EventLoopGroup
  /// The Redis that all tests of this process share: give keys names of their own.
  package var redisURL: String { servers.redisURL ?? "" }
  /// For calls that block.
  package let workers: WorkerPool
  private let template: Result<Void, MigrationError>
  private let lastDatabase = Atomic<Int>(0)

  /// The database that every test's is a copy of.
  private static let templateName = "klinke_template"
  private static let tests = Turnstile(places: 8)

  /// The folder this package is in, from which binaries and migrations are found.
  package static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  package static let binaries = root + "/.deps/postgres/bin"

  private static let shared = Mutex<Result<TestServer, LocalError>?>(nil)
  private static let starter = WorkerPool(threads: 1)

  /// The server of this process.
  package static func running() async throws(LocalError) -> TestServer {
    // One thread starts it; who comes meanwhile waits for the lock on that thread.
    let result = await starter.run {
      shared.withLock { shared in
        if let shared { return shared }
        let result = Result { () throws(LocalError) in try TestServer() }
        shared = result
        return result
      }
    }
    return try result.get()
  }

  private init() throws(LocalError) {
    let folder = TemporaryFolders.path("test")
    guard let group = EventLoopGroup(loops: 2) else {
      throw .startFailed(program: "test loops", lastLine: "no threads left", log: "-")
    }
    self.group = group
    workers = WorkerPool(threads: 4)
    TemporaryFolders.removeLeftovers("test")
    let servers = try LocalServers.start(
      LocalConfiguration(dataFolder: folder, postgresBinaries: Self.binaries, durable: false))
    self.servers = servers
    template = Result { () throws(MigrationError) in
      try Self.makeTemplate(servers)
    }
    // What a test process leaves behind is removed at its end; `atexit` takes no context.
    atexit {
      TestServer.shared.withLock { shared in
        guard case .success(let server)? = shared else { return }
        server.servers.stop()
        TemporaryFolders.remove(server.servers.dataFolder)
      }
    }
  }

  private static func makeTemplate(_ servers: LocalServers) throws(MigrationError) {
    guard let superuser = servers.superuserURL,
      let owner = servers.url(user: "klinke_owner", database: templateName)
    else { return }
    do throws(BlockingConnectionError) {
      try BlockingConnection(url: superuser, applicationName: "test")
        .run("CREATE DATABASE \(templateName) OWNER klinke_owner")
    } catch {
      throw .unreachable("\(error)")
    }
    let folder = root + "/migrations"
    try Migrator(Migration.load(folder: folder)).run(url: owner)
  }

  /// Runs a test with a database of its own, migrated and otherwise empty.
  func withCopy<R>(
    migrated: Bool, _ body: (TestDatabase) async throws -> R
  ) async throws -> R {
    await Self.tests.enter()
    defer { Self.tests.leave() }
    if migrated { try template.get() }
    let name = "test_\(lastDatabase.add(1, ordering: .relaxed).newValue)"
    let source = migrated ? Self.templateName : "template1"
    try await administer("CREATE DATABASE \(name) OWNER klinke_owner TEMPLATE \(source)")
    let test = TestDatabase(server: self, name: name)
    let result: Result<R, any Error>
    do {
      result = .success(try await body(test))
    } catch {
      result = .failure(error)
    }
    await test.close()
    try await administer("DROP DATABASE \(name) WITH (FORCE)")
    return try result.get()
  }

  /// Runs statements as superuser and returns the rows of the last.
  @discardableResult
  package func administer(
    _ statements: String, database: String = "postgres"
  ) async throws -> [Row] {
    guard let url = servers.url(user: "postgres", database: database) else { return [] }
    let result: Result<[Row], BlockingConnectionError> = await workers.run {
      Result { () throws(BlockingConnectionError) in
        try BlockingConnection(url: url, applicationName: "test").run(statements)
      }
    }
    return try result.get()
  }
}
