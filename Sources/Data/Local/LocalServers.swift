private import Glibc
private import Synchronization

/// The embedded PostgreSQL and Redis of a server that was given no URLs.
///
/// They live in one folder that only its owner can enter, listen on Unix sockets there, and end with
/// the process that started them, however it ends:
///
///     let local = try LocalServers.start(LocalConfiguration(dataFolder: ".klinke", …))
///     let database = local.appDatabaseURL
///     …
///     local.stop()
///
/// Starting and stopping block the calling thread; do neither on an event loop.
package final class LocalServers: Sendable {
  /// The database as its owner, for migrations; `nil` when PostgreSQL was not asked for.
  package let databaseURL: String?
  /// The database as the role that serves requests: it owns nothing and bypasses nothing.
  package let appDatabaseURL: String?
  /// The server as superuser. For tests that make databases; the product has no use for it.
  package let superuserURL: String?
  /// `nil` when Redis was not asked for.
  package let redisURL: String?
  /// The data folder, absolute.
  package let dataFolder: String

  private let lock: Mutex<FolderLock?>
  private let postgres: EmbeddedPostgres?
  private let redis: EmbeddedRedis?
  private let stopped = Atomic(false)

  private init(
    dataFolder: String, lock: consuming FolderLock, postgres: EmbeddedPostgres?,
    redis: EmbeddedRedis?
  ) {
    self.dataFolder = dataFolder
    self.lock = Mutex(lock)
    self.postgres = postgres
    self.redis = redis
    databaseURL = postgres?.url(user: "klinke_owner", database: "klinke")
    appDatabaseURL = postgres?.url(user: "klinke_app", database: "klinke")
    superuserURL = postgres?.superuserURL
    redisURL = redis?.url
  }

  deinit { stop() }

  /// The server as any role, on any of its databases; `nil` when PostgreSQL was not asked for.
  package func url(user: String, database: String) -> String? {
    postgres?.url(user: user, database: database)
  }

  /// Starts what is asked for and returns when all of it answers.
  package static func start(_ given: LocalConfiguration) throws(LocalError) -> LocalServers {
    var configuration = given
    configuration.postgresBinaries = Files.absolute(given.postgresBinaries)
    let data = Files.absolute(given.dataFolder)
    try Files.makeFolders(data)
    let lock = try FolderLock(folder: data)

    var runAs = RunAs.caller
    if configuration.parts.contains(.postgres) {
      for name in ["postgres", "initdb"] {
        let path = configuration.postgresBinaries + "/" + name
        guard Files.isExecutable(path) else {
          throw .programMissing(name: name == "postgres" ? "PostgreSQL" : name, path: path)
        }
      }
      runAs = try RunAs.choose(trying: configuration.postgresBinaries + "/postgres")
    }
    if case .user = runAs {
      // The other user must pass through; what is private in the folder has a mode of its own.
      guard unsafe chmod(data, 0o711) == 0 else {
        throw .folderNotWritable(path: data, reason: Files.text(of: errno))
      }
    }
    let sockets = SocketFolder.path(
      data: data, runtime: configuration.runtimeFolder, user: geteuid())
    try SocketFolder.make(sockets, data: data, runAs: runAs)
    shortenLogs(in: data)

    let postgres: EmbeddedPostgres? =
      configuration.parts.contains(.postgres)
      ? try .start(configuration, data: data, sockets: sockets, runAs: runAs) : nil
    do throws(LocalError) {
      let redis: EmbeddedRedis? =
        configuration.parts.contains(.redis)
        ? try .start(configuration, data: data, sockets: sockets) : nil
      return LocalServers(dataFolder: data, lock: lock, postgres: postgres, redis: redis)
    } catch {
      postgres?.stop()
      throw error
    }
  }

  /// Ends both servers, waits for them and lets go of the folder. Calling it twice is harmless.
  package func stop() {
    guard !stopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
    redis?.stop()
    postgres?.stop()
    lock.withLock { $0 = nil }
  }

  /// Keeps one old log of each server when it has grown large.
  private static func shortenLogs(in data: String) {
    for name in ["/postgres.log", "/redis.log"] where Files.size(data + name) > 8 << 20 {
      _ = unsafe rename(data + name, data + name + ".old")
    }
  }
}
