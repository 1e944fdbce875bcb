internal import Glibc
internal import HTTP
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@testable internal import HTTP2

/// Connections of a loop that have their turns, and what becomes of those that take nothing.
@Suite("Turns of connections", .timeLimit(.minutes(1)))
struct ConnectionTurnTests {
  /// The other end of a connection, which does what it is told to on any thread.
  private final class End: Sendable {
    let descriptor: FileDescriptor

    init(_ descriptor: Int32) { self.descriptor = FileDescriptor(owning: descriptor) }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = unsafe bytes.withUnsafeBytes { unsafe descriptor.send($0) }
    }

    /// What has come by now; nil when the other side has ended.
    func take() -> String? {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      switch unsafe buffer.withUnsafeMutableBytes({ unsafe descriptor.read(into: $0) }) {
      case .bytes(let count): return text(Array(buffer[..<count]))
      case .wouldBlock: return ""
      case .end, .failed: return nil
      }
    }
  }

  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  /// A connection that the server has taken.
  private func connect(_ server: RunningServer) async throws -> End {
    let (one, other) = try socketPair()
    let share = try #require(server.server.runningLoops.first)
    await server.group.loops[0].run {
      share.adopt(ServerLoop.Accepted(descriptor: other, peer: "pair"))
    }
    return End(one)
  }

  private func refused(_ server: RunningServer, _ cause: String) -> Int {
    server.metrics.counter(
      "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
      labels: ["cause": cause]
    ).value
  }

  @Test("who has used up the time of a turn leaves the next turn to the others")
  func turns() async throws {
    let turns = Journal()
    try await withServer { exchange in
      // More than all that wait have in a turn.
      let end = ContinuousClock.now + .milliseconds(1)
      while ContinuousClock.now < end {}
      turns.add("\(exchange.loop.turn)")
      exchange.respond(status: 204)
    } _: { server in
      let ends = [try await connect(server), try await connect(server)]
      let share = try #require(server.server.runningLoops.first)
      await server.group.loops[0].run {
        for end in ends { end.send(Self.get) }
        for connection in share.connections.values { connection.sessionHasWaiting() }
      }
      for end in ends {
        var answer = ""
        try await until {
          answer += end.take() ?? ""
          return answer.hasPrefix("HTTP/1.1 204")
        }
      }
    }
    #expect(Set(turns.entries).count == 2)
  }

  /// Answers at once, after more time than may be spent in a turn on what is read at once.
  private struct LongHandler: HTTPHandler {
    let journal: Journal

    func start(_ exchange: HTTPExchange) {
      let end = ContinuousClock.now + .milliseconds(1)
      while ContinuousClock.now < end {}
      journal.add(exchange.head.path)
      exchange.respond(status: 204)
      exchange.handlerReturned()
    }
  }

  @Test("when much time has gone into what is read at once, the next peer waits for its turn")
  func readsAtOnce() async throws {
    let journal = Journal()
    try await withServer(serving: LongHandler(journal: journal)) { server in
      let share = try #require(server.server.runningLoops.first)
      let loop = server.group.loops[0]
      let ends = [try await connect(server), try await connect(server)]
      // The first turn of each is over when it is known what it speaks.
      for end in ends { end.send("GET ") }
      try await until {
        await loop.run {
          share.connections.values.allSatisfy { connection in
            if case .open = connection.phase { true } else { false }
          }
        }
      }
      await loop.run {
        for (number, end) in ends.enumerated() {
          let padding = String(repeating: "x", count: ReadShare.timedBytes)
          end.send("/\(number) HTTP/1.1\r\nHost: a\r\nX-Padding: \(padding)\r\n\r\n")
        }
        // After the sockets of the next turn, and before its end.
        loop.schedule(at: loop.now) { journal.add("others") }
      }
      try await until { journal.entries.count == 3 }
    }
    #expect(journal.entries == ["/0", "others", "/1"])
  }

  @Test(
    "a peer has as much longer as what it has sent waits for its turn", arguments: [true, false])
  func waiting(waits: Bool) async throws {
    try await withServer(handler: mirror) { server in
      let end = try await connect(server)
      let share = try #require(server.server.runningLoops.first)
      let loop = server.group.loops[0]
      let count = await loop.run {
        for connection in share.connections.values {
          if waits { connection.sessionHasWaiting() }
          connection.checkDeadlines(now: loop.now + .seconds(6_000))
        }
        return share.connections.count
      }
      #expect(count == (waits ? 1 : 0))
      #expect(refused(server, "handshake_timeout") == (waits ? 0 : 1))
      if !waits { try await until { end.take() == nil } }
    }
  }

  @Test("a peer that goes on after its end has little more than a megabyte")
  func lingering() async throws {
    try await withServer(handler: mirror) { server in
      let end = try await connect(server)
      end.send("no request\r\n\r\n")
      try await until { end.take()?.hasPrefix("HTTP/1.1 400 ") == true }
      let piece = [UInt8](repeating: 7, count: 65_536)
      var sent = 0
      try await until {
        switch unsafe piece.withUnsafeBytes({ unsafe end.descriptor.send($0) }) {
        case .bytes(let count): sent += count
        case .wouldBlock: break
        case .end, .failed: return true
        }
        return false
      }
      // Some more was on its way; and it has two seconds, in which a busy machine sends less.
      #expect(sent < 4 << 20)
    }
  }

  private static let large = [UInt8](repeating: 7, count: 8 << 20)

  /// Runs a test beside a server for whose answer a peer has asked and takes nothing of it.
  private func withSilentPeer(
    _ change: (inout HTTPLimits) -> Void = { _ in },
    _ body: (End, RunningServer, ServerLoop) async throws -> Void
  ) async throws {
    var limits = HTTPLimits()
    change(&limits)
    try await withServer(limits: limits) { exchange in
      exchange.respond(status: 200, body: Self.large)
    } _: { server in
      let end = try await connect(server)
      let share = try #require(server.server.runningLoops.first)
      end.send(Self.get)
      try await until {
        // Which may have been its end.
        await server.group.loops[0].run { share.connections.values.first?.isSocketFull ?? true }
      }
      try await body(end, server, share)
    }
  }

  @Test("a peer that takes nothing has its time, and what waited for it is held no more")
  func sendTimeout() async throws {
    try await withSilentPeer {
      $0.sendTimeout = .seconds(6_000)
    } _: { _, server, share in
      let loop = server.group.loops[0]
      let before = await loop.run {
        share.connections.values.first?.checkDeadlines(now: loop.now + .seconds(5_000))
        return (connections: share.connections.count, held: share.environment.heldBytes)
      }
      #expect(before.connections == 1 && before.held > 1_000_000)
      let after = await loop.run {
        share.connections.values.first?.checkDeadlines(now: loop.now + .seconds(6_000))
        return (connections: share.connections.count, held: share.environment.heldBytes)
      }
      #expect(after.connections == 0 && after.held == 0)
      #expect(refused(server, "send_timeout") == 1)
    }
  }

  @Test("when the loop holds too much, who takes nothing is ended")
  func relief() async throws {
    try await withSilentPeer {
      $0.heldBytesMax = 100_000
      $0.stallTimeoutWhenFull = .zero
    } _: { _, server, share in
      try await until { await server.group.loops[0].run { share.connections.isEmpty } }
      #expect(refused(server, "stalled") + refused(server, "held_bytes") == 1)
    }
  }

  @Test("a connection that comes while the server ends has one answer, which says so")
  func lateConnection() async throws {
    let (running, released) = (Signal(), Signal())
    try await withServer { exchange in
      if exchange.head.target == "/wait" {
        running.send()
        await released.wait()
      }
      exchange.respond(status: 200)
    } _: { server in
      let waiting = try await connect(server)
      waiting.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
      await running.wait()
      let idle = try await connect(server)
      idle.send(Self.get)
      try await until { idle.take()?.hasPrefix("HTTP/1.1 200") == true }
      let share = try #require(server.server.runningLoops.first)
      async let drained: Void = server.server.drain(grace: .seconds(20))
      try await until { idle.take() == nil }
      let (one, other) = try socketPair()
      await server.group.loops[0].run {
        share.adopt(ServerLoop.Accepted(descriptor: other, peer: "late"))
      }
      let late = End(one)
      late.send(Self.get)
      var answer = ""
      try await until {
        guard let more = late.take() else { return true }
        answer += more
        return answer.contains("\r\n\r\n") && !answer.lowercased().contains("connection: close")
      }
      #expect(answer.lowercased().contains("connection: close"))
      released.send()
      await drained
    }
  }
}
