internal import HTTP
internal import Telemetry

/// Larger windows for peers that are far away, out of what the loop has for all of them.
extension HTTP2ServerSession {
  /// A ping has been answered that measures the way.
  func growWindows(_ engine: HTTP2Engine) {
    guard !isOver, !isCut, let wanted = engine.tuner.answered(now: engine.now) else { return }
    let more = wanted.connection - engine.tuner.windows.connection
    guard environment.growWindow(more) else {
      engine.tuner.refused(now: engine.now)
      return environment.refused("http2.window", cause: "window_growth", peer: peer)
    }
    windowGrowth += more
    environment.metrics.windowsGrown.add()
    engine.setWindows(wanted)
  }

  /// A connection that has had no stream since the last look goes back to the windows of the
  /// beginning, so that those who need larger ones can have them.
  func shrinkWindowsIfUnused(_ engine: HTTP2Engine) {
    defer { startedWhenLooked = counted.started }
    guard engine.tuner.hasGrown, engine.streams.isEmpty, counted.started == startedWhenLooked
    else { return }
    giveBackWindows()
    engine.resetWindows()
    host?.sessionChanged()
  }

  func giveBackWindows() {
    _ = environment.growWindow(-windowGrowth)
    windowGrowth = 0
  }
}
