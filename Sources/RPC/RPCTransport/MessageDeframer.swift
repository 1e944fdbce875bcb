/// Why the bytes of a stream are not gRPC messages.
enum FramingError: Error, Hashable {
  /// The flag byte is neither 0 nor 1.
  case unknownFlag(UInt8)
  /// A compressed message without a coding that we both know.
  case compressed
  /// A message longer than we take.
  case messageTooLong(bytes: Int, bytesMax: Int)
  /// The stream ended within a message.
  case truncated
}

/// Cuts a stream of bytes into messages: 1 flag byte, 4 bytes of length, the message.
///
/// Bytes come in pieces of any size; the cuts between pieces mean nothing. After an error the stream
/// cannot be read any further.
struct MessageDeframer {
  /// Bytes before each message.
  static let prefixBytes = 5

  private enum State {
    /// Waits for the five bytes before a message.
    case prefix
    /// Waits for this many bytes of message.
    case message(Int)
    /// Has refused what came.
    case failed(FramingError)
  }

  /// The longest message that is taken.
  let messageBytesMax: Int
  private var state = State.prefix
  private var buffer: [UInt8] = []
  /// Bytes of `buffer` that have been read.
  private var consumed = 0

  init(messageBytesMax: Int) { self.messageBytesMax = messageBytesMax }

  private var available: Int { buffer.count - consumed }

  /// Takes the next piece.
  mutating func append(_ bytes: [UInt8]) {
    if available == 0 {
      buffer = bytes
      consumed = 0
    } else {
      // Only what belongs to an unfinished message is moved, and that once per piece.
      if consumed > 0 {
        buffer.removeFirst(consumed)
        consumed = 0
      }
      buffer.append(contentsOf: bytes)
    }
  }

  /// The next whole message; `nil` when more bytes are needed.
  mutating func next() throws(FramingError) -> [UInt8]? {
    switch state {
    case .failed(let error):
      throw error
    case .prefix:
      guard available >= MessageDeframer.prefixBytes else { return nil }
      do {
        let length = try readPrefix()
        state = .message(length)
        return message(length)
      } catch {
        state = .failed(error)
        buffer = []
        consumed = 0
        throw error
      }
    case .message(let length):
      return message(length)
    }
  }

  /// Says that no more bytes come, which is an error within a message.
  func end() throws(FramingError) {
    switch state {
    case .failed(let error): throw error
    case .prefix where available == 0: return
    case .prefix, .message: throw .truncated
    }
  }

  private mutating func readPrefix() throws(FramingError) -> Int {
    let flag = buffer[consumed]
    var length = 0
    for index in 1..<MessageDeframer.prefixBytes {
      length = length << 8 | Int(buffer[consumed + index])
    }
    switch flag {
    case 0: break
    case 1: throw .compressed
    default: throw .unknownFlag(flag)
    }
    // Before a byte of it is kept: the length is the peer's claim.
    guard length <= messageBytesMax else {
      throw .messageTooLong(bytes: length, bytesMax: messageBytesMax)
    }
    consumed += MessageDeframer.prefixBytes
    return length
  }

  private mutating func message(_ length: Int) -> [UInt8]? {
    guard available >= length else { return nil }
    let message = Array(buffer[consumed..<consumed + length])
    consumed += length
    state = .prefix
    return message
  }
}

/// A message with its prefix, uncompressed.
func framed(_ message: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(message.count + MessageDeframer.prefixBytes)
  let length = UInt32(truncatingIfNeeded: message.count)
  bytes.append(0)
  bytes.append(UInt8(truncatingIfNeeded: length >> 24))
  bytes.append(UInt8(truncatingIfNeeded: length >> 16))
  bytes.append(UInt8(truncatingIfNeeded: length >> 8))
  bytes.append(UInt8(truncatingIfNeeded: length))
  bytes += message
  return bytes
}
