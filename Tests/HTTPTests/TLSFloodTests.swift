internal import HTTP
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@testable internal import HTTP2
@testable internal import TLS

/// Peers whose records hold no data: each asks for new keys, which costs them little.
@Suite("TLS records without data", .timeLimit(.minutes(1)))
struct TLSFloodTests {
  private func client(_ descriptor: Int32, _ certificates: Certificates) throws -> TLSEnd {
    let trust = TLSClientConfiguration(authoritiesPath: certificates.certificate)
    return TLSEnd(descriptor, try TLSContext(client: trust), serverName: "localhost")
  }

  @Test("a read comes back after one of them, and counts their bytes until there is data")
  func comesBack() async throws {
    try await Certificates.with { certificates in
      let (one, other) = try socketPair()
      let client = try client(one, certificates)
      let server = TLSEnd(other, try TLSContext(server: certificates.server))
      var states: [TLSConnection.Handshake] = []
      while states != [.done, .done] { states = [client, server].map { $0.tls.handshake() } }
      for _ in 0..<3 { #expect(client.askForKeys()) }
      client.send([1, 2])
      var reads: [IOResult] = []
      var counts: [Int] = []
      while reads.last != .bytes(2), reads.count < 20 {
        reads.append(server.read())
        counts.append(server.tls.bytesWithoutData)
      }
      #expect(reads.count > 3 && reads.last == .bytes(2))
      // A head of 5, five of the message, one of its kind, and a tag of 16.
      #expect(Set(counts) == [27, 54, 81, 0])
      #expect(counts.last == 0)
    }
  }

  /// Runs a test beside a server that has taken the other end of the client's pair.
  private func withPeer(
    _ body: (TLSEnd, RunningServer, ServerLoop, Certificates) async throws -> Void
  ) async throws {
    try await Certificates.with { certificates in
      try await withServer(tls: certificates.server, handler: mirror) { server in
        let (one, other) = try socketPair()
        let client = try client(one, certificates)
        let share = try #require(server.server.runningLoops.first)
        let loop = server.group.loops[0]
        await loop.run { share.adopt(ServerLoop.Accepted(descriptor: other, peer: "pair")) }
        try await until { await loop.run { client.tls.handshake() } == .done }
        try await body(client, server, share, certificates)
      }
    }
  }

  @Test("a server waits for a peer that does not take the answers")
  func waits() async throws {
    try await withPeer { client, server, share, _ in
      let loop = server.group.loops[0]
      try await until {
        while client.askForKeys() {}
        return await loop.run { share.connections.values.first?.interest == .write }
      }
      // The answers go, and then more of the questions.
      try await until {
        client.drop()
        return await loop.run { share.connections.values.first?.interest == .read }
      }
    }
  }

  @Test("a server ends a connection with nothing else, and serves others meanwhile")
  func ends() async throws {
    try await withPeer { client, server, _, certificates in
      var sent = 0
      try await until {
        for _ in 0..<100 where client.askForKeys() { sent += 1 }
        // Not by TLS, which reads nothing while it has something to send that the socket does not
        // take: both sides would wait for each other.
        return !client.drop()
      }
      // 32 KiB, and what was on its way.
      #expect(sent > 1_200)
      let refused = server.metrics.counter(
        "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
        labels: ["cause": "tls_records"]
      ).value
      #expect(refused == 1)
      let trust = TLSClientConfiguration(authoritiesPath: certificates.certificate)
      let stream = try await server.client(tls: trust).request(
        method: "GET", target: "/", body: .bytes([]), deadline: .now + .seconds(20))
      #expect(try await stream.response().status == 200)
    }
  }
}
