internal import Glibc

/// The few file operations the embedded servers need, on plain paths.
enum Files {
  /// What `stat` says about a path.
  struct Attributes {
    var isFolder: Bool
    var owner: uid_t
    var mode: mode_t
    var size: Int
  }

  static func attributes(_ path: String, followLinks: Bool = true) -> Attributes? {
    var status = stat()
    let result =
      unsafe followLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { return nil }
    return Attributes(
      isFolder: status.st_mode & S_IFMT == S_IFDIR, owner: status.st_uid,
      mode: status.st_mode & 0o7777, size: Int(status.st_size))
  }

  static func exists(_ path: String) -> Bool { attributes(path, followLinks: false) != nil }

  static func size(_ path: String) -> Int { attributes(path)?.size ?? 0 }

  static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

  /// The path without links and dots, or `nil` when it does not exist.
  static func resolved(_ path: String) -> String? {
    guard let buffer = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(buffer) }
    return unsafe String(cString: buffer)
  }

  /// Where a symbolic link points, unresolved.
  static func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The last `bytesMax` bytes of a file as text, or `nil` when it cannot be read.
  static func tail(_ path: String, bytesMax: Int = 8192) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let size = lseek(file, 0, SEEK_END)
    if size > bytesMax { lseek(file, size - bytesMax, SEEK_SET) } else { lseek(file, 0, SEEK_SET) }
    var buffer = [UInt8](repeating: 0, count: bytesMax)
    let count = unsafe read(file, &buffer, bytesMax)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  /// Makes a folder that only its owner can enter. An existing folder is left as it is.
  static func makeFolder(_ path: String, mode: mode_t = 0o700) throws(LocalError) {
    if unsafe mkdir(path, mode) == 0 { return }
    let reason = errno
    if reason == EEXIST, let found = attributes(path) {
      guard found.isFolder else {
        throw .folderNotWritable(path: path, reason: "it is not a folder")
      }
      return
    }
    throw .folderNotWritable(path: path, reason: text(of: reason))
  }

  /// Makes a private folder, and those above it as everybody makes folders.
  static func makeFolders(_ path: String) throws(LocalError) {
    var end = path.startIndex
    while end != path.endIndex {
      let next = path.index(after: end)
      end = path[next...].firstIndex(of: "/") ?? path.endIndex
      let folder = String(path[..<end])
      guard attributes(folder)?.isFolder != true else { continue }
      try makeFolder(folder, mode: end == path.endIndex ? 0o700 : 0o755)
    }
  }

  /// What the system calls an error number.
  static func text(of code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    _ = unsafe strerror_r(code, &buffer, buffer.count)
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A relative path made absolute; servers change their working folder.
  static func absolute(_ path: String) -> String {
    var text = path
    if !text.hasPrefix("/") {
      guard let current = unsafe getcwd(nil, 0) else { return path }
      defer { unsafe free(current) }
      text = unsafe String(cString: current) + "/" + text
    }
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return text
  }
}
