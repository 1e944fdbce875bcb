internal import HTTP
internal import HTTP2
internal import Reactor
internal import Synchronization
internal import TestHarness
internal import Testing

@Suite("HTTP/2 server and client", .timeLimit(.minutes(1)))
struct HTTP2Tests {
  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  @Test("a request and its answer")
  func unary() async throws {
    try await withServer(handler: mirror) { server in
      let client = server.client()
      let stream = try await client.request(
        method: "POST", target: "/a?b=c", authority: "host.example", fields: ["x-y": "z"],
        body: .bytes(Array("hello".utf8)), deadline: soon)
      let head = try await stream.response()
      #expect(head.status == 200)
      #expect(head.fields["x-method"] == "POST")
      #expect(head.fields["x-target"] == "/a?b=c")
      #expect(head.fields["x-authority"] == "host.example")
      #expect(head.fields["x-scheme"] == "http")
      #expect(head.fields["content-length"] == "5")
      #expect(text(try await stream.collectBody(limit: 100)) == "hello")
      #expect(await stream.trailers == nil)
    }
  }

  @Test("trailers, and a response that is headers only")
  func trailers() async throws {
    try await withServer(handler: { exchange in
      if exchange.head.target == "/only" {
        exchange.finishHeadersOnly(status: 200, fields: ["grpc-status": "5"])
      } else {
        exchange.start(status: 200, fields: [:])
        try? await exchange.write([1, 2, 3])
        exchange.finish(trailers: ["grpc-status": "0"])
      }
    }) { server in
      let client = server.client()
      let only = try await client.request(method: "POST", target: "/only", deadline: soon)
      #expect(try await only.response().fields["grpc-status"] == "5")
      #expect(try await only.readBody() == nil)
      let full = try await client.request(method: "POST", target: "/full", deadline: soon)
      #expect(try await full.collectBody(limit: 10) == [1, 2, 3])
      #expect(await full.trailers?["grpc-status"] == "0")
    }
  }

  @Test("streams megabytes in both directions at once, on many streams")
  func echo() async throws {
    let piece = [UInt8]((0..<50_000).map { UInt8(truncatingIfNeeded: $0) })
    try await withServer(
      loops: 2,
      handler: { exchange in
        do throws(HTTPStreamError) {
          exchange.start(status: 200, fields: [:])
          while let bytes = try await exchange.readBody() { try await exchange.write(bytes) }
          exchange.finish()
        } catch {
          exchange.reset(code: HTTP2ErrorCode.internalError)
        }
      }
    ) { server in
      let client = server.client()
      let deadline = soon
      try await withThrowingTaskGroup { tasks in
        for _ in 0..<8 {
          tasks.addTask {
            let stream = try await client.request(
              method: "POST", target: "/", body: .stream, deadline: deadline)
            async let sent: Void = {
              for _ in 0..<40 { try await stream.write(piece) }
              await stream.finish()
            }()
            let received = try await stream.collectBody(limit: 10_000_000)
            try await sent
            #expect(received.count == 40 * piece.count)
            #expect(received.prefix(piece.count).elementsEqual(piece))
          }
        }
        try await tasks.waitForAll()
      }
    }
  }

  @Test("a reset of the client cancels the handler, whatever it waits for")
  func cancellation() async throws {
    let started = Signal()
    let cancelled = Signal()
    try await withServer(handler: { exchange in
      started.send()
      do throws(HTTPStreamError) {
        _ = try await exchange.readBody()
      } catch {
        if error == .reset(code: HTTP2ErrorCode.cancel) && Task.isCancelled { cancelled.send() }
      }
    }) { server in
      let client = server.client()
      let stream = try await client.request(
        method: "POST", target: "/", body: .stream, deadline: soon)
      await started.wait()
      await stream.reset()
      await cancelled.wait()
    }
  }

  @Test("cancelling the task that waits for an answer resets the stream")
  func clientCancellation() async throws {
    let started = Signal()
    let cancelled = Signal()
    try await withServer(handler: { exchange in
      started.send()
      try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
      if Task.isCancelled { cancelled.send() }
    }) { server in
      let client = server.client()
      let stream = try await client.request(method: "GET", target: "/", deadline: soon)
      let waiting = Task { () async -> HTTPClientError? in
        do throws(HTTPClientError) {
          _ = try await stream.response()
          return nil
        } catch {
          return error
        }
      }
      await started.wait()
      waiting.cancel()
      #expect(await waiting.value == .cancelled)
      await cancelled.wait()
    }
  }

  @Test("a deadline ends the request on both sides")
  func deadline() async throws {
    let cancelled = Signal()
    try await withServer(handler: { exchange in
      guard exchange.head.target == "/" else { return exchange.respond(status: 204) }
      try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
      if Task.isCancelled { cancelled.send() }
    }) { server in
      // Connecting must not be what takes the time of the request that has little.
      let client = server.client()
      _ = try await client.request(method: "GET", target: "/open", deadline: soon).response()
      let stream = try await client.request(
        method: "GET", target: "/", deadline: .now + .milliseconds(500))
      await #expect(throws: HTTPClientError.timedOut) { try await stream.response() }
      await cancelled.wait()
    }
  }

