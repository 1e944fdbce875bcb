/// The limits by name, for whoever configures a server.
extension HTTPLimits {
  /// One limit: a whole number, or for an allowance `burst/per second`.
  package struct Setting: Sendable {
    package let name: String
    /// The value in these limits, as it is written.
    package let value: @Sendable (HTTPLimits) -> String
    /// Sets the value; false when the text is none.
    fileprivate let set: @Sendable (inout HTTPLimits, _ text: String) -> Bool
  }

  /// All limits that can be set by name, but for those of the life of connections.
  package static let settings: [Setting] = counts + times + allowances

  private static let counts: [Setting] = [
    number("header_bytes", \.headerListBytesMax),
    number("header_bytes_end", \.headerListBytesEnd),
    number("header_fields", \.headerFieldsMax),
    number("header_block_bytes", \.headerBlockBytesMax),
    number("continuation_frames", \.continuationFramesMax),
    number("request_line_bytes", \.requestLineBytesMax),
    number("http1_body_bytes", \.http1BodyBytesMax),
    number("streams", \.concurrentStreamsMax),
    number("handlers", \.runningHandlersMax),
    number("abandoned_handlers", \.abandonedHandlersMax),
    number("loop_abandoned_handlers", \.loopAbandonedHandlersMax),
    number("stream_window_bytes", \.streamWindowBytes, least: 65_535),
    number("stream_window_bytes_max", \.streamWindowBytesMax, least: 65_535),
    number("connection_window_bytes", \.connectionWindowBytes, least: 65_535),
    number("connection_window_bytes_max", \.connectionWindowBytesMax, least: 65_535),
    number("window_growth_bytes", \.windowGrowthBytesMax),
    number("response_bytes", \.responseQueueBytesMax),
    number("connection_response_bytes", \.connectionQueueBytesMax),
    number("held_bytes", \.heldBytesMax),
    number("kept_bytes", \.keptBytesMax),
    number("connections", \.connectionsPerLoopMax),
  ]

  private static let times: [Setting] = [
    seconds("handshake_seconds", \.handshakeTimeout),
    seconds("header_seconds", \.headerTimeout),
    seconds("body_seconds", \.bodyTimeout),
    seconds("send_seconds", \.sendTimeout),
    seconds("stall_seconds", \.stallTimeout),
    seconds("stall_seconds_when_full", \.stallTimeoutWhenFull),
  ]

  private static let allowances: [Setting] = [
    allowance("pings", \.pings),
    allowance("settings", \.settings),
    allowance("priorities", \.priorities),
    allowance("window_updates", \.windowUpdates),
    allowance("empty_frames", \.emptyFrames),
    allowance("stray_frames", \.strayFrames),
    allowance("resets", \.resets),
    allowance("provoked_resets", \.provokedResets),
    allowance("refusals", \.refusals),
    allowance("bombs", \.bombs),
    allowance("failed_requests", \.failedRequests),
  ]

  /// Takes a list such as `streams=200, resets=1000/500` and returns what is wrong with it.
  package mutating func set(_ list: String) -> [String] {
    var problems: [String] = []
    for pair in list.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { String($0.withoutBlanks) }
      guard parts.count == 2, let setting = Self.settings.first(where: { $0.name == parts[0] })
      else {
        problems.append("has no limit `\(pair.withoutBlanks)`")
        continue
      }
      if !setting.set(&self, parts[1]) {
        problems.append("cannot set \(setting.name) to `\(parts[1])`")
      }
    }
    return problems
  }

  private static func number(
    _ name: String, _ path: any WritableKeyPath<HTTPLimits, Int> & Sendable, least: Int = 1
  ) -> Setting {
    Setting(name: name) {
      String($0[keyPath: path])
    } set: { limits, text in
      guard let value = bounded(text, least: least) else { return false }
      limits[keyPath: path] = value
      return true
    }
  }

  private static func seconds(
    _ name: String, _ path: any WritableKeyPath<HTTPLimits, Duration> & Sendable
  ) -> Setting {
    Setting(name: name) {
      String($0[keyPath: path].components.seconds)
    } set: { limits, text in
      guard let value = bounded(text, least: 1) else { return false }
      limits[keyPath: path] = .seconds(value)
      return true
    }
  }

  private static func allowance(
    _ name: String, _ path: any WritableKeyPath<FloodLimits, FloodLimits.Allowance> & Sendable
  ) -> Setting {
    Setting(name: name) {
      let allowance = $0.floods[keyPath: path]
      return "\(allowance.burst)/\(allowance.perSecond)"
    } set: { limits, text in
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        .map { bounded(String($0), least: 1) }
      guard parts.count == 2, let burst = parts[0], let perSecond = parts[1] else { return false }
      limits.floods[keyPath: path].burst = burst
      limits.floods[keyPath: path].perSecond = perSecond
      return true
    }
  }

  /// A number that fits into a setting of HTTP/2, where many of them go.
  private static func bounded(_ text: String, least: Int) -> Int? {
    guard let value = Int(text), (least...Int(Int32.max)).contains(value) else { return nil }
    return value
  }
}
