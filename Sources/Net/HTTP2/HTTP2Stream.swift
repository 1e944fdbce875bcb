internal import HTTP

/// What the library's callbacks have recorded about one stream, and where it gets bytes to send.
///
/// Server and client each have a subclass; the engine knows no more than this.
class HTTP2Stream {
  var id: Int32
  /// The header block that has been received last.
  final var block: HTTP2HeaderBlock?
  /// In place of it, the head of an earlier request on the connection that it is the same as.
  final var repeatedHead: HTTPRequestHead?
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
