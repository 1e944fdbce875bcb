private import Glibc

/// A change of the schema, from a file that is never edited once it has shipped.
package struct Migration: Sendable, Hashable {
  /// Its place in the order; no two have the same.
  package var number: Int
  package var name: String
  package var sql: String

  package init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }

  /// Reads every `NNNN_name.sql` of a folder, in order.
  package static func load(folder: String) throws(MigrationError) -> [Migration] {
    guard let directory = unsafe opendir(folder) else {
      throw .unreadable(path: folder)
    }
    defer { unsafe closedir(directory) }
    var migrations: [Migration] = []
    while let entry = unsafe readdir(directory) {
      let file = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard file.hasSuffix(".sql"), let end = file.firstIndex(of: "_"),
        let number = Int(file[..<end])
      else { continue }
      let name = String(file[file.index(after: end)...].dropLast(4))
      migrations.append(
        Migration(number: number, name: name, sql: try text(of: folder + "/" + file)))
    }
    return migrations.sorted { $0.number < $1.number }
  }

  private static func text(of path: String) throws(MigrationError) -> String {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path: path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe read(file, &chunk, chunk.count)
      guard count >= 0 else { throw .unreadable(path: path) }
      if count == 0 { break }
      bytes += chunk.prefix(count)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path)
    }
    return text
  }
}

/// Why the schema could not be brought up to date; one line each, for the operator.
package enum MigrationError: Error, Hashable, Sendable {
  /// A file or folder of migrations cannot be read as text.
  case unreadable(path: String)
  /// Two migrations have the same number.
  case duplicate(number: Int)
  /// The connection URL is malformed.
  case malformedURL
  /// The database cannot be reached; the reason names no password.
  case unreachable(String)
  /// Another process migrates and does not come to an end.
  case locked
  /// A file differs from the one that was applied.
  case changed(number: Int, name: String)
  /// The database has a migration that this program does not know.
  case newerDatabase(number: Int)
  /// A migration is older than one that was applied already.
  case outOfOrder(number: Int, name: String)
  /// The server refused a migration; nothing of it was kept.
  case failed(number: Int, name: String, message: String)
  /// The server refused the bookkeeping.
  case refused(message: String)
}

extension MigrationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path):
      "\(path) cannot be read: check that it is there and is UTF-8"
    case .duplicate(let number):
      "two migrations have the number \(number): renumber the newer one"
    case .malformedURL:
      "DATABASE_URL is not a PostgreSQL URL: write postgresql://user:password@host:5432/database"
    case .unreachable(let reason):
      "the database cannot be reached (\(reason)): check DATABASE_URL and that the server runs"
    case .locked:
      "another process migrates the database: wait for it and start again"
    case .changed(let number, let name):
      "migration \(number) (\(name)) was changed after it was applied: restore the file and put the "
        + "change into a new one"
    case .newerDatabase(let number):
      "the database has migration \(number), which this program does not know: start the newer "
        + "program"
    case .outOfOrder(let number, let name):
      "migration \(number) (\(name)) comes before one that was applied already: give it a higher "
        + "number"
    case .failed(let number, let name, let message):
      "migration \(number) (\(name)) failed and was undone: \(message)"
    case .refused(let message):
      "the database refuses to be migrated (\(message)): DATABASE_URL must name the owner's role"
    }
  }
}
