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

  @Test("all responses of a loop go through one buffer, which stays as large as it is")
  func reuses() async throws {
    try await withServer(handler: mirror) { server in
      let share = try #require(server.server.runningLoops.first)
      func capacity() async -> Int {
        await server.group.loops[0].run {
          var buffer = share.takeOutputBuffer()
          defer { share.recycle(&buffer) }
          return buffer.capacity
        }
      }
      let client = server.client()
      func echo(_ count: Int) async throws {
        let stream = try await client.request(
          method: "POST", target: "/", body: .bytes([UInt8](repeating: 1, count: count)),
          deadline: .now + .seconds(20))
        #expect(try await stream.collectBody(limit: count).count == count)
      }
      try await echo(400_000)
      let before = await capacity()
      #expect(before >= 65_536)
      for _ in 0..<50 { try await echo(10) }
      #expect(await capacity() == before)
    }
  }
}
