internal import Glibc

/// The folder of the servers' Unix sockets.
///
/// The address of a Unix socket holds 107 bytes of path. A deeper data folder gets its sockets in a
/// short private folder instead, with a name that follows from the data folder.
enum SocketFolder {
  private static let pathBytesMax = 107
  /// The longest name in the folder: `/.s.PGSQL.5432`.
  private static let nameBytes = 14

  static func fits(_ folder: String) -> Bool { folder.utf8.count + nameBytes <= pathBytesMax }

  /// Where the sockets of a data folder go.
  static func path(data: String, runtime: String?, user: uid_t) -> String {
    let inside = data + "/run"
    if fits(inside) { return inside }
    let name = "/klinke-\(user)-" + String(fingerprint(data), radix: 36)
    if let runtime, fits(runtime + name) { return runtime + name }
    return "/tmp" + name
  }

  /// Makes the folder. One that is there already outside of the data folder must be private and
  /// ours: `/tmp` is everybody's, and a socket in somebody else's folder could be a trap.
  static func make(_ path: String, data: String, runAs: RunAs) throws(LocalError) {
    if let found = Files.attributes(path, followLinks: false) {
      let ours = found.owner == geteuid() || found.owner == runAs.owner
      let trusted = path.hasPrefix(data + "/") || (ours && found.mode & 0o077 == 0)
      guard found.isFolder, trusted else {
        throw .socketFolderTaken(path: path)
      }
    } else {
      try Files.makeFolder(path)
    }
    try runAs.takeOver(path)
  }

  /// FNV-1a: the same for the same path at every start, which `Hasher` is not.
  private static func fingerprint(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
