internal import CNghttp2
internal import HTTP

/// What the library's callbacks tell the watch over the peer. When there is a
/// ``HTTP2Engine/fault`` then, the callback fails, which ends the call into the library.
extension HTTP2Engine {
  func frameBegan(
    _ frame: PeerWatch.Frame, _ state: () -> PeerWatch.StreamState
  ) -> Bool {
    if frame.type == NGHTTP2_SETTINGS.rawValue, frame.flags & NGHTTP2_FLAG_ACK.rawValue == 0 {
      noteWindows()
    }
    switch frame.type {
    // Those of every call, without the limits that the others are held against.
    case NGHTTP2_DATA.rawValue where frame.length > 0: break
    case NGHTTP2_HEADERS.rawValue:
      if let found = watch.headersBegan(frame, state) { fault = found }
    default:
      if let found = watch.frameBegan(frame, state(), limits, now: now) { fault = found }
    }
    return fault == nil
  }

  func count(_ event: FloodGuard.Event) {
    guard isServer, let found = watch.count(event, limits, now) else { return }
    fault = found
  }

  /// Whether the peer has as many streams open as it may.
  var hasTooManyStreams: Bool { isServer && openStreams >= limits.concurrentStreamsMax }

  /// Refuses a stream of the peer before it costs anything.
  func refuseStream(_ id: Int32) {
    watch.ledger.endedByUs(id)
    refusedStreams += 1
    unsafe nghttp2_submit_rst_stream(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), id, HTTP2ErrorCode.refusedStream)
    count(.refusal)
  }

  /// A frame of an answer has gone out. Tiny ones earn the peer nothing: they are what a window
  /// that opens byte by byte makes of an answer.
  func answered(_ length: Int, isEnd: Bool) {
    if length >= 64 || isEnd { watch.floods.answered() }
  }

  /// A RST_STREAM has gone out.
  func sentReset(_ id: Int32) {
    if isServer { watch.ledger.endedByUs(id) }
  }

  /// A RST_STREAM has gone out on a stream that we know; the library's own are for what the peer
  /// has done.
  func provoked(_ stream: HTTP2Stream) {
    if !stream.isResetByUs { count(.provokedReset) }
  }

  // MARK: Settings

  /// Keeps how far the windows of the streams are above the initial one: the library would reset a
  /// stream whose window a new initial window makes too large, where RFC 9113 section 6.9.2 wants an
  /// error of the connection.
  private func noteWindows() {
    windowsBefore.removeAll()
    guard openStreams > 0 else { return }
    let initial = initialWindow
    for stream in streams.all where !stream.isClosed {
      let window = unsafe nghttp2_session_get_stream_remote_window_size(session, stream.id)
      windowsBefore.append(Int64(window) - initial)
    }
  }

  private var initialWindow: Int64 {
    unsafe Int64(
      nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE))
  }

  func settingsReceived(_ flags: UInt32) {
    guard flags & NGHTTP2_FLAG_ACK.rawValue == 0 else {
      areSettingsHeard = true
      return
    }
    hasPeerSettings = true
    guard !windowsBefore.isEmpty else { return }
    let initial = initialWindow
    if windowsBefore.contains(where: { $0 + initial > Int64(Int32.max) }) {
      fault = PeerFault(HTTP2ErrorCode.flowControlError, "window_overflow")
    }
    windowsBefore.removeAll()
  }
}
