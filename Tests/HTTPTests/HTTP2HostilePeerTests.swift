internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import Testing

@Suite("Hostile HTTP/2 peers", .timeLimit(.minutes(2)))
struct HTTP2HostilePeerTests {
  /// Preface, SETTINGS, and a POST of three bytes.
  private static let session: [UInt8] =
    Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    + [0, 0, 0, 4, 0, 0, 0, 0, 0]
    + [0, 0, 6, 1, 4, 0, 0, 0, 1, 0x83, 0x86, 0x84, 0x41, 1, 0x61]
    + [0, 0, 3, 0, 1, 0, 0, 0, 1, 1, 2, 3]

  private func play(_ bytes: [UInt8], _ server: RunningServer) async throws -> String {
    let client = try await RawClient(server)
    client.send(bytes)
    client.endSending()
    return await client.readAll()
  }

  private func isAlive(_ server: RunningServer) async throws -> Bool {
    let stream = try await server.client().request(
      method: "GET", target: "/", deadline: .now + .seconds(20))
    return try await stream.response().status == 200
  }

  @Test("every prefix of a session leaves the server alive")
  func prefixes() async throws {
    try await withServer(handler: mirror) { server in
      for end in Self.session.indices {
        _ = try await play(Array(Self.session[..<end]), server)
      }
      let alive = try await isAlive(server)
      #expect(alive)
    }
  }

  @Test("every change of a byte leaves the server alive", arguments: [0x00, 0x01, 0x7F, 0xFF])
  func mutations(value: UInt8) async throws {
    try await withServer(handler: mirror) { server in
      for index in Self.session.indices {
        var changed = Self.session
        changed[index] ^= value == 0 ? changed[index] : value
        _ = try await play(changed, server)
      }
      let alive = try await isAlive(server)
      #expect(alive)
    }
  }

  @Test("streams that are opened and reset at once run no handler, and end the connection")
  func rapidReset() async throws {
    var limits = HTTPLimits()
    limits.floods.resets = .init(burst: 50, perSecond: 1, perAnswer: 1)
    try await withServer(limits: limits, handler: mirror) { server in
      var bytes = Array(Self.session[..<33])
      for number in 0..<500 {
        let id = UInt16(2 * number + 1)
        let (high, low) = (UInt8(id >> 8), UInt8(id & 0xFF))
        bytes += [0, 0, 6, 1, 4, 0, 0, high, low, 0x82, 0x86, 0x84, 0x01, 1, 0x61]
        bytes += [0, 0, 4, 3, 0, 0, 0, high, low, 0, 0, 0, 8]
      }
      _ = try await play(bytes, server)
      let alive = try await isAlive(server)
      #expect(alive)
      let handled = server.metrics.counter(
        "klinke_http_requests_total", help: "Requests whose handler has been started.",
        labels: ["version": "2"])
      #expect(handled.value <= 1)
    }
  }
}
