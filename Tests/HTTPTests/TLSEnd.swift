internal import COpenSSL
internal import Glibc
internal import Reactor
internal import Testing

@testable internal import TLS

/// One end of a pair of sockets. Unchecked, because it is touched by one thread at a time.
final class TLSEnd: @unchecked Sendable {
  let descriptor: FileDescriptor
  let tls: TLSConnection

  init(_ descriptor: Int32, _ context: TLSContext, serverName: String? = nil) {
    self.descriptor = FileDescriptor(owning: descriptor)
    tls = TLSConnection(context, descriptor: descriptor, serverName: serverName)
  }

  /// Asks the other side for new keys; false while the socket is full.
  func askForKeys() -> Bool {
    // What the socket has not taken before comes first.
    guard unsafe SSL_do_handshake(tls.pointer) == 1 else { return false }
    guard unsafe SSL_key_update(tls.pointer, SSL_KEY_UPDATE_REQUESTED) == 1 else { return false }
    return unsafe SSL_do_handshake(tls.pointer) == 1
  }

  func send(_ bytes: [UInt8]) { _ = unsafe bytes.withUnsafeBytes { unsafe tls.send($0) } }

  /// Takes what there is without a look at it; false when the other side has ended.
  @discardableResult
  func drop() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      switch unsafe buffer.withUnsafeMutableBytes({ unsafe descriptor.read(into: $0) }) {
      case .bytes: continue
      case .wouldBlock: return true
      // Bytes that nobody has read make a reset of the end.
      case .end, .failed: return false
      }
    }
  }

  func read() -> IOResult {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    return unsafe buffer.withUnsafeMutableBytes { unsafe tls.read(into: $0) }
  }
}

/// Two sockets, connected with each other, that do not block.
func socketPair() throws -> (Int32, Int32) {
  var ends: [Int32] = [-1, -1]
  let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
  try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
  return (ends[0], ends[1])
}
