internal import RPCTransport

/// A piece of a streamed body: a byte of flags, four bytes of length, the payload.
enum Envelope {
  /// The payload is compressed.
  static let compressed: UInt8 = 0x01
  /// Connect: the payload is the end of the stream.
  static let connectEnd: UInt8 = 0x02
  /// gRPC-Web: the payload is the trailers.
  static let webTrailers: UInt8 = 0x80

  /// The envelope as it travels.
  static func bytes(_ payload: consuming [UInt8], flags: UInt8 = 0) -> [UInt8] {
    framed(payload, flags: flags)
  }
}
