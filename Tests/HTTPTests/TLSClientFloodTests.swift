internal import HTTP
internal import Reactor
internal import TestHarness
internal import Testing

@testable internal import HTTP2
@testable internal import TLS

/// The same as in ``TLSFloodTests`` the other way round: a server asks its client for new keys.
@Suite("TLS records without data from a server", .timeLimit(.minutes(1)))
struct TLSClientFloodTests {
  /// Runs a test beside a client that has greeted a server of ours.
  private func withServerEnd(
    _ body: (TLSEnd, ClientConnection, EventLoop) async throws -> Void
  ) async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    try await Certificates.with { certificates in
      let (one, other) = try socketPair()
      let server = TLSEnd(one, try TLSContext(server: certificates.server))
      let context = try TLSContext(
        client: TLSClientConfiguration(authoritiesPath: certificates.certificate))
      let connection = await loop.run {
        ClientConnection(
          FileDescriptor(owning: other), loop: loop, limits: HTTPLimits(), tls: context,
          serverName: "localhost", keepalive: nil)
      }
      let opened = Task(executorPreference: loop) {
        try await connection.open(deadline: .now + .seconds(20))
      }
      try await until { server.tls.handshake() == .done }
      // SETTINGS with nothing in it.
      server.send([0, 0, 0, 4, 0, 0, 0, 0, 0])
      try await opened.value
      try await body(server, connection, loop)
      await loop.run { connection.close(.closed) }
    }
  }

  @Test("a client waits for a server that does not take the answers")
  func waits() async throws {
    try await withServerEnd { server, connection, loop in
      try await until {
        while server.askForKeys() {}
        return await loop.run { connection.interest == .write }
      }
      // The answers go, and then more of the questions.
      try await until {
        server.drop()
        return await loop.run { connection.interest == .read }
      }
    }
  }

  @Test("a client ends a connection with nothing else")
  func ends() async throws {
    try await withServerEnd { server, connection, loop in
      var sent = 0
      try await until {
        for _ in 0..<100 where server.askForKeys() { sent += 1 }
        for _ in 0..<200 { _ = server.read() }
        return await loop.run { !connection.isOpen }
      }
      // 32 KiB, and what was on its way.
      #expect(sent > 1_200)
    }
  }
}
