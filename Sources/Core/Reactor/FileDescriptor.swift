private import CLinux
private import Glibc

/// An open descriptor with exactly one owner, closed when that is gone.
package struct FileDescriptor: ~Copyable, Sendable {
  package let rawValue: Int32

  package init(owning rawValue: Int32) { self.rawValue = rawValue }

  /// Gives the descriptor up without closing it.
  package consuming func release() -> Int32 {
    let descriptor = rawValue
    discard self
    return descriptor
  }

  deinit { if rawValue >= 0 { close(rawValue) } }
}

/// How a non-blocking read or write ended.
package enum IOResult: Sendable, Hashable {
  /// That many bytes, at least one.
  case bytes(Int)
  /// Nothing now; wait for readiness.
  case wouldBlock
  /// The peer has ended its side (only when reading).
  case end
  /// The connection is broken.
  case failed(errno: Int32)
}

extension FileDescriptor {
  /// Reads what is there, up to the size of the buffer.
  package func read(into buffer: UnsafeMutableRawBufferPointer) -> IOResult {
    while true {
      let count = unsafe Glibc.read(rawValue, buffer.baseAddress, buffer.count)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .wouldBlock
      default: return .failed(errno: errno)
      }
    }
  }

  /// Sends as much as the socket takes.
  package func send(_ buffer: UnsafeRawBufferPointer) -> IOResult {
    while true {
      let count = unsafe klinke_send(rawValue, buffer.baseAddress, buffer.count)
      if count >= 0 { return .bytes(count) }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .wouldBlock
      default: return .failed(errno: errno)
      }
    }
  }
}

extension FileDescriptor {
  /// Both ends of a connected socket.
  package var addresses: (local: ListenAddress, remote: ListenAddress) {
    var local = klinke_address()
    var remote = klinke_address()
    _ = unsafe klinke_local_address(rawValue, &local)
    _ = unsafe klinke_remote_address(rawValue, &remote)
    return (SocketAddress(raw: local).listenAddress, SocketAddress(raw: remote).listenAddress)
  }

  /// Ends our side of a connection; false when it has ended already.
  package func shutdownSending() -> Bool { shutdown(rawValue, Int32(SHUT_WR)) == 0 }
}
