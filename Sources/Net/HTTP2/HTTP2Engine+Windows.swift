internal import CNghttp2
internal import HTTP

/// Windows that follow what the way to the peer carries.
extension HTTP2Engine {
  /// Asks how long the way is when enough has come on it.
  func measureWay() {
    if tuner.received(receivedBodyBytes, now: now) { ping(.window) }
    receivedBodyBytes = 0
  }

  /// Lets the peer send so many bytes before they are read, on open streams too.
  func setWindows(_ windows: WindowTuner.Windows) {
    tuner.set(windows)
    announce(windows)
  }

  /// Goes back to the windows of the beginning.
  func resetWindows() {
    tuner.reset()
    announce(tuner.windows)
  }

  private func announce(_ windows: WindowTuner.Windows) {
    var entry = nghttp2_settings_entry(
      settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue),
      value: UInt32(windows.stream))
    let none = UInt8(NGHTTP2_FLAG_NONE.rawValue)
    _ = unsafe nghttp2_submit_settings(session, none, &entry, 1)
    _ = unsafe nghttp2_session_set_local_window_size(session, none, 0, Int32(windows.connection))
  }
}

extension WindowTuner {
  init(_ limits: HTTPLimits) {
    self.init(
      start: Windows(
        stream: limits.streamWindowBytes, connection: limits.connectionWindowBytes),
      most: Windows(
        stream: limits.streamWindowBytesMax, connection: limits.connectionWindowBytesMax))
  }
}
