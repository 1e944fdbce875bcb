internal import Reactor
internal import TLS

/// A connected socket with or without TLS.
struct Transport: ~Copyable {
  let descriptor: FileDescriptor
  let tls: TLSConnection?

  func read(into buffer: UnsafeMutableRawBufferPointer) -> IOResult {
    if let tls { return unsafe tls.read(into: buffer) }
    return unsafe descriptor.read(into: buffer)
  }

  /// Sends the bytes from `start` on, as far as the socket takes them. Nil: the connection is
  /// broken. Otherwise the index of the first byte that has not been sent.
  func send(_ bytes: [UInt8], from start: Int) -> Int? {
    unsafe bytes.withUnsafeBytes { buffer in
      var position = start
      while position < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[position...])
        switch unsafe tls?.send(rest) ?? descriptor.send(rest) {
        case .bytes(let count): position += count
        case .wouldBlock: return position
        case .end, .failed: return nil
        }
        // A socket that took less is full; TLS takes a record at a time.
        if tls == nil { return position }
      }
      return position
    }
  }
}
