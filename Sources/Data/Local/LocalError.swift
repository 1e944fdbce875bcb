/// Why the embedded servers could not be started; each says what is wrong and what to do, in a line.
package enum LocalError: Error, Hashable, Sendable {
  /// A program that the set-up script installs is not there.
  case programMissing(name: String, path: String)
  /// The data folder, or something in it, cannot be made or written.
  case folderNotWritable(path: String, reason: String)
  /// Another server holds the lock of the data folder.
  case folderInUse(path: String)
  /// A process that we did not start runs on the data folder.
  case foreignProcess(path: String, pid: Int32)
  /// The data was written by another major version of PostgreSQL.
  case otherVersion(path: String, found: String, expected: String)
  /// PostgreSQL refuses to run as root, and there is no way down from root here.
  case cannotLeaveRoot(user: String, reason: String)
  /// The short folder for sockets exists, but belongs to somebody else.
  case socketFolderTaken(path: String)
  /// A server ended instead of becoming ready.
  case startFailed(program: String, lastLine: String, log: String)
  /// A server did not become ready, or an old one did not end, in time.
  case timedOut(program: String, log: String)
}

extension LocalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .programMissing(let name, let path):
      "\(name) is not at \(path): run `make setup`"
    case .folderNotWritable(let path, let reason):
      "cannot write the data folder \(path) (\(reason)): change its owner or set KLINKE_DATA to "
        + "another folder"
    case .folderInUse(let path):
      "the data folder \(path) is used by another klinked: stop that one or set KLINKE_DATA to "
        + "another folder"
    case .foreignProcess(let path, let pid):
      "process \(pid) runs a database of its own in \(path): stop it or set KLINKE_DATA to another "
        + "folder"
    case .otherVersion(let path, let found, let expected):
      "\(path) was written by PostgreSQL \(found), this is PostgreSQL \(expected): move the folder "
        + "away, or dump it with the old version and restore it"
    case .cannotLeaveRoot(let user, let reason):
      "PostgreSQL does not run as root, user namespaces are forbidden, and user \(user) cannot run "
        + "it here (\(reason)): start klinked as another user or set DATABASE_URL"
    case .socketFolderTaken(let path):
      "the socket folder \(path) belongs to somebody else: remove it or set KLINKE_DATA to a "
        + "shorter path"
    case .startFailed(let program, let lastLine, let log):
      "\(program) did not start (\(lastLine)): see \(log)"
    case .timedOut(let program, let log):
      "\(program) did not answer in time: see \(log)"
    }
  }
}
