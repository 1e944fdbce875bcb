internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@testable internal import HTTP
@testable internal import HTTP2

/// Calls that begin and are reset, on sessions without a socket that share a loop.
///
/// What a session is given in one turn of the loop finds handlers that have been cancelled and have
/// not ended yet.
@Suite("Abandoned handlers", .timeLimit(.minutes(1)))
struct AbandonedHandlersTests {
  private struct Play: Sendable {
    let environment: HTTPEnvironmentBox
    let metrics: Metrics
    let begun: Journal

    /// Waits until these have begun, and none before the other.
    func begin(_ streams: [String], on loop: EventLoop) async throws {
      try await until {
        await loop.run { for peer in environment.peers { peer.startWaiting() } }
        return begun.entries == streams
      }
    }

    func refused(_ cause: String) -> Int {
      metrics.counter(
        "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
        labels: ["cause": cause]
      ).value
    }
  }

  /// Unchecked, because it is used on the loop alone.
  private final class HTTPEnvironmentBox: @unchecked Sendable {
    let environment: HTTPEnvironment
    var peers: [SessionPeer] = []

    init(_ environment: HTTPEnvironment) { self.environment = environment }

    /// A peer that has called and cancelled these already.
    func peer(abandoning streams: [UInt8] = []) -> SessionPeer {
      let peer = SessionPeer(environment)
      peers.append(peer)
      peer.call(streams)
      peer.cancel(streams)
      return peer
    }
  }

  /// Handlers of `/` go on until they are cancelled; those of streams in `quick` are done at once.
  private func play<R: Sendable>(
    _ limits: HTTPLimits, quick: Set<Int32> = [],
    _ body: @escaping @Sendable (Play, EventLoop) async throws -> R
  ) async throws -> R {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let begun = Journal()
    let metrics = Metrics()
    let box = await loop.run {
      HTTPEnvironmentBox(
        HTTPEnvironment(
          loop: loop,
          handler: ClosureHandler { exchange in
            begun.add("\(exchange.streamID)")
            if quick.contains(exchange.streamID) { return exchange.respond(status: 204) }
            try? await loop.sleep(until: loop.now + .seconds(600))
          }, limits: limits, log: .silent, metrics: HTTPMetrics(metrics)))
    }
    let result = try await body(Play(environment: box, metrics: metrics, begun: begun), loop)
    await loop.run { for peer in box.peers { peer.session.connectionLost() } }
    try await until { await loop.run { box.environment.runningHandlers == 0 } }
    let abandoned = await loop.run { box.environment.abandonedHandlers }
    #expect(abandoned == 0)
    return result
  }

  @Test("so many may run, and at one more a request waits", arguments: [(1, 0), (2, 1), (3, 1)])
  func ofConnection(cancelled: Int, held: Int) async throws {
    var limits = HTTPLimits()
    limits.abandonedHandlersMax = 2
    try await play(limits) { play, loop in
      let begun = await loop.run {
        let peer = play.environment.peer()
        peer.call([1, 3, 5])
        peer.cancel(([1, 3, 5] as [UInt8]).prefix(cancelled))
        peer.call([7])
        return play.begun.entries.count
      }
      #expect(begun == 4 - held)
      #expect(play.refused("abandoned_handlers") == held)
    }
  }

  @Test("a request that waited begins when a handler has ended")
  func released() async throws {
    var limits = HTTPLimits()
    limits.abandonedHandlersMax = 1
    try await play(limits) { play, loop in
      await loop.run {
        let peer = play.environment.peer(abandoning: [1])
        peer.call([3])
      }
      try await play.begin(["1", "3"], on: loop)
    }
  }

  @Test("a stream that was reset is forgotten when its handler has ended")
  func forgotten() async throws {
    try await play(HTTPLimits()) { play, loop in
      let open = await loop.run {
        play.environment.peer(abandoning: [1, 3]).session.figures.open
      }
      #expect(open == 2)
      try await until { await loop.run { play.environment.environment.runningHandlers == 0 } }
      let session = await loop.run {
        let session = play.environment.peers[0].session
        return (open: session.figures.open, isIdle: session.idleSince != nil)
      }
      #expect(session.open == 0)
      #expect(session.isIdle)
    }
  }

  @Test("a request that waited because of others begins when the session is looked at")
  func releasedByOthers() async throws {
    var limits = HTTPLimits()
    limits.loopAbandonedHandlersMax = 1
    try await play(limits) { play, loop in
      await loop.run {
        _ = play.environment.peer(abandoning: [1])
        play.environment.peer().call(stride(from: 3, through: 35, by: 2))
      }
      try await until { await loop.run { play.environment.environment.abandonedHandlers == 0 } }
      let begun = await loop.run {
        let stranger = play.environment.peers[1]
        let before = play.begun.entries.count
        stranger.session.look(now: loop.now)
        stranger.startWaiting()
        return (before: before, after: play.begun.entries.count)
      }
      #expect(begun == (1 + 16, 1 + 17))
    }
  }

  @Test("a request that waited and was reset leaves its place and never begins")
  func resetWhileWaiting() async throws {
    var limits = HTTPLimits()
    limits.abandonedHandlersMax = 1
    limits.runningHandlersMax = 2
    try await play(limits) { play, loop in
      await loop.run {
        let peer = play.environment.peer(abandoning: [1])
        peer.call([3])
        peer.cancel([3])
        peer.call([5])
      }
      try await play.begin(["1", "5"], on: loop)
      #expect(play.refused("handlers") == 0)
    }
  }

  @Test(
    "when the loop has too many, a stranger has no more than 16", arguments: [(1, 17), (2, 16)])
  func ofLoop(abandoned: Int, begins: Int) async throws {
    var limits = HTTPLimits()
    limits.loopAbandonedHandlersMax = 2
    try await play(limits) { play, loop in
      let begun = await loop.run {
        let other = play.environment.peer()
        other.call([1, 3])
        // Those of a connection that has gone count as well.
        if abandoned == 2 { other.session.connectionLost() } else { other.cancel([1]) }
        let stranger = play.environment.peer()
        stranger.call(stride(from: 1, through: 33, by: 2))
        return play.begun.entries.count - 2
      }
      #expect(begun == begins)
      #expect(play.refused("loop_abandoned_handlers") == 17 - begins)
    }
  }

  @Test("a peer whose calls succeed is no stranger")
  func ofLoopKnown() async throws {
    var limits = HTTPLimits()
    limits.loopAbandonedHandlersMax = 1
    try await play(limits, quick: [101]) { play, loop in
      let begun = await loop.run {
        _ = play.environment.peer(abandoning: [1])
        let known = play.environment.peer()
        known.call([101])
        known.call(stride(from: 103, through: 135, by: 2))
        return play.begun.entries.count - 2
      }
      #expect(begun == 17)
    }
  }
}
