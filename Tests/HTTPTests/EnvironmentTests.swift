internal import HTTP
internal import Reactor
internal import Telemetry
internal import Testing

/// What the connections of a loop share, at the edges of their shares: a turn of the loop is one
/// instant.
@Suite("HTTPEnvironment", .timeLimit(.minutes(1)))
struct EnvironmentTests {
  private func play<R: Sendable>(
    _ limits: HTTPLimits = HTTPLimits(), _ body: @escaping @Sendable (HTTPEnvironment) -> R
  ) async throws -> R {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    return await loop.run {
      body(
        HTTPEnvironment(
          loop: loop, handler: ClosureHandler { _ in }, limits: limits, log: .silent,
          metrics: HTTPMetrics(Metrics())))
    }
  }

  @Test("who sends much goes on in the next turn once 256 KiB have gone, who sends little does not")
  func sharesTurn() async throws {
    let (before, at, little, much) = try await play { environment in
      (
        environment.maySendMore(after: 256 * 1_024 - 1), environment.maySendMore(after: 16_384),
        environment.maySendMore(after: 16_383), environment.maySendMore(after: 16_384)
      )
    }
    #expect([before, at, little, much] == [true, false, true, false])
  }

  @Test("output is made in small pieces when the turn is shared, and when much is held")
  func outputBytes() async throws {
    var limits = HTTPLimits()
    limits.heldBytesMax = 4_000
    let sizes = try await play(limits) { environment in
      let first = environment.outputBytesMax
      environment.hold(1_000)
      let held = environment.outputBytesMax
      environment.hold(1)
      let heldMuch = environment.outputBytesMax
      environment.hold(-1)
      _ = environment.maySendMore(after: 256 * 1_024)
      return [first, held, heldMuch, environment.outputBytesMax]
    }
    #expect(sizes == [256 * 1_024, 256 * 1_024, 16 * 1_024, 16 * 1_024])
  }

  @Test("short messages have room when all of it is taken, longer ones have not")
  func keptAlways() async throws {
    var limits = HTTPLimits()
    limits.keptBytesMax = 100_000
    let (all, short, longer, given) = try await play(limits) { environment in
      var (large, small) = (0, 0)
      return (
        environment.keep(100_000, on: &large, peer: "large"),
        environment.keep(16_384, on: &small, peer: "small"),
        environment.keep(1, on: &small, peer: "small"),
        environment.keep(-1, on: &small, peer: "small")
      )
    }
    #expect([all, short, longer, given] == [true, true, false, true])
  }

  @Test("a peer may be silent for a shorter time while more than three quarters are kept")
  func bodyTimeout() async throws {
    var limits = HTTPLimits()
    limits.keptBytesMax = 4_000
    let times = try await play(limits) { environment in
      var kept = 0
      _ = environment.keep(3_000, on: &kept, peer: "peer")
      let at = environment.bodyTimeout
      _ = environment.keep(1, on: &kept, peer: "peer")
      return [at, environment.bodyTimeout]
    }
    #expect(times == [limits.bodyTimeout, limits.stallTimeoutWhenFull])
  }
}
