private import Glibc

/// Files of the person who runs the command.
package enum LocalFiles {
  /// No file that a flag names is larger.
  private static let bytesMax = 64 << 20

  /// The content of a file, or of standard input for `-`; nil when it cannot be read or is larger
  /// than 64 MiB.
  package static func read(_ path: String) -> [UInt8]? {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count == 0 { return content }
      guard count > 0 || errno == EINTR else { return nil }
      content += chunk.prefix(max(count, 0))
      guard content.count <= bytesMax else { return nil }
    }
  }

  /// Writes a file that only its owner may read, complete or not at all, and makes its folder.
  /// Returns false when that fails.
  package static func writePrivate(_ content: [UInt8], to path: String) -> Bool {
    makeFolder(of: path)
    let partial = path + ".new"
    unsafe unlink(partial)
    let descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    var rest = content[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else {
        close(descriptor)
        unsafe unlink(partial)
        return false
      }
      rest = rest.dropFirst(max(count, 0))
    }
    close(descriptor)
    return unsafe rename(partial, path) == 0
  }

  /// Removes a file; one that is not there is as good.
  package static func remove(_ path: String) -> Bool {
    unsafe unlink(path) == 0 || errno == ENOENT
  }

  /// Makes the folders above a path. A failure shows when the file is written.
  private static func makeFolder(of path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for count in parts.indices where count > 0 {
      unsafe mkdir(parts[...count].joined(separator: "/"), 0o700)
    }
  }
}
