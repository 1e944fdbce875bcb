private import Glibc

/// Where tests put files and sockets, and how these go away.
package enum TemporaryFolders {
  /// The folder that a run of all tests removes at its end, also when a test process is killed;
  /// without one, `/tmp`.
  package static let root: String = {
    guard let given = unsafe getenv("TMPDIR") else { return "/tmp" }
    let path = unsafe String(cString: given)
    // The address of a Unix socket holds 107 bytes of path, and shells divide words at spaces.
    let isUsable = path.hasPrefix("/") && path.utf8.count <= 60 && !path.contains(" ")
    return isUsable ? path : "/tmp"
  }()

  /// A path that is this process's own, with a name that says what for. Nothing is there.
  package static func path(_ name: String) -> String { "\(root)/klinke-\(name)-\(getpid())" }

  /// Makes a new folder with a name that begins so.
  fileprivate static func make(_ name: String) throws(NoFolder) -> String {
    var template = Array("\(root)/klinke-\(name)-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw NoFolder(errno: errno) }
    let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Removes a folder with all that is in it.
  package static func remove(_ path: String) {
    let words = ["/bin/rm", "-rf", "--", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
    unsafe arguments.append(nil)
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var pid: pid_t = 0
    guard unsafe posix_spawn(&pid, "/bin/rm", nil, nil, arguments, nil) == 0 else { return }
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  /// Removes the folders of processes that were killed before they could, which ``path(_:)`` has
  /// named.
  package static func removeLeftovers(_ name: String) {
    let prefix = "klinke-\(name)-"
    guard let folder = unsafe opendir(root) else { return }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(prefix), let pid = pid_t(name.dropFirst(prefix.count)),
        kill(pid, 0) != 0, errno == ESRCH
      else { continue }
      remove(root + "/" + name)
    }
  }
}

/// There is no temporary folder to be had.
package struct NoFolder: Error {
  package let errno: Int32
}

/// Runs a test with a folder of its own, which goes away with all that is in it.
package func withFolder<R>(
  _ name: String = "folder", _ body: (String) async throws -> R
) async throws -> R {
  let folder = try TemporaryFolders.make(name)
  defer { TemporaryFolders.remove(folder) }
  return try await body(folder)
}
