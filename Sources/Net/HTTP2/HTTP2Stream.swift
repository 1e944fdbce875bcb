private import Glibc
internal import HTTP

/// What the library's callbacks have recorded about one stream, and where it gets bytes to send.
///
/// Server and client each have a subclass; the engine knows no more than this.
class HTTP2Stream {
  var id: Int32
  /// The header block that is being, or has just been, received.
  final var block = HTTP2HeaderBlock()
  /// Bytes of body that have been received and not handed on.
  final var received: [UInt8] = []
  /// The peer will send nothing more on this stream.
  final var hasReceivedEnd = false
  /// The library waits for ``HTTP2Engine/resume(_:)``.
  final var isDeferred = false
  /// A frame of ours has gone out on the stream.
  final var isSent = false
  /// We have reset the stream, for reasons of our own.
  final var isResetByUs = false
  /// Where it is in the list of its engine; negative while it is in none.
  final var place = -1
  /// The library has forgotten the stream.
  final var isClosed = false

  init(id: Int32) { self.id = id }

  /// Moves bytes to be sent into the buffer and returns how many.
  func takeOutput(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int { 0 }

  /// What follows the bytes that have just been taken.
  var outputEnd: OutputEnd { .ended }

  /// The trailers that ``outputEnd`` has announced.
  func takeTrailers() -> HTTPFields { HTTPFields() }

  /// ``block`` is complete. A stream may get more than one before anyone looks at the events.
  func finishBlock() {}

  /// Whether another block may follow those that have been received.
  var takesBlock: Bool { true }

  enum OutputEnd {
    /// More bytes now, or later.
    case open
    case ended
    case trailers
  }

  final func takeReceived() -> [UInt8] {
    var bytes: [UInt8] = []
    swap(&bytes, &received)
    return bytes
  }
}

/// A block of header or trailer fields as it comes in, bounded.
struct HTTP2HeaderBlock {
  private(set) var method = HTTPFields.Piece()
  private(set) var authority = HTTPFields.Piece()
  private(set) var path = HTTPFields.Piece()
  var status = 0
  var fields = HTTPFields()
  private(set) var isTooLarge = false
  /// A pseudo-header has what RFC 9113 section 8.3.1 forbids and the library lets pass.
  private(set) var isMalformed = false
  /// There is a field with a name as long as `host`.
  private var mayNameHost = false
  private var size = 0

  /// Adds a field, or drops it and everything after it when the block is too large. Nothing is
  /// kept of what is dropped: a small compressed block can stand for a large one.
  mutating func add(
    name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>, bytesMax: Int,
    fieldsMax: Int
  ) {
    if size == 0 { fields.reserve(fields: 8, bytes: 256) }
    size += name.count + value.count + 32
    if size > bytesMax || fields.count >= fieldsMax {
      isTooLarge = true
    }
    guard !isTooLarge else { return }
    if unsafe name.first == UInt8(ascii: ":") {
      unsafe addPseudo(name, value)
    } else {
      if name.count == 4 { mayNameHost = true }
      unsafe fields.add(checkedName: name, value: value)
    }
  }

  /// The library has checked which of these may be there.
  private mutating func addPseudo(
    _ name: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    switch unsafe (name.count, name[2]) {
    case (5, _):
      unsafe path = fields.keep(bytes)
      // A fragment never reaches a server.
      if unsafe Self.has(UInt8(ascii: "#"), bytes) { isMalformed = true }
    case (10, _):
      unsafe authority = fields.keep(bytes)
      // Nor does who the user is.
      if unsafe Self.has(UInt8(ascii: "@"), bytes) { isMalformed = true }
    case (7, UInt8(ascii: "e")): unsafe method = fields.keep(bytes)
    case (7, UInt8(ascii: "t")): unsafe status = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
    // What the scheme is we know from the connection.
    default: break
    }
  }

  private static func has(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    return unsafe memchr(start, Int32(byte), bytes.count) != nil
  }

  var isConnect: Bool { method.count == 7 && fields.text(method) == "CONNECT" }

  /// Whether `host` names another host than `:authority` does (RFC 9113 section 8.3.1).
  var namesTwoHosts: Bool {
    guard mayNameHost, !authority.isEmpty, let host = fields["host"] else { return false }
    let authority = fields.text(authority)
    return host != authority && host.lowercased() != authority.lowercased()
  }
}
