private import Glibc
package import Reactor

/// A port of this machine that nobody serves, kept from everybody else for as long as the value
/// lives. A server may still be given one that is not listened on: it sets `SO_REUSEADDR`, as this
/// does.
package final class ReservedPort: Sendable {
  /// Which loopback the port is of.
  package enum Family: Sendable, CaseIterable {
    case ipv4
    case ipv6

    package var host: String {
      switch self {
      case .ipv4: "127.0.0.1"
      case .ipv6: "::1"
      }
    }
  }

  package let port: UInt16
  private let descriptor: FileDescriptor

  /// `nil` when the machine has no port left, or not that loopback. With a backlog it is listened
  /// on, by somebody who accepts no connection: one more than that are made, and the next has to
  /// wait.
  package init?(_ family: Family = .ipv4, backlog: Int32? = nil) {
    let number = socket(
      family == .ipv4 ? AF_INET : AF_INET6,
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return nil }
    let descriptor = FileDescriptor(owning: number)
    var on: Int32 = 1
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, 4)
    let bound: UInt16?
    switch family {
    case .ipv4:
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
      bound = Self.bind(number, &address) ? address.sin_port : nil
    case .ipv6:
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_addr = in6addr_loopback
      bound = Self.bind(number, &address) ? address.sin6_port : nil
    }
    guard let bound else { return nil }
    if let backlog, listen(number, backlog) != 0 { return nil }
    port = UInt16(bigEndian: bound)
    self.descriptor = descriptor
  }

  /// Binds to a free port, which the address says then.
  private static func bind<Address>(
    _ descriptor: Int32, _ address: inout Address
  ) -> Bool {
    var size = socklen_t(MemoryLayout<Address>.size)
    return unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe Glibc.bind(descriptor, generic, size) == 0
          && getsockname(descriptor, generic, &size) == 0
      }
    }
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
