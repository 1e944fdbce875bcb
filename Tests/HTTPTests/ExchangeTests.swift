internal import HTTP
internal import Reactor
internal import TestHarness
internal import Testing

/// What an exchange tells the connection under it.
@Suite("HTTPExchange", .timeLimit(.minutes(1)))
struct ExchangeTests {
  @Test("keeps a request until it is complete, and not for as long as its handler runs")
  func kept() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let connection = FakeConnection()
    let collected = Signal()
    let gate = Signal()
    let handler = ClosureHandler { exchange in
      let body = try? await exchange.collectBody(limit: 1_000)
      #expect(body?.count == 30)
      collected.send()
      await gate.wait()
      exchange.respond(status: 204)
    }
    let exchange = HTTPExchange(
      head: HTTPRequestHead(method: "POST", target: "/", fields: [:], peer: "test"), loop: loop,
      driver: connection)
    let keptFirst = await loop.run {
      exchange.run(handler)
      exchange.received([UInt8](repeating: 7, count: 10))
      loop.beginWork()
      return connection.kept
    }
    #expect(keptFirst == 10)
    await loop.run {
      exchange.received([UInt8](repeating: 7, count: 20))
      exchange.receivedEnd()
    }
    await collected.wait()
    let keptLast = await loop.run { connection.kept }
    gate.send()
    #expect(keptLast == 0)
    await connection.hasReturned.wait()
  }

  @Test("what it keeps of a request is given back when its connection forgets it")
  func keptToTheEnd() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let connection = FakeConnection()
    let handler = ClosureHandler { exchange in
      _ = try? await exchange.collectBody(limit: 1_000)
    }
    let exchange = HTTPExchange(
      head: HTTPRequestHead(method: "POST", target: "/", fields: [:], peer: "test"), loop: loop,
      driver: connection)
    let kept = await loop.run {
      exchange.run(handler)
      exchange.received([UInt8](repeating: 7, count: 10))
      loop.beginWork()
      let before = connection.kept
      exchange.fail(.connectionLost)
      exchange.detach()
      return [before, connection.kept]
    }
    #expect(kept == [10, 0])
  }

  @Test("a deadline that is set when the handler has returned does nothing")
  func lateDeadline() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let (expired, done) = (Journal(), Signal())
    await loop.run {
      for hasReturned in [true, false] {
        let exchange = HTTPExchange(
          head: HTTPRequestHead(method: "POST", target: "/", fields: [:], peer: "test"),
          loop: loop, driver: FakeConnection())
        if hasReturned { exchange.handlerReturned() }
        exchange.limit(until: loop.now) { expired.add("\(hasReturned)") }
      }
      loop.schedule(at: loop.now) { done.send() }
    }
    await done.wait()
    #expect(expired.entries == ["false"])
  }
}
