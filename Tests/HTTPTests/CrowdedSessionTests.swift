internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@testable internal import HTTP
@testable internal import HTTP2

/// Sessions whose loop holds much for other peers, without a socket.
@Suite("Crowded sessions", .timeLimit(.minutes(1)))
struct CrowdedSessionTests {
  /// The first window of a stream is 0: answers have no room for their bodies.
  private static let noRoom: [UInt8] = [0, 4, 0, 0, 0, 0]

  /// Plays with a session whose answers have so many bytes and take so long to make, and tells which
  /// requests have begun.
  private func play(
    answerBytes: Int = 0, answerTime: Duration = .zero,
    limits change: (inout HTTPLimits) -> Void = { _ in },
    _ body: @escaping @Sendable (SessionPeer, HTTPEnvironment, Journal) -> Void
  ) async throws -> [String] {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let begun = Journal()
    var limits = HTTPLimits()
    limits.heldBytesMax = 4_000
    limits.connectionQueueBytesMax = 40_000
    change(&limits)
    await loop.run { [limits] in
      let environment = HTTPEnvironment(
        loop: loop,
        handler: ClosureHandler { exchange in
          begun.add("\(exchange.streamID)")
          let end = ContinuousClock.now + answerTime
          while ContinuousClock.now < end {}
          exchange.respond(status: 200, body: [UInt8](repeating: 1, count: answerBytes))
        }, limits: limits, log: .silent, metrics: HTTPMetrics(Metrics()))
      let peer = SessionPeer(environment, settings: Self.noRoom)
      body(peer, environment, begun)
      peer.session.connectionLost()
    }
    return begun.entries
  }

  @Test(
    "a request waits while the loop holds much and the socket is full", arguments: [true, false])
  func socketFull(holdsMuch: Bool) async throws {
    let begun = try await play { peer, environment, _ in
      if holdsMuch { environment.hold(1_001) }
      peer.host.isSocketFull = true
      peer.call([1])
    }
    #expect(begun == (holdsMuch ? [] : ["1"]))
  }

  @Test("a request that waits begins at the next look when others have made room")
  func looks() async throws {
    let begun = try await play { peer, environment, _ in
      environment.hold(1_001)
      peer.host.isSocketFull = true
      peer.call([1])
      environment.hold(-1_001)
      peer.session.look(now: environment.loop.now)
      peer.startWaiting()
    }
    #expect(begun == ["1"])
  }

  @Test(
    "a request waits while the loop holds much and 32 KiB of answers wait",
    arguments: [(32 * 1_024 - 1, ["1", "3"]), (32 * 1_024, ["1"])])
  func answers(bytes: Int, expected: [String]) async throws {
    let begun = try await play(answerBytes: bytes) { peer, _, _ in
      peer.call([1])
      peer.call([3])
    }
    #expect(begun == expected)
  }

  @Test("a request that waits and is reset never begins, and counts no more")
  func resetWhileWaiting() async throws {
    let counts = Journal()
    let begun = try await play(limits: { $0.runningHandlersMax = 1 }) { peer, environment, _ in
      environment.hold(1_001)
      peer.host.isSocketFull = true
      peer.call([1])
      peer.cancel([1], takesTurns: false)
      environment.hold(-1_001)
      peer.session.look(now: environment.loop.now)
      peer.takeTurns()
      counts.add("\(environment.runningHandlers)")
      peer.call([3])
    }
    #expect(begun == ["3"])
    #expect(counts.entries == ["0"])
  }

  @Test("requests that wait count as handlers", arguments: [(2, 0), (3, 1)])
  func waitingHandlers(requests: Int, refused: Int) async throws {
    let refusals = Journal()
    let begun = try await play(limits: { $0.runningHandlersMax = 2 }) { peer, environment, _ in
      environment.hold(1_001)
      peer.host.isSocketFull = true
      for id in [1, 3, 5].prefix(requests) as ArraySlice<UInt8> { peer.call([id]) }
      environment.hold(-1_001)
      peer.session.look(now: environment.loop.now)
      peer.takeTurns()
      refusals.add("\(environment.metrics.refusals("handlers").value)")
    }
    #expect(begun == ["1", "3"])
    #expect(refusals.entries == ["\(refused)"])
  }

  @Test("streams that are too many are all counted")
  func refusedStreams() async throws {
    let refusals = Journal()
    let begun = try await play(answerBytes: 1, limits: { $0.concurrentStreamsMax = 2 }) {
      peer, environment, _ in
      peer.call([1, 3, 5, 7, 9], takesTurns: false)
      peer.takeTurns()
      refusals.add("\(environment.metrics.refusals("streams").value)")
    }
    #expect(begun == ["1", "3"])
    #expect(refusals.entries == ["3"])
  }

  @Test("an answer may queue its share of the connection, and no less than some frames")
  func queues() async throws {
    let sizes = Journal()
    _ = try await play(answerBytes: 1) { peer, environment, _ in
      guard let engine = peer.session.engine else { return }
      for id in [1, 3, 5, 7, 9] as [UInt8] {
        peer.call([id])
        sizes.add("\(peer.session.queueBytesMax(engine))")
      }
      environment.hold(1_000)
      sizes.add("\(peer.session.queueBytesMax(engine))")
    }
    #expect(sizes.entries == ["40000", "20000", "13333", "10000", "8192", "8192"])
    let held = Journal()
    _ = try await play { peer, environment, _ in
      environment.hold(1_001)
      if let engine = peer.session.engine { held.add("\(peer.session.queueBytesMax(engine))") }
    }
    #expect(held.entries == ["8192"])
  }

  @Test("many requests that come at once begin in several turns, in their order")
  func manyAtOnce() async throws {
    let ids = stride(from: UInt8(1), through: 47, by: 2)
    let begun = try await play(answerTime: .microseconds(200)) { peer, _, begun in
      peer.call(ids, takesTurns: false)
      begun.add("turn")
      peer.takeTurns()
    }
    #expect(begun.filter { $0 != "turn" } == ids.map { "\($0)" })
    // Eight of them take longer than a stranger may take of a turn.
    #expect(begun.firstIndex(of: "turn") == 8)
  }
}
