internal import CNghttp2

/// The functions that the library calls. Each finds the engine and lets it record what happened.
///
/// The engine outlives every call into the library, and a stream the time it is the user data of
/// one, so neither is retained here: these run a dozen times for each request.
///
/// Unchecked, because the table is filled once and then only read.
@safe final class HTTP2Callbacks: @unchecked Sendable {
  static let shared = HTTP2Callbacks()

  let pointer: OpaquePointer
  /// What all sessions are made with.
  let options: OpaquePointer

  private init() {
    var callbacks: OpaquePointer?
    guard unsafe nghttp2_session_callbacks_new(&callbacks) == 0, let made = unsafe callbacks else {
      fatalError("out of memory for the callbacks of HTTP/2")
    }
    unsafe nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks, Self.onBeginFrame)
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, Self.onBeginHeaders)
    unsafe nghttp2_session_callbacks_set_on_header_callback2(callbacks, Self.onHeader)
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Self.onData)
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Self.onFrame)
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, Self.onFrameSent)
    unsafe nghttp2_session_callbacks_set_on_frame_not_send_callback(
      callbacks, Self.onFrameNotSent)
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Self.onClose)
    unsafe nghttp2_session_callbacks_set_unpack_extension_callback(callbacks, Self.dropExtension)
    unsafe pointer = made
    unsafe options = Self.makeOptions()
  }

  private static func makeOptions() -> OpaquePointer {
    var options: OpaquePointer?
    guard unsafe nghttp2_option_new(&options) == 0, let made = unsafe options else {
      fatalError("out of memory for the options of HTTP/2")
    }
    // Room is given back when a handler has read, not when bytes arrive.
    unsafe nghttp2_option_set_no_auto_window_update(made, 1)
    // The library counts all resets, those of requests that we have answered too: we count.
    unsafe nghttp2_option_set_stream_reset_rate_limit(made, .max / 2, .max / 2)
    // It passes over frames of other types without a word unless someone wants them.
    for type in UInt8(NGHTTP2_CONTINUATION.rawValue) + 1...UInt8.max {
      unsafe nghttp2_option_set_user_recv_extension_type(made, type)
    }
    return unsafe made
  }

  private static let dropExtension: nghttp2_unpack_extension_callback = { _, _, _, _ in
    NGHTTP2_ERR_CANCEL.rawValue
  }

  private static func engine(
    _ user: UnsafeMutableRawPointer?, _ body: (HTTP2Engine) -> Void
  ) {
    guard let user = unsafe user else { return }
    unsafe Unmanaged<HTTP2Engine>.fromOpaque(user)._withUnsafeGuaranteedRef(body)
  }

  /// Runs `body` unless the stream is none that we know, or know any more.
  private static func stream(
    _ session: OpaquePointer?, _ id: Int32, _ body: (HTTP2Stream) -> Void
  ) {
    guard let data = unsafe nghttp2_session_get_stream_user_data(session, id) else { return }
    unsafe Unmanaged<HTTP2Stream>.fromOpaque(data)._withUnsafeGuaranteedRef(body)
  }

  private static let onBeginFrame: nghttp2_on_begin_frame_callback = { session, head, user in
    var result: Int32 = 0
    guard let head = unsafe head?.pointee else { return result }
    unsafe engine(user) { engine in
      guard engine.isServer else { return }
      let frame = PeerWatch.Frame(
        type: UInt32(head.type), flags: UInt32(head.flags), stream: head.stream_id,
        length: head.length)
      let isFine = engine.frameBegan(frame) {
        var state = PeerWatch.StreamState.notOpen
        unsafe stream(session, head.stream_id) { state = .open(isAnswered: $0.isSent) }
        return state
      }
      if !isFine { result = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue }
    }
    return result
  }

  private static let onBeginHeaders: nghttp2_on_begin_headers_callback = {
    session, frame, user in
    var result: Int32 = 0
    guard let id = unsafe frame?.pointee.hd.stream_id else { return result }
    let isNew = unsafe frame?.pointee.headers.cat == NGHTTP2_HCAT_REQUEST
    unsafe engine(user) { engine in
      if !isNew, let data = unsafe nghttp2_session_get_stream_user_data(session, id) {
        unsafe Unmanaged<HTTP2Stream>.fromOpaque(data)._withUnsafeGuaranteedRef { stream in
          if stream.takesBlock { engine.beganBlock(of: stream.id) }
        }
      } else if engine.hasTooManyStreams {
        engine.refuseStream(id)
        result = NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
      } else if engine.opened(id) {
        engine.beganBlock(of: id)
      }
    }
    return result
  }

  private static let onHeader: nghttp2_on_header_callback2 = { _, _, name, value, _, user in
    guard let name = unsafe name, let value = unsafe value else { return 0 }
    var result: Int32 = 0
    unsafe engine(user) { engine in
      unsafe engine.received(name: name, value: value)
      if engine.fault != nil { result = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue }
    }
    return result
  }

  private static let onData: nghttp2_on_data_chunk_recv_callback = {
    session, _, id, bytes, count, user in
    unsafe engine(user) { engine in
      unsafe stream(session, id) { stream in
        unsafe engine.received(UnsafeBufferPointer(start: bytes, count: count), on: stream)
      }
    }
    return 0
  }

  private static let onFrame: nghttp2_on_frame_recv_callback = { session, frame, user in
    guard let frame = unsafe frame else { return 0 }
    let header = unsafe frame.pointee.hd
    let flags = UInt32(header.flags)
    var result: Int32 = 0
    unsafe engine(user) { engine in
      switch UInt32(header.type) {
      case NGHTTP2_HEADERS.rawValue:
        unsafe stream(session, header.stream_id) { stream in
          engine.endedBlock(of: stream)
          if flags & NGHTTP2_FLAG_END_STREAM.rawValue != 0 { engine.ended(stream) }
        }
      case NGHTTP2_DATA.rawValue where flags & NGHTTP2_FLAG_END_STREAM.rawValue != 0:
        unsafe stream(session, header.stream_id) { stream in engine.ended(stream) }
      case NGHTTP2_DATA.rawValue where flags & NGHTTP2_FLAG_PADDED.rawValue != 0:
        if unsafe frame.pointee.data.padlen == header.length { engine.count(.emptyFrame) }
      case NGHTTP2_SETTINGS.rawValue: engine.settingsReceived(flags)
      case NGHTTP2_PING.rawValue:
        let mark = unsafe withUnsafeBytes(of: frame.pointee.ping.opaque_data) {
          unsafe $0.loadUnaligned(as: UInt64.self)
        }
        engine.receivedPing(mark, isAnswer: flags & NGHTTP2_FLAG_ACK.rawValue != 0)
      case NGHTTP2_GOAWAY.rawValue:
        let goAway = unsafe frame.pointee.goaway
        unsafe engine.receivedGoAway(
          lastStreamID: goAway.last_stream_id, code: goAway.error_code,
          text: UnsafeBufferPointer(start: goAway.opaque_data, count: goAway.opaque_data_len))
      default: break
      }
      if engine.fault != nil { result = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue }
    }
    return result
  }

  private static let onFrameSent: nghttp2_on_frame_send_callback = { session, frame, user in
    guard let frame = unsafe frame else { return 0 }
    let header = unsafe frame.pointee.hd
    unsafe engine(user) { engine in
      switch UInt32(header.type) {
      case NGHTTP2_DATA.rawValue, NGHTTP2_HEADERS.rawValue:
        let isEnd = UInt32(header.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0
        // Only the first frame and the last one mean something for the stream.
        if isEnd || UInt32(header.type) == NGHTTP2_HEADERS.rawValue {
          unsafe stream(session, header.stream_id) { stream in
            engine.sent(on: stream, isEnd: isEnd)
          }
        }
        engine.hasSentStreamFrame = true
        engine.answered(header.length, isEnd: isEnd)
      case NGHTTP2_RST_STREAM.rawValue:
        engine.sentReset(header.stream_id)
        unsafe stream(session, header.stream_id) { stream in engine.provoked(stream) }
      case NGHTTP2_GOAWAY.rawValue:
        engine.failureCode = unsafe max(engine.failureCode, frame.pointee.goaway.error_code)
      default: break
      }
    }
    return 0
  }

  private static let onClose: nghttp2_on_stream_close_callback = { session, id, code, user in
    unsafe engine(user) { engine in
      unsafe stream(session, id) { stream in
        // We may let go of the stream before the library does.
        _ = unsafe nghttp2_session_set_stream_user_data(session, id, nil)
        engine.closed(stream, code: code)
      }
    }
    return 0
  }

  private static let onFrameNotSent: nghttp2_on_frame_not_send_callback = {
    _, frame, _, user in
    guard let header = unsafe frame?.pointee.hd, UInt32(header.type) == NGHTTP2_HEADERS.rawValue
    else { return 0 }
    unsafe engine(user) { engine in engine.notSent(header.stream_id) }
    return 0
  }

  /// Gives the library bytes of a body to frame.
  static let read: nghttp2_data_source_read_callback = {
    session, id, buffer, capacity, flags, _, user in
    var result = Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)
    guard let flags = unsafe flags else { return result }
    unsafe engine(user) { engine in
      unsafe stream(session, id) { stream in
        unsafe result = stream.takeOutput(
          into: UnsafeMutableBufferPointer(start: buffer, count: capacity))
        engine.sentBodyBytes += result
        switch stream.outputEnd {
        case .open:
          if result == 0 {
            stream.isDeferred = true
            result = Int(NGHTTP2_ERR_DEFERRED.rawValue)
          }
        case .ended: unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
        case .trailers:
          unsafe flags.pointee |=
            NGHTTP2_DATA_FLAG_EOF.rawValue | NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
          // The one thing that is done within the library, which wants it here.
          engine.submitTrailers(stream, stream.takeTrailers())
        }
      }
    }
    return result
  }
}
