@testable internal import HTTP
@testable internal import HTTP2

/// A peer of a session of HTTP/2 without a socket, to be used on the session's loop.
final class SessionPeer {
  final class Host: HTTPSessionHost {
    var hasWaiting = false
    var isSocketFull = false
    func sessionChanged() {}
    func sessionHasWaiting() { hasWaiting = true }
  }

  let host = Host()
  let session: HTTP2ServerSession

  /// Greets with the settings of that payload.
  init(_ environment: HTTPEnvironment, settings: [UInt8] = []) {
    session = HTTP2ServerSession(
      environment: environment, peer: "test", scheme: "http", host: host)
    receive(
      Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        + [0, 0, UInt8(settings.count), 4, 0, 0, 0, 0, 0] + settings
        // That it has taken ours.
        + [0, 0, 0, 4, 1, 0, 0, 0, 0])
    takeTurns()
  }

  /// Asks for `/` by GET, so often as there are streams and in one piece.
  func call(_ streams: some Sequence<UInt8>, takesTurns: Bool = true) {
    receive(streams.flatMap { [0, 0, 6, 1, 5, 0, 0, 0, $0, 0x82, 0x86, 0x84, 0x41, 1, 0x61] })
    if takesTurns { takeTurns() }
  }

  func cancel(_ streams: some Sequence<UInt8>, takesTurns: Bool = true) {
    receive(streams.flatMap { [0, 0, 4, 3, 0, 0, 0, 0, $0, 0, 0, 0, 8] })
    if takesTurns { takeTurns() }
  }

  /// Takes what there is, and lets the session have the turns that it asks for.
  func takeTurns() {
    var output: [UInt8] = []
    _ = session.produce(into: &output)
    startWaiting()
  }

  /// The same without output, which would be one more reason to go on.
  func startWaiting() {
    while host.hasWaiting {
      host.hasWaiting = false
      session.startWaiting()
    }
  }

  private func receive(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe session.receive($0) }
  }
}
