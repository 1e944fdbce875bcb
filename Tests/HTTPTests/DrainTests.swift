internal import Glibc
internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Drain", .timeLimit(.minutes(1)))
struct DrainTests {
  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  @Test("requests that run are finished, new connections refused, idle ones closed")
  func graceful() async throws {
    let started = Signal()
    let mayFinish = Signal()
    try await withServer(
      loops: 2,
      handler: { exchange in
        if exchange.head.target == "/slow" {
          started.send()
          await mayFinish.wait()
        }
        let word = exchange.isInterrupted ? "interrupted" : "done"
        exchange.respond(status: 200, body: Array(word.utf8))
      }
    ) { server in
      defer { mayFinish.send() }
      let idle = try await RawClient(server)
      idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = await idle.read(until: "done")
      let client = server.client()
      let slow = try await client.request(method: "GET", target: "/slow", deadline: soon)
      await started.wait()
      async let drained: Void = server.server.drain(grace: .seconds(20))
      // The end of the idle connection shows that the drain has begun on its loop.
      #expect(await idle.readAll() == "")
      // In which a grace that is over would interrupt the handler.
      for loop in server.group.loops {
        for _ in 0..<10 { await loop.run {} }
      }
      mayFinish.send()
      #expect(text(try await slow.collectBody(limit: 10)) == "done")
      await drained
      await #expect(throws: HTTPClientError.self) {
        try await server.client().request(method: "GET", target: "/", deadline: soon)
      }
    }
  }

  @Test("an HTTP/1.1 response during the drain closes its connection")
  func http1() async throws {
    let started = Signal()
    let mayFinish = Signal()
    try await withServer(handler: { exchange in
      started.send()
      await mayFinish.wait()
      exchange.respond(status: 200)
    }) { server in
      defer { mayFinish.send() }
      let client = try await RawClient(server)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      await started.wait()
      let idle = try await RawClient(server)
      async let drained: Void = server.server.drain(grace: .seconds(20))
      #expect(await idle.readAll() == "")
      mayFinish.send()
      #expect(await client.readAll().contains("connection: close\r\n"))
      await drained
    }
  }

  @Test("after the grace time handlers are cancelled and awaited, and their peers told why")
  func forced() async throws {
    let started = Signal()
    let returned = Signal()
    try await withServer(handler: { exchange in
      started.send()
      try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
      returned.send()
    }) { server in
      let stream = try await server.client().request(method: "GET", target: "/", deadline: soon)
      await started.wait()
      await server.server.drain(grace: .milliseconds(20))
      await returned.wait()
      let status = try await stream.response().status
      #expect(status == 503)
      #expect(text(try await stream.collectBody(limit: 100)) == "the server is shutting down\n")
    }
  }

  @Test("connections that the kernel has taken on a Unix socket are served, on every loop")
  func unixQueue() async throws {
    let path = TemporaryFolders.path("drain")
    let other = try #require(EventLoopGroup(loops: 1))
    defer { other.shutdown() }
    try await withServer(
      loops: 2, address: .unix(path: path), handler: { $0.respond(status: 204) }
    ) { server in
      // The loop that accepts does nothing while clients come and the drain begins.
      let gate = Gate()
      defer { gate.open() }
      server.group.loops[0].execute { gate.wait() }
      let outside = RunningServer(
        server: server.server, group: other, address: server.address, metrics: server.metrics)
      var clients: [RawClient] = []
      for _ in 0..<4 {
        let client = try await RawClient(outside)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        clients.append(client)
      }
      async let drained: Void = server.server.drain(grace: .seconds(20))
      try await until { server.server.listeners.isEmpty }
      // What the drain tells the other loop at once has been done.
      await server.group.loops[1].run {}
      gate.open()
      await drained
      try #require(server.metrics.renderPrometheus().contains("klinke_http_connections 0"))
      for client in clients {
        let answer = await client.readAll()
        #expect(answer.hasPrefix("HTTP/1.1 204 "))
      }
    }
  }

  @Test("a server that ends before its successor serves leaves it the sockets")
  func handover() async throws {
    let path = TemporaryFolders.path("handover")
    try await withServer(handler: mirror) { server in
      // What comes of the path is the successor's business, and there is none here.
      defer { _ = unsafe unlink(path) }
      let loop = server.group.loops[0]
      let point = try await HandoverPoint(
        path: path, listeners: server.server.listeners, patience: .seconds(60), on: loop,
        whenDropped: { _ in Issue.record("there was time") },
        whenTaken: { Issue.record("nobody has said that it serves") })
      let found = try await onThread {
        Result { () throws(SocketError) in try InheritedSockets(from: path) }
      }.get()
      let successor = try #require(found)
      let hasSuccessor = await point.close()
      #expect(hasSuccessor)
      await server.server.drain(grace: .seconds(1), leavesSockets: hasSuccessor)
      // The path may be the successor's by now.
      #expect(unsafe access(path, F_OK) == 0)
      let address = try server.address.socketAddress()
      let client = try await loop.connect(to: [address], deadline: .now + .seconds(20))
      var isAccepted = false
      if case .accepted = successor.listeners[0].socket.accept() { isAccepted = true }
      #expect(isAccepted)
      #expect(client.rawValue >= 0)
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

/// Holds up a thread until it is opened.
private final class Gate: Sendable {
  private let readEnd: FileDescriptor
  private let writeEnd: FileDescriptor

  init() {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    readEnd = FileDescriptor(owning: ends[0])
    writeEnd = FileDescriptor(owning: ends[1])
  }

  func wait() {
    var byte: UInt8 = 0
    _ = unsafe read(readEnd.rawValue, &byte, 1)
  }

  func open() {
    var byte: UInt8 = 0
    _ = unsafe write(writeEnd.rawValue, &byte, 1)
  }
}
