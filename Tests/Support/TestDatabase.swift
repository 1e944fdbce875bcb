private import Local
package import Postgres
package import Reactor
private import Synchronization

/// A database that one test has to itself.
package final class TestDatabase: Sendable {
  /// As the role that serves requests.
  package let app: Database
  /// As the owner of the schema.
  package let owner: Database
  package let appURL: String
  package let ownerURL: String
  package let name: String
  package let server: TestServer

  init(server: TestServer, name: String) {
    self.server = server
    self.name = name
    appURL = server.servers.url(user: "klinke_app", database: name) ?? ""
    ownerURL = server.servers.url(user: "klinke_owner", database: name) ?? ""
    app = Database(
      DatabaseConfiguration(url: appURL, connectionsPerLoop: 4), group: server.group)
    owner = Database(
      DatabaseConfiguration(url: ownerURL, connectionsPerLoop: 2), group: server.group)
  }

  package var group: EventLoopGroup { server.group }

  /// The database once more, with other limits. The caller closes it.
  package func open(
    _ change: (inout DatabaseConfiguration) -> Void
  ) -> Database {
    var configuration = DatabaseConfiguration(url: appURL)
    change(&configuration)
    return Database(configuration, group: server.group)
  }

  /// Runs statements as superuser, in this database, and returns the rows of the last.
  @discardableResult
  package func administer(_ statements: String) async throws -> [Row] {
    try await server.administer(statements, database: name)
  }

  func close() async {
    await app.close()
    await owner.close()
  }
}

/// Runs a test with a migrated database of its own, as the role that serves requests.
package func withDatabase<R>(_ body: (Database) async throws -> R) async throws -> R {
  try await withTestDatabase { try await body($0.app) }
}

/// Runs a test with a database of its own, and what is around it.
package func withTestDatabase<R>(
  migrated: Bool = true, _ body: (TestDatabase) async throws -> R
) async throws -> R {
  try await TestServer.running().withCopy(migrated: migrated, body)
}

/// Lets a limited number in at a time: each test's database has connections, and a server has not
/// many of them.
final class Turnstile: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(places: Int) { state = Mutex(State(free: places)) }

  func enter() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func leave() {
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
