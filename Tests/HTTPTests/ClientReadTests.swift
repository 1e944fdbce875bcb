internal import Reactor
internal import TestHarness
internal import Testing

@testable internal import HTTP2
@testable internal import TLS

@Suite("Reading of a client", .timeLimit(.minutes(1)))
struct ClientReadTests {
  /// A frame that nobody knows, of 16,000 bytes.
  private static let unknown: [UInt8] =
    [0, 0x3E, 0x80, 0xFA, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 16_000)
  private static let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
  /// As much as a pair of sockets holds, and more than two reads take.
  private static let flood = (0..<9).flatMap { _ in unknown } + ping

  @Test(
    "a server that sends without end leaves turns of the loop to others", arguments: [false, true])
  func turns(isSecure: Bool) async throws {
    try await withGreetedClient(isSecure: isSecure, readsPerTurnMax: 1) { server, _, loop in
      // All of it is there before the client has its turn.
      let (isSent, before) = await loop.run {
        (send(Self.flood, from: server, isSecure), loop.turn)
      }
      #expect(isSent)
      // The answer to the ping comes when all has been read.
      var received: [UInt8] = []
      try await until {
        received += receive(at: server, isSecure)
        return received.suffix(8).elementsEqual(Self.ping.suffix(8))
      }
      // Three turns of reading, and the one in which this asks.
      #expect(await loop.run { loop.turn } - before >= 4)
    }
  }

  /// False when the socket is full.
  private func send(_ bytes: [UInt8], from end: TLSEnd, _ isSecure: Bool) -> Bool {
    var position = 0
    while position < bytes.count {
      let sent = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[position...])
        return unsafe isSecure ? end.tls.send(rest) : end.descriptor.send(rest)
      }
      guard case .bytes(let count) = sent else { return false }
      position += count
    }
    return true
  }

  private func receive(at end: TLSEnd, _ isSecure: Bool) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let result = unsafe buffer.withUnsafeMutableBytes {
      unsafe isSecure ? end.tls.read(into: $0) : end.descriptor.read(into: $0)
    }
    guard case .bytes(let count) = result else { return [] }
    return Array(buffer[..<count])
  }
}
