internal import HTTP
internal import Telemetry

/// Handlers of a connection that go on although nobody wants their answers any more, and the streams
/// whose handlers are held back because of them.
struct AbandonedHandlers {
  /// How many there are.
  fileprivate(set) var count = 0
  /// In the order in which they have come.
  fileprivate(set) var held: [HTTP2ServerStream] = []

  /// Forgets a stream that has ended; true when it was held back.
  mutating func remove(_ stream: HTTP2ServerStream) -> Bool {
    guard let index = held.firstIndex(where: { $0 === stream }) else { return false }
    held.remove(at: index)
    return true
  }

  mutating func removeHeld() { held.removeAll() }
}

/// A handler that has been cancelled ends when it notices, and until then it costs what it costs: a
/// peer that has calls begin and resets them could have any number running. So what it asks for
/// waits until some of them have ended.
extension HTTP2ServerSession {
  /// Handlers of a peer that has seen fewer calls succeed than fail, while the loop has too many
  /// that are abandoned.
  private static let handlersOfStrangersMax = 16

  /// Ends a stream otherwise than by its response, and counts its handler as long as it runs.
  func abandon(_ stream: HTTP2ServerStream, _ error: HTTPStreamError) {
    if stream.isHandlerRunning, !stream.isAbandoned {
      stream.isAbandoned = true
      abandoned.count += 1
      environment.abandonedHandlers += 1
    }
    stream.abort(error)
  }

  /// Whether the handler of a new request has to wait.
  func holdsBack(_ stream: HTTP2ServerStream) -> Bool {
    guard let cause = causeToHoldBack else { return false }
    abandoned.held.append(stream)
    environment.refused("http2.waiting", cause: cause, peer: peer)
    return true
  }

  private var causeToHoldBack: String? {
    let limits = environment.limits
    if abandoned.count >= limits.abandonedHandlersMax { return "abandoned_handlers" }
    let hasMany = runningHandlers >= Self.handlersOfStrangersMax
    guard !isProven, hasMany, environment.abandonedHandlers >= limits.loopAbandonedHandlersMax
    else { return nil }
    return "loop_abandoned_handlers"
  }

  /// Counts a handler that has returned.
  func abandonedReturned(_ stream: HTTP2ServerStream) {
    if stream.isAbandoned {
      abandoned.count -= 1
      environment.abandonedHandlers -= 1
    }
    startHeld()
  }

  /// Has handlers started that were held back, if that may be by now.
  func startHeld() {
    guard !abandoned.held.isEmpty, !isOver, causeToHoldBack == nil else { return }
    let held = abandoned.held
    abandoned.removeHeld()
    start(held: held)
  }
}
