internal import Reactor
internal import TestHarness
internal import Testing

@testable internal import HTTP2
@testable internal import TLS

/// The same as in ``TLSFloodTests`` the other way round: a server asks its client for new keys.
@Suite("TLS records without data from a server", .timeLimit(.minutes(1)))
struct TLSClientFloodTests {
  @Test("a client waits for a server that does not take the answers")
  func waits() async throws {
    try await withGreetedClient { server, connection, loop in
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
    try await withGreetedClient { server, connection, loop in
      var sent = 0
      try await until {
        for _ in 0..<100 where server.askForKeys() { sent += 1 }
        // Not by TLS: see ``TLSFloodTests/ends()``.
        server.drop()
        return await loop.run { !connection.isOpen }
      }
      // 32 KiB, and what was on its way.
      #expect(sent > 1_200)
    }
  }
}
