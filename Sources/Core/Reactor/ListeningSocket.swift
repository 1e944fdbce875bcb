internal import CLinux
private import Glibc

/// An accepted connection and who is at its other end.
package struct AcceptedSocket: ~Copyable {
  package let descriptor: FileDescriptor
  package let peer: SocketAddress

  /// Takes the descriptor out.
  package consuming func take() -> FileDescriptor { descriptor }
}

/// How an accept ended.
package enum AcceptResult: ~Copyable {
  case accepted(AcceptedSocket)
  case wouldBlock
  /// The process or the machine is out of descriptors or memory: wait before the next try.
  case exhausted
}

/// A bound and listening socket.
package struct ListeningSocket: ~Copyable, Sendable {
  /// Connections that wait to be accepted; the kernel caps it at net.core.somaxconn.
  private static let backlog: Int32 = 4_096
  /// What waits in the kernel for a peer that takes nothing, above what is on its way to it.
  private static let unsentBytesMax: Int32 = 128 * 1_024

  package let descriptor: FileDescriptor
  /// Where it listens, with the port the kernel has chosen.
  package let address: ListenAddress

  /// One socket for a Unix path, or `count` sockets that share a TCP port, one per loop.
  ///
  /// Sharing (`SO_REUSEPORT`) would let a second server of the same user onto our port unnoticed,
  /// so the port is first bound and listened on without it.
  package static func open(
    _ address: ListenAddress, count: Int
  ) throws(SocketError) -> [SharedListeningSocket] {
    switch address {
    case .unix(let path):
      try removeStaleSocket(path, address)
      return [SharedListeningSocket(try bind(address, isShared: false))]
    case .tcp(let host, let port):
      var target = address
      if port != 0 {
        // Closing it would not do: a child that has just been forked may hold a copy.
        try bind(address, isShared: false).stopListening()
      }
      var sockets: [SharedListeningSocket] = []
      for _ in 0..<max(1, count) {
        let socket = SharedListeningSocket(try bind(target, isShared: true))
        if case .tcp(_, let chosen) = socket.address { target = .tcp(host: host, port: chosen) }
        sockets.append(socket)
      }
      return sockets
    }
  }

  /// A socket that listens, at whatever address this process or another has bound it to.
  init(listening descriptor: consuming FileDescriptor) {
    var local = klinke_address()
    _ = unsafe klinke_local_address(descriptor.rawValue, &local)
    self.init(descriptor: descriptor, address: SocketAddress(raw: local).listenAddress)
  }

  private init(descriptor: consuming FileDescriptor, address: ListenAddress) {
    self.descriptor = descriptor
    self.address = address
  }

  /// Accepts one connection.
  package func accept() -> AcceptResult {
    var peer = klinke_address()
    while true {
      let descriptor = unsafe klinke_accept(self.descriptor.rawValue, &peer)
      if descriptor >= 0 {
        _ = klinke_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        return .accepted(
          AcceptedSocket(
            descriptor: FileDescriptor(owning: descriptor), peer: SocketAddress(raw: peer)))
      }
      switch errno {
      // The peer has given up while it was waiting, or the network has (accept(2)).
      case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH,
        EOPNOTSUPP, ENETUNREACH:
        continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      default: return .wouldBlock
      }
    }
  }

  /// Refuses connections from now on, even while a child that has been forked and not yet become
  /// another program holds a copy of the descriptor. The path of a Unix socket is removed first:
  /// later it may be another server's.
  package func stopListening() {
    if case .unix(let path) = address { _ = unsafe unlink(path) }
    _ = shutdown(descriptor.rawValue, Int32(SHUT_RDWR))
  }

  private static func bind(
    _ address: ListenAddress, isShared: Bool
  ) throws(SocketError) -> ListeningSocket {
    var raw = try address.socketAddress()
    let descriptor = FileDescriptor(owning: klinke_socket(raw.family))
    guard descriptor.rawValue >= 0 else { throw .system(call: "socket", errno: errno) }
    // Connections of an earlier run that linger in TIME_WAIT must not keep us out.
    _ = klinke_set_option(descriptor.rawValue, SOL_SOCKET, SO_REUSEADDR, 1)
    if isShared { _ = klinke_set_option(descriptor.rawValue, SOL_SOCKET, SO_REUSEPORT, 1) }
    if case .tcp = address { noticeVanishedPeers(descriptor.rawValue) }
    // Accepted sockets inherit it. The kernel would take megabytes otherwise, of each slow reader.
    _ = klinke_set_option(
      descriptor.rawValue, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, Self.unsentBytesMax)
    guard unsafe klinke_bind(descriptor.rawValue, &raw.raw) == 0 else {
      throw failure("bind", address)
    }
    guard listen(descriptor.rawValue, backlog) == 0 else { throw failure("listen", address) }
    return ListeningSocket(listening: descriptor)
  }

  /// Lets the kernel ask whether the peer of a silent connection is there. One that has gone without
  /// a word, or said that it ends its side and gone then, would keep a handler that waits for ever.
  /// Accepted sockets have the options of the one that listens.
  private static func noticeVanishedPeers(_ descriptor: Int32) {
    _ = klinke_set_option(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    _ = klinke_set_option(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
    _ = klinke_set_option(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15)
    _ = klinke_set_option(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
  }

  /// Removes the path of a server that was killed, and refuses when one is alive.
  private static func removeStaleSocket(
    _ path: String, _ address: ListenAddress
  ) throws(SocketError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .portTaken(address) }
    var raw = try address.socketAddress()
    let probe = FileDescriptor(owning: klinke_socket(AF_UNIX))
    let result = unsafe klinke_connect(probe.rawValue, &raw.raw)
    guard result != 0, errno == ECONNREFUSED else { throw .portTaken(address) }
    guard unsafe unlink(path) == 0 else { throw failure("unlink", address) }
  }

  private static func failure(_ call: String, _ address: ListenAddress) -> SocketError {
    switch errno {
    case EADDRINUSE: .portTaken(address)
    case EADDRNOTAVAIL: .addressNotAvailable(address)
    case EACCES, EPERM: .permissionDenied(address)
    default: .system(call: call, errno: errno)
    }
  }
}

/// A listening socket in an array, which cannot hold noncopyable values.
package final class SharedListeningSocket: Sendable {
  package let socket: ListeningSocket
  package var address: ListenAddress { socket.address }

  init(_ socket: consuming ListeningSocket) { self.socket = socket }
}
