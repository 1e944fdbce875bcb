package import Codings

/// Why the bytes of a stream are not messages.
package enum FramingError: Error, Hashable {
  /// The flag byte is neither 0 nor 1.
  case unknownFlag(UInt8)
  /// A compressed message without a coding that we both know.
  case compressed
  /// A message longer than we take.
  case messageTooLong(bytes: Int, bytesMax: Int)
  /// A compressed message that would be longer than we take.
  case inflatesTooLong(bytesMax: Int)
  /// A compressed message that is not what its coding says.
  case corrupt(Coding)
  /// The stream ended within a message.
  case truncated
}

/// Cuts a stream of bytes into messages: 1 flag byte, 4 bytes of length, the message. So gRPC,
/// gRPC-Web and the streams of Connect send their requests.
///
/// Bytes come in pieces of any size; the cuts between pieces mean nothing. After an error the stream
/// cannot be read any further.
package struct MessageDeframer {
  /// Bytes before each message.
  static let prefixBytes = 5

  private enum State {
    /// Waits for the five bytes before a message.
    case prefix
    /// Waits for this many bytes of message.
    case message(Int, isCompressed: Bool)
    /// Has refused what came.
    case failed(FramingError)
  }

  /// The longest message that is taken.
  let messageBytesMax: Int
  /// What compressed messages are compressed with.
  package var coding: Coding?
  /// Whether the message that was returned last had been compressed.
  package private(set) var lastWasCompressed = false
  private var state = State.prefix
  private var buffer: [UInt8] = []
  /// Bytes of `buffer` that have been read.
  private var consumed = 0
  /// Pieces of a long message that follow `buffer`, until it is whole. One array that grows with
  /// each of them would have twice the memory, and leave holes of all sizes behind.
  private var pieces: [[UInt8]] = []
  private var piecesCount = 0
  /// Shorter pieces are put together.
  private static let pieceBytes = 16 * 1_024

  package init(messageBytesMax: Int, coding: Coding? = nil) {
    self.messageBytesMax = messageBytesMax
    self.coding = coding
  }

  private var available: Int { buffer.count - consumed + piecesCount }

  /// Bytes of a message that is not complete.
  package var keptCount: Int { available }

  /// Takes the next piece.
  package mutating func append(_ bytes: [UInt8]) {
    if available == 0 {
      buffer = bytes
      consumed = 0
    } else if case .message(let length, _) = state, length > MessageDeframer.pieceBytes {
      appendPiece(bytes)
      if available >= length { join() }
    } else {
      // Only what belongs to an unfinished message is moved, and that once per piece.
      if consumed > 0 {
        buffer.removeFirst(consumed)
        consumed = 0
      }
      buffer.append(contentsOf: bytes)
    }
  }

  private mutating func appendPiece(_ bytes: [UInt8]) {
    piecesCount += bytes.count
    if let count = pieces.last?.count, count + bytes.count <= MessageDeframer.pieceBytes {
      pieces[pieces.count - 1].append(contentsOf: bytes)
    } else {
      pieces.append(bytes)
    }
  }

  private mutating func join() {
    var joined: [UInt8] = []
    joined.reserveCapacity(available)
    joined += buffer[consumed...]
    for piece in pieces { joined += piece }
    buffer = joined
    consumed = 0
    pieces = []
    piecesCount = 0
  }

  /// Makes a message of a body that is one whole uncompressed message of at most that many bytes;
  /// leaves any other as it is and returns false.
  static func unframe(_ body: inout [UInt8], bytesMax: Int) -> Bool {
    let length = body.count - prefixBytes
    guard length >= 0, length <= bytesMax, body[0] == 0 else { return false }
    let said =
      Int(body[1]) << 24 | Int(body[2]) << 16 | Int(body[3]) << 8 | Int(body[4])
    guard said == length else { return false }
    body.removeFirst(prefixBytes)
    return true
  }

  /// Whether the first message of a body is whole, or says at its beginning that it will be refused.
  static func isDecided(
    _ body: ArraySlice<UInt8>, bytesMax: Int, isCompressible: Bool
  ) -> Bool {
    let prefix = body.prefix(prefixBytes)
    guard prefix.count == prefixBytes, let flag = prefix.first else { return false }
    let length = prefix.dropFirst().reduce(0) { $0 << 8 | Int($1) }
    return flag > 1 || flag == 1 && !isCompressible || length > bytesMax
      || body.count - prefixBytes >= length
  }

  /// The next whole message; `nil` when more bytes are needed.
  package mutating func next() throws(FramingError) -> [UInt8]? {
    switch state {
    case .failed(let error):
      throw error
    case .prefix:
      guard available >= MessageDeframer.prefixBytes else { return nil }
      do {
        let (length, isCompressed) = try readPrefix()
        state = .message(length, isCompressed: isCompressed)
        return try message(length, isCompressed)
      } catch {
        throw fail(error)
      }
    case .message(let length, let isCompressed):
      do {
        return try message(length, isCompressed)
      } catch {
        throw fail(error)
      }
    }
  }

  /// Says that no more bytes come, which is an error within a message.
  package func end() throws(FramingError) {
    switch state {
    case .failed(let error): throw error
    case .prefix where available == 0: return
    case .prefix, .message: throw .truncated
    }
  }

  private mutating func fail(_ error: FramingError) -> FramingError {
    state = .failed(error)
    buffer = []
    consumed = 0
    pieces = []
    piecesCount = 0
    return error
  }

  private mutating func readPrefix() throws(FramingError) -> (length: Int, isCompressed: Bool) {
    let flag = buffer[consumed]
    var length = 0
    for index in 1..<MessageDeframer.prefixBytes {
      length = length << 8 | Int(buffer[consumed + index])
    }
    switch flag {
    case 0: break
    case 1: if coding == nil { throw .compressed }
    default: throw .unknownFlag(flag)
    }
    // Before a byte of it is kept: the length is the peer's claim.
    guard length <= messageBytesMax else {
      throw .messageTooLong(bytes: length, bytesMax: messageBytesMax)
    }
    consumed += MessageDeframer.prefixBytes
    return (length, flag == 1)
  }

  private mutating func message(
    _ length: Int, _ isCompressed: Bool
  ) throws(FramingError) -> [UInt8]? {
    guard available >= length else { return nil }
    if !isCompressed, consumed == 0, buffer.count == length { return wholeBuffer() }
    let bytes = buffer[consumed..<consumed + length]
    let message = isCompressed ? try inflate(bytes) : Array(bytes)
    consumed += length
    state = .prefix
    lastWasCompressed = isCompressed
    return message
  }

  /// The message that the buffer is, without a copy.
  private mutating func wholeBuffer() -> [UInt8] {
    var message: [UInt8] = []
    swap(&message, &buffer)
    state = .prefix
    lastWasCompressed = false
    return message
  }

  private func inflate(_ bytes: ArraySlice<UInt8>) throws(FramingError) -> [UInt8] {
    guard let coding else { throw .compressed }
    do {
      return try coding.inflate(bytes, bytesMax: messageBytesMax)
    } catch {
      switch error {
      case .tooLong(let bytesMax): throw .inflatesTooLong(bytesMax: bytesMax)
      case .corrupt: throw .corrupt(coding)
      }
    }
  }
}

