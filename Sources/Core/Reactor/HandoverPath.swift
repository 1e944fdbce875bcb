private import CLinux
private import Glibc

/// A Unix socket that waits for a successor at a path, which the successor makes its own.
struct HandoverPath: ~Copyable {
  /// What tells a file from another at the same path.
  private struct Identity: Equatable {
    let device: UInt64
    let file: UInt64

    init?(_ path: String) {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { return nil }
      device = UInt64(status.st_dev)
      file = UInt64(status.st_ino)
    }
  }

  let listening: FileDescriptor
  private let path: String
  private let temporary: String
  private let identity: Identity?

  /// A socket that listens beside the path, for nobody yet.
  init(_ path: String) throws(SocketError) {
    let temporary = path + ".next"
    _ = unsafe unlink(temporary)
    let listening = try Self.listen(at: temporary)
    self.path = path
    self.temporary = temporary
    self.listening = listening
    identity = Identity(temporary)
  }

  private static func listen(at path: String) throws(SocketError) -> FileDescriptor {
    let address = ListenAddress.unix(path: path)
    var raw = try address.socketAddress()
    let descriptor = FileDescriptor(owning: klinke_socket(AF_UNIX))
    guard descriptor.rawValue >= 0 else { throw .system(call: "socket", errno: errno) }
    // Before the path exists, so that it never does with more rights.
    _ = fchmod(descriptor.rawValue, 0o600)
    guard unsafe klinke_bind(descriptor.rawValue, &raw.raw) == 0 else {
      throw errno == EACCES || errno == EPERM
        ? .permissionDenied(address) : .system(call: "bind", errno: errno)
    }
    guard unsafe chmod(path, 0o600) == 0, Glibc.listen(descriptor.rawValue, 4) == 0 else {
      throw .system(call: "listen", errno: errno)
    }
    return descriptor
  }

  /// The path changes from the predecessor to us in one step.
  func take() throws(SocketError) {
    guard unsafe rename(temporary, path) == 0 else {
      throw .system(call: "rename", errno: errno)
    }
  }

  /// Whether whoever asks at the path asks us.
  var isOurs: Bool { identity != nil && Identity(path) == identity }

  func remove() { _ = unsafe unlink(path) }
}
