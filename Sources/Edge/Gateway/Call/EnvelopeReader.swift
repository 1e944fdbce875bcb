internal import RPC
internal import RPCTransport

/// A piece of a streamed body: a byte of flags, four bytes of length, the payload.
struct Envelope: Hashable {
  /// The payload is compressed.
  static let compressed: UInt8 = 0x01
  /// Connect: the payload is the end of the stream.
  static let connectEnd: UInt8 = 0x02
  /// gRPC-Web: the payload is the trailers.
  static let webTrailers: UInt8 = 0x80
  /// Bytes before each payload.
  static let prefixBytes = 5

  var flags: UInt8
  var payload: [UInt8]

  /// Appends the envelope as it travels.
  static func append(_ payload: [UInt8], flags: UInt8 = 0, to bytes: inout [UInt8]) {
    let length = UInt32(truncatingIfNeeded: payload.count)
    bytes.reserveCapacity(bytes.count + prefixBytes + payload.count)
    bytes.append(flags)
    for shift: UInt32 in [24, 16, 8, 0] {
      bytes.append(UInt8(truncatingIfNeeded: length >> shift))
    }
    bytes += payload
  }

  /// The envelope as it travels.
  static func bytes(_ payload: [UInt8], flags: UInt8 = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    append(payload, flags: flags, to: &bytes)
    return bytes
  }
}

/// Cuts a stream of bytes into envelopes. What the flags mean is the protocol's business.
///
/// Bytes come in pieces of any size; the cuts between pieces mean nothing. After an error nothing
/// more is read.
struct EnvelopeReader {
  let payloadBytesMax: Int
  private var buffer: [UInt8] = []
  /// Bytes of `buffer` that have been read.
  private var consumed = 0
  private var failure: RPCError?

  init(payloadBytesMax: Int) { self.payloadBytesMax = payloadBytesMax }

  /// Bytes that are not read, of an envelope that is not complete.
  var available: Int { buffer.count - consumed }

  mutating func append(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    if available == 0 {
      buffer = bytes
    } else {
      // Only what belongs to an unfinished envelope is moved, and that once per piece.
      buffer.removeFirst(consumed)
      buffer += bytes
    }
    consumed = 0
  }

  /// The next whole envelope; nil when more bytes are needed.
  mutating func next() throws(RPCError) -> Envelope? {
    if let failure { throw failure }
    guard available >= Envelope.prefixBytes else { return nil }
    let flags = buffer[consumed]
    var length = 0
    for byte in buffer[consumed + 1..<consumed + Envelope.prefixBytes] {
      length = length << 8 | Int(byte)
    }
    // Before a byte of it is kept: the length is the peer's claim.
    guard length <= payloadBytesMax else {
      throw fail(.messageTooLong(bytes: length, bytesMax: payloadBytesMax))
    }
    guard available >= Envelope.prefixBytes + length else { return nil }
    let start = consumed + Envelope.prefixBytes
    consumed = start + length
    return Envelope(flags: flags, payload: Array(buffer[start..<consumed]))
  }

  /// Says that no more bytes come, which is an error within an envelope.
  func end() throws(RPCError) {
    if let failure { throw failure }
    guard available == 0 else { throw .malformedFrame("the stream ended within a message") }
  }

  private mutating func fail(_ error: RPCError) -> RPCError {
    failure = error
    buffer = []
    consumed = 0
    return error
  }
}

extension RPCError {
  /// The bytes of a stream are not messages.
  static func malformedFrame(_ problem: String) -> RPCError {
    RPCError(.internal, problem, reason: "MALFORMED_FRAME")
  }
}