  @Test("a handler that nobody reads from is held back by the peer's window")
  func slowReader() async throws {
    let written = Mutex(0)
    let total = 4_000_000
    try await withServer(handler: { exchange in
      exchange.start(status: 200, fields: [:])
      do throws(HTTPStreamError) {
        for _ in 0..<100 {
          try await exchange.write([UInt8](repeating: 7, count: total / 100))
          written.withLock { $0 += total / 100 }
        }
        exchange.finish()
      } catch {
        exchange.reset(code: HTTP2ErrorCode.internalError)
      }
    }) { server in
      let client = server.client()
      let stream = try await client.request(method: "GET", target: "/", deadline: soon)
      _ = try await stream.response()
      // The connection is alive meanwhile, and its answers show that the writer had its chance.
      for _ in 0..<10 {
        let other = try await client.request(method: "HEAD", target: "/", deadline: soon)
        _ = try await other.response()
        await other.reset()
      }
      // The stream's window, the writer's queue and one piece.
      let limits = HTTPLimits()
      let most = limits.streamWindowBytes + limits.responseQueueBytesMax + 2 * total / 100
      let heads = 10 * total
      #expect(written.withLock { $0 } <= most + heads)
      #expect(try await stream.collectBody(limit: total).count == total)
    }
  }

  @Test("a client is held back by a handler that does not read")
  func slowHandler() async throws {
    let mayRead = Signal()
    try await withServer(handler: { exchange in
      await mayRead.wait()
      let body = try? await exchange.collectBody(limit: 10_000_000)
      exchange.respond(status: 200, body: Array(String(body?.count ?? 0).utf8))
    }) { server in
      let stream = try await server.client().request(
        method: "POST", target: "/", body: .stream, deadline: soon)
      let sent = Mutex(0)
      let writer = Task {
        for _ in 0..<100 {
          try await stream.write([UInt8](repeating: 1, count: 30_000))
          sent.withLock { $0 += 30_000 }
        }
        await stream.finish()
      }
      let other = try await server.client().request(method: "GET", target: "/", deadline: soon)
      #expect(sent.withLock { $0 } <= 600_000)
      mayRead.send()
      try await writer.value
      #expect(try await other.response().status == 200)
      #expect(text(try await stream.collectBody(limit: 100)) == "3000000")
    }
  }

  @Test("an early answer ends the stream before the request has ended")
  func earlyAnswer() async throws {
    try await withServer(handler: { exchange in
      exchange.respond(status: 401, body: [1])
    }) { server in
      let client = server.client()
      let stream = try await client.request(
        method: "POST", target: "/", body: .stream, deadline: soon)
      #expect(try await stream.response().status == 401)
      #expect(try await stream.collectBody(limit: 10) == [1])
      try await stream.write([UInt8](repeating: 1, count: 1_000))
      let next = try await client.request(method: "GET", target: "/", deadline: soon)
      #expect(try await next.response().status == 401)
    }
  }

  private func status(_ client: HTTP2Client, _ fields: HTTPFields) async throws -> Int {
    try await client.request(method: "GET", target: "/", fields: fields, deadline: soon)
      .response().status
  }

  @Test("too large and too many header fields are refused with 431")
  func headerLimits() async throws {
    try await withServer(handler: mirror) { server in
      let client = server.client()
      var many = HTTPFields()
      for number in 0..<128 { many.add("x-\(number)", "") }
      let atLimit = try await status(client, many)
      #expect(atLimit == 200)
      many.add("x-128", "")
      #expect(try await status(client, many) == 431)
      // Ours does not even send what the server has said it will not take.
      let large = String(repeating: "a", count: 17_000)
      let error = await #expect(throws: HTTPClientError.self) {
        try await status(client, ["x": large])
      }
      guard case .requestHeaderTooLarge(_, 16_384)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let answer = await shell(
        "curl -s -o /dev/null -w '%{http_code}' --http2-prior-knowledge -H 'x: \(large)' "
          + "http://127.0.0.1:\(server.port)/")
      #expect(answer.output == "431")
      #expect(try await status(client, [:]) == 200)
    }
  }

  @Test("handlers are counted until they return, and not streams")
  func runningHandlers() async throws {
    var limits = HTTPLimits()
    limits.runningHandlersMax = 1
    let started = Signal()
    let mayReturn = Signal()
    try await withServer(
      limits: limits,
      handler: { exchange in
        started.send()
        await mayReturn.waitDeafly()
        exchange.respond(status: 200)
      }
    ) { server in
      defer { mayReturn.send() }
      let client = server.client()
      let first = try await client.request(method: "GET", target: "/", deadline: soon)
      await started.wait()
      await first.reset()
      let second = try await client.request(method: "GET", target: "/", deadline: soon)
      await #expect(
        throws: HTTPClientError.refused(reason: "it reset the stream with REFUSED_STREAM")
      ) {
        try await second.response()
      }
    }
  }
}
