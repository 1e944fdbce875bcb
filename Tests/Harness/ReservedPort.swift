private import Glibc
package import Reactor

/// A port of this machine that nobody serves, kept from everybody else for as long as the value
/// lives. A server may still be given one that is not listened on: it sets `SO_REUSEADDR`, as this
/// does.
package final class ReservedPort: Sendable {
  package let port: UInt16
  private let descriptor: FileDescriptor

  /// `nil` when the machine has no port left. With a backlog it is listened on, by somebody who
  /// accepts no connection: one more than that are made, and the next has to wait.
  package init?(backlog: Int32? = nil) {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return nil }
    let descriptor = FileDescriptor(owning: number)
    var on: Int32 = 1
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(number, generic, size) == 0 && getsockname(number, generic, &size) == 0
      }
    }
    guard isBound else { return nil }
    if let backlog, listen(number, backlog) != 0 { return nil }
    port = UInt16(bigEndian: address.sin_port)
    self.descriptor = descriptor
  }
}

extension ListenAddress {
  /// `nil` for a Unix path.
  package var port: UInt16? {
    switch self {
    case .tcp(_, let port): port
    case .unix: nil
    }
  }
}
