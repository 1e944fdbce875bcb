/// Brings a schema up to date: applies each migration that the database does not have, in order,
/// each in its own transaction together with the note that it was applied.
///
/// Running it twice, or in several processes at once, is harmless: an advisory lock lets one in, and
/// the others find nothing to do. It blocks the calling thread.
package struct Migrator {
  private let migrations: [Migration]

  /// Belongs to nobody else in this database: "klinke" as a number.
  private static let lock = 0x6b6c_696e_6b65
  private static let lockWaitSeconds = 60

  package init(_ migrations: [Migration]) {
    self.migrations = migrations.sorted { $0.number < $1.number }
  }

  /// Migrates the database and returns what was applied. The URL names the owner's role.
  @discardableResult
  package func run(url: String) throws(MigrationError) -> [Migration] {
    for (one, next) in zip(migrations, migrations.dropFirst()) where one.number == next.number {
      throw .duplicate(number: one.number)
    }
    let connection: BlockingConnection
    do throws(BlockingConnectionError) {
      connection = try BlockingConnection(url: url, applicationName: "klinke migrate")
    } catch {
      throw MigrationError(error)
    }
    try takeLock(connection)
    // The lock ends with the session, whatever happens in between.
    let pending = try plan(connection)
    for migration in pending { try apply(migration, connection) }
    return pending
  }

  private func takeLock(_ connection: BlockingConnection) throws(MigrationError) {
    do throws(BlockingConnectionError) {
      try connection.run("SET lock_timeout = '\(Self.lockWaitSeconds)s'")
      try connection.run("SELECT pg_advisory_lock(\(Self.lock))")
      try connection.run("RESET lock_timeout")
    } catch {
      if case .refused(let report) = error, report.state == .lockNotAvailable { throw .locked }
      throw MigrationError(error)
    }
  }

  /// Compares what is applied with what is there, and returns the rest.
  private func plan(_ connection: BlockingConnection) throws(MigrationError) -> [Migration] {
    var applied: [Int: String] = [:]
    var checksums: [Int: String] = [:]
    do throws(BlockingConnectionError) {
      try connection.run(
        """
        CREATE TABLE IF NOT EXISTS klinke_migration (
          number      integer     NOT NULL,
          name        text        NOT NULL,
          checksum    text        NOT NULL,
          apply_time  timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT klinke_migration_pkey PRIMARY KEY (number)
        )
        """)
      for row in try connection.run("SELECT number, checksum FROM klinke_migration") {
        guard let number = try? row["number", as: Int.self] else { continue }
        applied[number] = try? row["checksum", as: String.self]
      }
      for migration in migrations where applied[migration.number] != nil {
        checksums[migration.number] = try checksum(migration, connection)
      }
    } catch {
      throw MigrationError(error)
    }
    let known = Set(migrations.map(\.number))
    if let unknown = applied.keys.filter({ !known.contains($0) }).max() {
      throw .newerDatabase(number: unknown)
    }
    let newest = applied.keys.max() ?? Int.min
    var pending: [Migration] = []
    for migration in migrations {
      if let checksum = applied[migration.number] {
        guard checksum == checksums[migration.number] else {
          throw .changed(number: migration.number, name: migration.name)
        }
      } else {
        guard migration.number > newest else {
          throw .outOfOrder(number: migration.number, name: migration.name)
        }
        pending.append(migration)
      }
    }
    return pending
  }

  private func apply(
    _ migration: Migration, _ connection: BlockingConnection
  ) throws(MigrationError) {
    do throws(BlockingConnectionError) {
      try connection.run("BEGIN")
      try connection.run(migration.sql)
      try connection.run(
        """
        INSERT INTO klinke_migration (number, name, checksum)
        VALUES ($1::integer, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))
        """, [String(migration.number), migration.name, migration.sql])
      try connection.run("COMMIT")
    } catch {
      switch error {
      case .refused(let report):
        let message = [report.message, report.detail].compactMap(\.self).joined(separator: "; ")
        throw .failed(number: migration.number, name: migration.name, message: message)
      case .malformedURL, .unreachable: throw MigrationError(error)
      }
    }
  }

  /// The server computes it, so that it is the same for every program that migrates.
  private func checksum(
    _ migration: Migration, _ connection: BlockingConnection
  ) throws(BlockingConnectionError) -> String? {
    let rows = try connection.run(
      "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", [migration.sql])
    return try? rows.first?.decode(at: 0, as: String.self)
  }
}

extension MigrationError {
  init(_ error: BlockingConnectionError) {
    switch error {
    case .malformedURL: self = .malformedURL
    case .unreachable(let reason): self = .unreachable(reason)
    case .refused(let report): self = .refused(message: report.message)
    }
  }
}
