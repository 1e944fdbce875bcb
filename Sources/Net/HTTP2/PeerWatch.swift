internal import CNghttp2
internal import HTTP

/// Why we end a connection.
struct PeerFault: Equatable, Sendable {
  /// The error code of the GOAWAY.
  let code: UInt32
  /// The name in metrics and log, and the debug data of the GOAWAY.
  let cause: String

  init(_ code: UInt32, _ cause: String) {
    self.code = code
    self.cause = cause
  }
}

/// The rules for a client's frames that the library does not have: what may come on streams that
/// are no more, how long a block of fields may be on the wire, and how much of everything.
///
/// It sees the head of each frame before the library does.
struct PeerWatch {
  struct Frame {
    var type: UInt32
    var flags: UInt32
    var stream: Int32
    var length: Int

    func has(_ flag: nghttp2_flag) -> Bool { flags & flag.rawValue != 0 }
  }

  /// What is known about the stream of a frame.
  enum StreamState {
    case open(isAnswered: Bool)
    /// Never opened, or no more.
    case notOpen
  }

  /// RFC 9218; the library has no name for it.
  private static let priorityUpdate: UInt32 = 0x10
  /// We announce no other.
  private static let frameBytesMax = 16_384
  /// Bytes of a block that need not be of its fields.
  private static let blockRoom = 512

  /// Bytes of the fields in the block that is being received, each with 32 more.
  var fieldBytes = 0
  private var blockFrames = 0
  private var blockBytes = 0
  /// Pings of ours that have not been answered.
  var answersDue = 0
  /// We have said that the connection ends: what the peer had not heard then is passed over.
  var isEnding = false
  var ledger: StreamLedger
  // Last, because there is an instant in it: where something lies behind one is found out anew at
  // each use, and the rest of this is used for each field.
  var floods: FloodGuard

  init(now: ContinuousClock.Instant, streamsMax: Int = HTTPLimits().concurrentStreamsMax) {
    floods = FloodGuard(now: now)
    ledger = StreamLedger(streamsMax: streamsMax)
  }

  /// Looks at the head of a frame.
  mutating func frameBegan(
    _ frame: Frame, _ state: @autoclosure () -> StreamState, _ limits: HTTPLimits,
    now: ContinuousClock.Instant
  ) -> PeerFault? {
    switch frame.type {
    case NGHTTP2_DATA.rawValue:
      // Those of streams that are not open do not come here: the library passes over them.
      if frame.length == 0 && !frame.has(NGHTTP2_FLAG_END_STREAM) {
        return count(.emptyFrame, limits, now)
      }
      return nil
    case NGHTTP2_HEADERS.rawValue: return headersBegan(frame, state)
    case NGHTTP2_CONTINUATION.rawValue:
      blockFrames += 1
      blockBytes += frame.length
      // The library looks at the length of all frames but these.
      if frame.length > Self.frameBytesMax {
        return PeerFault(HTTP2ErrorCode.frameSizeError, "frame_size")
      }
      guard blockFrames > limits.continuationFramesMax || blockBytes > limits.headerBlockBytesMax
      else { return nil }
      return PeerFault(HTTP2ErrorCode.enhanceYourCalm, "header_block")
    case NGHTTP2_PRIORITY.rawValue where frame.stream == 0:
      // The library passes over all of them, since we use none.
      return PeerFault(HTTP2ErrorCode.protocolError, "priority_of_connection")
    case NGHTTP2_PRIORITY.rawValue, Self.priorityUpdate: return count(.priority, limits, now)
    case NGHTTP2_RST_STREAM.rawValue:
      switch state() {
      case .open(isAnswered: false): return count(.reset, limits, now)
      case .open(isAnswered: true): return nil
      case .notOpen: return count(.strayFrame, limits, now)
      }
    case NGHTTP2_SETTINGS.rawValue:
      return frame.has(NGHTTP2_FLAG_ACK) ? nil : count(.settings, limits, now)
    case NGHTTP2_PING.rawValue:
      guard frame.has(NGHTTP2_FLAG_ACK) else { return count(.ping, limits, now) }
      answersDue -= 1
      guard answersDue < 0 else { return nil }
      answersDue = 0
      return count(.strayFrame, limits, now)
    case NGHTTP2_WINDOW_UPDATE.rawValue: return count(.windowUpdate, limits, now)
    // The library ends the connection for it.
    case NGHTTP2_PUSH_PROMISE.rawValue: return nil
    default: return count(.strayFrame, limits, now)
    }
  }

  /// A block has ended. A field is never longer in the block than its own bytes and 32 more, but
  /// for what a poor Huffman code makes of it: what is beyond are changes of the table's size, or
  /// padding of 255 bytes at most.
  func blockEnded() -> PeerFault? {
    guard blockBytes > 2 * fieldBytes + Self.blockRoom else { return nil }
    return PeerFault(HTTP2ErrorCode.enhanceYourCalm, "table_thrash")
  }

  /// The same for one that begins a block.
  mutating func headersBegan(
    _ frame: Frame, _ state: () -> StreamState
  ) -> PeerFault? {
    fieldBytes = 0
    blockFrames = 0
    blockBytes = frame.length
    // Numbers that no client may use are the library's to refuse.
    guard frame.stream > 0, frame.stream & 1 == 1 else { return nil }
    if frame.stream > ledger.lastID {
      ledger.open(frame.stream)
      floods.opened()
      return nil
    }
    guard case .notOpen = state() else { return nil }
    return lateFrame(frame.stream)
  }

  /// A frame for a stream that is not open (RFC 9113 section 5.1).
  private func lateFrame(_ id: Int32) -> PeerFault? {
    // Idle streams are the library's.
    guard !isEnding, id > 0, id & 1 == 1, id <= ledger.lastID else { return nil }
    switch ledger.past(id) {
    case .endedByUs: return nil
    case .ended: return PeerFault(HTTP2ErrorCode.streamClosed, "stream_closed")
    case .skipped: return PeerFault(HTTP2ErrorCode.protocolError, "stream_skipped")
    }
  }

  /// Counts an event; a fault when there have been too many.
  mutating func count(
    _ event: FloodGuard.Event, _ limits: HTTPLimits, _ now: ContinuousClock.Instant
  ) -> PeerFault? {
    guard !floods.allow(event, limits.floods, now: now) else { return nil }
    return PeerFault(HTTP2ErrorCode.enhanceYourCalm, event.cause)
  }
}