/// A message with its prefix, compressed if there is a coding.
func framed(_ message: [UInt8], _ coding: Coding?) -> [UInt8] {
  guard let coding else { return framed(message) }
  var bytes = coding.compress(message, reserved: MessageDeframer.prefixBytes)
  let prefix = framePrefix(bytes.count - MessageDeframer.prefixBytes, flags: 1)
  for index in prefix.indices { bytes[index] = prefix[index] }
  return bytes
}

/// A message with its prefix, as it is. Needs no second array if nobody else has the message:
/// an encoded one has room for a prefix.
package func framed(_ message: consuming [UInt8], flags: UInt8 = 0) -> [UInt8] {
  let count = message.count
  let prefix = framePrefix(count, flags: flags)
  message.append(addingCapacity: prefix.count) { output in
    for _ in prefix.indices { output.append(0) }
  }
  unsafe message.withUnsafeMutableBufferPointer { bytes in
    guard let start = bytes.baseAddress else { return }
    unsafe (start + prefix.count).update(from: start, count: count)
    for index in prefix.indices { unsafe bytes[index] = prefix[index] }
  }
  return message
}

/// What stands before a message of that many bytes.
func framePrefix(_ count: Int, flags: UInt8 = 0) -> [5 of UInt8] {
  let length = UInt32(truncatingIfNeeded: count)
  return [
    flags, UInt8(truncatingIfNeeded: length >> 24), UInt8(truncatingIfNeeded: length >> 16),
    UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length),
  ]
}
