private import Glibc

/// Folders under `/tmp` that belong to one process and are named after it.
package enum TemporaryFolders {
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

  /// Removes the folders of processes that were killed before they could.
  package static func removeLeftovers(prefix: String) {
    guard let folder = unsafe opendir("/tmp") else { return }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(prefix), let pid = pid_t(name.dropFirst(prefix.count)),
        kill(pid, 0) != 0, errno == ESRCH
      else { continue }
      remove("/tmp/" + name)
    }
  }
}
