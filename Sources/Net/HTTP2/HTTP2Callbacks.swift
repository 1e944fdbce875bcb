internal import CNghttp2
private import HTTP

/// The functions that the library calls. They record and return.
///
/// Unchecked, because the table is filled once and then only read.
@safe final class HTTP2Callbacks: @unchecked Sendable {
  static let shared = HTTP2Callbacks()

  let pointer: OpaquePointer

  private init() {
    var callbacks: OpaquePointer?
    guard unsafe nghttp2_session_callbacks_new(&callbacks) == 0, let made = unsafe callbacks else {
      fatalError("out of memory for the callbacks of HTTP/2")
    }
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, Self.onBeginHeaders)
    unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks, Self.onHeader)
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Self.onData)
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Self.onFrame)
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, Self.onFrameSent)
    unsafe nghttp2_session_callbacks_set_on_frame_not_send_callback(
      callbacks, Self.onFrameNotSent)
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Self.onClose)
    unsafe pointer = made
  }

  private static func engine(_ user: UnsafeMutableRawPointer?) -> HTTP2Engine? {
    guard let user = unsafe user else { return nil }
    return unsafe Unmanaged<HTTP2Engine>.fromOpaque(user).takeUnretainedValue()
  }

  private static func stream(_ session: OpaquePointer?, _ id: Int32) -> HTTP2Stream? {
    guard let data = unsafe nghttp2_session_get_stream_user_data(session, id) else { return nil }
    return unsafe Unmanaged<HTTP2Stream>.fromOpaque(data).takeUnretainedValue()
  }

  private static let onBeginHeaders: nghttp2_on_begin_headers_callback = {
    session, frame, user in
    guard let engine = unsafe engine(user), let frame = unsafe frame else { return 0 }
    let id = unsafe frame.pointee.hd.stream_id
    if let stream = unsafe stream(session, id) {
      guard stream.takesBlock else { return 0 }
      stream.block = HTTP2HeaderBlock()
      engine.openBlock = stream
    } else if let stream = engine.makeStream?(id) {
      engine.adopt(stream)
      engine.openBlock = stream
    }
    return 0
  }

  private static let onHeader: nghttp2_on_header_callback = {
    _, _, name, nameCount, value, valueCount, _, user in
    guard let engine = unsafe engine(user), let stream = engine.openBlock else { return 0 }
    unsafe stream.block.add(
      name: UnsafeBufferPointer(start: name, count: nameCount),
      value: UnsafeBufferPointer(start: value, count: valueCount), limits: engine.limits)
    return 0
  }

  private static let onData: nghttp2_on_data_chunk_recv_callback = {
    session, _, id, bytes, count, user in
    guard let engine = unsafe engine(user), let stream = unsafe stream(session, id)
    else { return 0 }
    if stream.received.isEmpty { engine.events.append(.data(stream)) }
    unsafe stream.received.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    return 0
  }

  private static let onFrame: nghttp2_on_frame_recv_callback = { session, frame, user in
    guard let engine = unsafe engine(user), let frame = unsafe frame else { return 0 }
    let header = unsafe frame.pointee.hd
    switch UInt32(header.type) {
    case NGHTTP2_HEADERS.rawValue:
      guard let stream = unsafe stream(session, header.stream_id) else { return 0 }
      if engine.openBlock === stream {
        engine.openBlock = nil
        stream.finishBlock()
        engine.events.append(.headers(stream))
      }
      recordEnd(header, stream, engine)
    case NGHTTP2_DATA.rawValue:
      guard let stream = unsafe stream(session, header.stream_id) else { return 0 }
      recordEnd(header, stream, engine)
    case NGHTTP2_PING.rawValue:
      if UInt32(header.flags) & NGHTTP2_FLAG_ACK.rawValue == 0 {
        engine.events.append(.ping)
      } else if let mark = unsafe pingMark(frame.pointee.ping) {
        engine.events.append(.pingAcknowledged(mark))
      }
    case NGHTTP2_GOAWAY.rawValue:
      let goAway = unsafe frame.pointee.goaway
      let text = unsafe UnsafeBufferPointer(
        start: goAway.opaque_data, count: min(goAway.opaque_data_len, 256))
      unsafe engine.events.append(
        .goAway(
          lastStreamID: goAway.last_stream_id, code: goAway.error_code,
          text: String(decoding: text, as: UTF8.self)))
    default: break
    }
    return 0
  }

  private static func pingMark(_ ping: nghttp2_ping) -> HTTP2Engine.PingMark? {
    let mark = unsafe withUnsafeBytes(of: ping.opaque_data) {
      unsafe $0.loadUnaligned(as: UInt64.self)
    }
    return HTTP2Engine.PingMark(rawValue: mark)
  }

  private static func recordEnd(
    _ header: nghttp2_frame_hd, _ stream: HTTP2Stream, _ engine: HTTP2Engine
  ) {
    guard UInt32(header.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0 else { return }
    stream.hasReceivedEnd = true
    engine.events.append(.ended(stream))
  }

  private static let onFrameSent: nghttp2_on_frame_send_callback = { session, frame, user in
    guard let engine = unsafe engine(user), let frame = unsafe frame else { return 0 }
    let header = unsafe frame.pointee.hd
    let type = UInt32(header.type)
    guard type == NGHTTP2_DATA.rawValue || type == NGHTTP2_HEADERS.rawValue,
      let stream = unsafe stream(session, header.stream_id)
    else { return 0 }
    stream.isSent = true
    engine.hasSentStreamFrame = true
    // A client waits for the answer; a server has nothing more to wait for.
    guard UInt32(header.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0, engine.isServer,
      !stream.hasReceivedEnd
    else { return 0 }
    engine.events.append(.sentEnd(stream))
    return 0
  }

  private static let onClose: nghttp2_on_stream_close_callback = { session, id, code, user in
    guard let engine = unsafe engine(user), let stream = unsafe stream(session, id)
    else { return 0 }
    if engine.openBlock === stream { engine.openBlock = nil }
    stream.isClosed = true
    // We may let go of the stream before the library does.
    _ = unsafe nghttp2_session_set_stream_user_data(session, id, nil)
    engine.events.append(.closed(stream, code: code))
    return 0
  }

  /// A request that could not be sent, since the server wants no more streams or it was cancelled
  /// before its turn. The library does not report its end in another way.
  private static let onFrameNotSent: nghttp2_on_frame_not_send_callback = {
    _, frame, _, user in
    guard let engine = unsafe engine(user), let frame = unsafe frame else { return 0 }
    let header = unsafe frame.pointee.hd
    guard UInt32(header.type) == NGHTTP2_HEADERS.rawValue,
      let stream = engine.streams[header.stream_id], !stream.isClosed, !stream.isSent
    else { return 0 }
    stream.isClosed = true
    engine.events.append(.closed(stream, code: HTTP2ErrorCode.refusedStream))
    return 0
  }

  /// Gives the library bytes of a body to frame.
  static let read: nghttp2_data_source_read_callback = {
    session, id, buffer, capacity, flags, _, user in
    guard let engine = unsafe engine(user), let stream = unsafe stream(session, id),
      let flags = unsafe flags
    else { return Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue) }
    let count = unsafe stream.takeOutput(
      into: UnsafeMutableBufferPointer(start: buffer, count: capacity))
    switch stream.outputEnd {
    case .open:
      if count == 0 {
        stream.isDeferred = true
        return Int(NGHTTP2_ERR_DEFERRED.rawValue)
      }
    case .ended: unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
    case .trailers:
      unsafe flags.pointee |=
        NGHTTP2_DATA_FLAG_EOF.rawValue | NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
      engine.events.append(.trailersDue(stream))
    }
    return count
  }
}
