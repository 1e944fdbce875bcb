internal import HTTP
internal import Reactor
internal import TestHarness
internal import Testing

@testable internal import HTTP2

@Suite("Output", .timeLimit(.minutes(1)))
struct OutputBufferTests {
  @Test("what a full socket has not taken shares nothing with the buffer", arguments: [0, 1, 3])
  func copies(sent: Int) {
    let output: [UInt8] = [1, 2, 3]
    let rest = output.copy(from: sent)
    #expect(rest == Array([1, 2, 3].dropFirst(sent)))
    guard !rest.isEmpty else { return }
    let address = { (bytes: [UInt8]) in
      unsafe bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
    #expect(address(rest) != address(output) + UInt(sent))
  }

  @Test("all output of a loop goes through one buffer, which nobody keeps a part in")
  func reuses() async throws {
    try await withServer(handler: mirror) { server in
      let share = try #require(server.server.runningLoops.first)
      let client = server.client()
      let stream = try await client.request(
        method: "POST", target: "/", body: .bytes([UInt8](repeating: 1, count: 400_000)),
        deadline: .now + .seconds(20))
      #expect(try await stream.collectBody(limit: 400_000).count == 400_000)
      let (count, before, after) = await server.group.loops[0].run {
        let before = Self.buffer(of: share)
        // A buffer that somebody else held, too, would be made anew at another place, once: the
        // first is still there.
        for connection in share.connections.values.prefix(1) { connection.flush() }
        return (share.connections.count, before, Self.buffer(of: share))
      }
      #expect(count == 1)
      #expect(before.capacity >= 65_536)
      #expect(after == before)
    }
  }

  private struct Buffer: Equatable {
    let address: UInt
    let capacity: Int
  }

  private static func buffer(of share: ServerLoop) -> Buffer {
    var buffer = share.takeOutputBuffer()
    defer { share.recycle(&buffer) }
    let address = unsafe buffer.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    return Buffer(address: address, capacity: buffer.capacity)
  }
}
