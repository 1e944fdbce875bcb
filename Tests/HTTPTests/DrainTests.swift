internal import HTTP
internal import HTTP2
internal import Reactor
internal import Testing

@Suite("Drain", .timeLimit(.minutes(1)))
struct DrainTests {
  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  @Test("requests that run are finished, new connections refused, idle ones closed")
  func graceful() async throws {
    let started = Event()
    let mayFinish = Event()
    try await withServer(
      loops: 2,
      handler: { exchange in
        if exchange.head.target == "/slow" {
          started.happen()
          await mayFinish.wait()
        }
        exchange.respond(status: 200, body: Array("done".utf8))
      }
    ) { server in
      defer { mayFinish.happen() }
      let idle = try await RawClient(server)
      idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = await idle.read(until: "done")
      let client = server.client()
      let slow = try await client.request(method: "GET", target: "/slow", deadline: soon)
      await started.wait()
      async let drained: Void = server.server.drain(grace: .seconds(20))
      // The end of the idle connection shows that the drain has begun on its loop.
      #expect(await idle.readAll() == "")
      mayFinish.happen()
      #expect(text(try await slow.collectBody(limit: 10)) == "done")
      await drained
      await #expect(throws: HTTPClientError.self) {
        try await server.client().request(method: "GET", target: "/", deadline: soon)
      }
    }
  }

  @Test("an HTTP/1.1 response during the drain closes its connection")
  func http1() async throws {
    let started = Event()
    let mayFinish = Event()
    try await withServer(handler: { exchange in
      started.happen()
      await mayFinish.wait()
      exchange.respond(status: 200)
    }) { server in
      defer { mayFinish.happen() }
      let client = try await RawClient(server)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      await started.wait()
      let idle = try await RawClient(server)
      async let drained: Void = server.server.drain(grace: .seconds(20))
      #expect(await idle.readAll() == "")
      mayFinish.happen()
      #expect(await client.readAll().contains("connection: close\r\n"))
      await drained
    }
  }

  @Test("after the grace time handlers are cancelled and awaited")
  func forced() async throws {
    let started = Event()
    let returned = Event()
    try await withServer(handler: { exchange in
      started.happen()
      try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
      returned.happen()
    }) { server in
      let stream = try await server.client().request(method: "GET", target: "/", deadline: soon)
      await started.wait()
      await server.server.drain(grace: .milliseconds(20))
      await returned.wait()
      await #expect(throws: HTTPClientError.self) { try await stream.response() }
    }
  }

  @Test("a client goes on with the next server on the same port")
  func reconnects() async throws {
    var address = loopback
    var client: HTTP2Client?
    let group = try #require(EventLoopGroup(loops: 1))
    for round in 0..<3 {
      try await withServer(address: address, handler: mirror) { server in
        address = server.address
        let used = client ?? HTTP2Client(loop: group.loops[0], target: server.target)
        client = used
        let stream = try await used.request(method: "GET", target: "/\(round)", deadline: soon)
        #expect(try await stream.response().fields["x-target"] == "/\(round)")
        _ = try await stream.collectBody(limit: 10)
      }
    }
    await client?.close()
    group.shutdown()
  }
}
