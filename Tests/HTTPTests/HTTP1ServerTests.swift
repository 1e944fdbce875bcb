internal import HTTP
internal import HTTP2
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("HTTP/1.1 server", .timeLimit(.minutes(1)))
struct HTTP1ServerTests {
  private func answer(
    to request: String, limits: HTTPLimits = HTTPLimits(), endSending: Bool = true,
    handler: @escaping @Sendable (HTTPExchange) async -> Void = mirror
  ) async throws -> String {
    var answer = ""
    try await withServer(limits: limits, handler: handler) { server in
      let client = try await RawClient(server)
      client.send(request)
      if endSending { client.endSending() }
      answer = await client.readAll()
    }
    return answer
  }

  @Test("answers requests on one connection in their order")
  func pipelining() async throws {
    let answer = try await answer(
      to: "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        + "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
        + "GET /4 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        + "GET /never HTTP/1.1\r\nHost: a\r\n\r\n")
    let targets = answer.split(separator: "\r\n").filter { $0.hasPrefix("x-target") }
    #expect(targets == ["x-target: /1", "x-target: /2", "x-target: /3", "x-target: /4"])
    #expect(answer.contains("\r\n\r\nabcHTTP/1.1 200 OK"))
    #expect(answer.contains("\r\n\r\ndeHTTP/1.1 200 OK"))
    #expect(answer.hasSuffix("connection: close\r\n\r\n"))
  }

  @Test("many requests at once are begun in several turns of the loop, and all answered in order")
  func pipelineTurns() async throws {
    let turns = Journal()
    let answer = try await answer(
      to: (0..<100).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined(),
      handler: { exchange in
        turns.add("\(exchange.loop.turn)")
        exchange.respond(status: 200, fields: ["x-target": exchange.head.target])
      })
    let targets = answer.split(separator: "\r\n").filter { $0.hasPrefix("x-target") }
    #expect(targets.map(String.init) == (0..<100).map { "x-target: /\($0)" })
    let most = Dictionary(grouping: turns.entries) { $0 }.values.map(\.count).max()
    #expect(most ?? 0 <= 8)
  }

  @Test("requests that fail one after the other wait, are counted, and are answered in order")
  func failures() async throws {
    var limits = HTTPLimits()
    limits.floods.failedRequests = .init(burst: 5, perSecond: 100, perAnswer: 1)
    try await withServer(limits: limits) { exchange in
      exchange.respond(status: 404, fields: ["x-target": exchange.head.target])
    } _: { server in
      let client = try await RawClient(server)
      client.send((0..<20).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
      let answer = await client.read(until: "x-target: /19\r\n")
      let targets = answer.split(separator: "\r\n").filter { $0.hasPrefix("x-target") }
      #expect(targets.map(String.init) == (0..<20).map { "x-target: /\($0)" })
      let paused = server.metrics.counter(
        "klinke_http_refused_total", help: "Requests and connections refused, by cause.",
        labels: ["cause": "failed_requests"]
      ).value
      #expect((1...15).contains(paused))
    }
  }

  @Test("a client may end its side after the request and still read the response")
  func halfClosed() async throws {
    let answer = try await answer(to: "GET /half HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
  }

  @Test(
    "refuses what is malformed, says why, and closes",
    arguments: [
      ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400
      ),
      ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: br\r\n\r\n", 501),
      ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n", 413),
      ("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", 505),
    ] as [(String, Int)])
  func refusals(request: String, status: Int) async throws {
    let answer = try await answer(
      to: request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n", endSending: false)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    #expect(answer.contains("connection: close\r\n"))
    #expect(!answer.contains("smuggled"))
  }

  @Test("asks for the body of a client that waits, only when the handler reads it")
  func expectContinue() async throws {
    try await withServer(handler: { exchange in
      if exchange.head.target == "/read" {
        await mirror(exchange)
      } else {
        exchange.respond(status: 403)
      }
    }) { server in
      let reader = try await RawClient(server)
      reader.send(
        "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
      #expect(await reader.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
      reader.send("ok")
      #expect(await reader.read(until: "\r\n\r\nok").hasPrefix("HTTP/1.1 200 OK\r\n"))

      let refused = try await RawClient(server)
      refused.send(
        "POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
      let answer = await refused.readAll()
      #expect(answer.hasPrefix("HTTP/1.1 403 "))
      #expect(answer.contains("connection: close"))
    }
  }

  @Test("HEAD has the fields of GET and no body")
  func head() async throws {
    let answer = try await answer(to: "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n") { exchange in
      exchange.respond(status: 200, body: Array("12345".utf8))
    }
    #expect(answer.contains("content-length: 5\r\n"))
    #expect(answer.hasSuffix("\r\n\r\n"))
  }

  @Test("a body of unknown length is chunked, or ends with the connection for HTTP/1.0")
  func chunked() async throws {
    let handler: @Sendable (HTTPExchange) async -> Void = { exchange in
      exchange.start(status: 200, fields: ["content-type": "text/plain"])
      do throws(HTTPStreamError) {
        // The head goes out before the body: its length is not known.
        try? await exchange.loop.sleep(until: exchange.loop.now + .milliseconds(1))
        try await exchange.write(Array("one".utf8))
        try? await exchange.loop.sleep(until: exchange.loop.now + .milliseconds(1))
        try await exchange.write(Array("two".utf8))
        exchange.finish(trailers: ["x-end": "yes"])
      } catch {
        exchange.reset(code: 2)
      }
    }
    let new = try await answer(
      to: "GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: close\r\n\r\n",
      endSending: false, handler: handler)
    #expect(new.contains("transfer-encoding: chunked\r\n"))
    #expect(new.hasSuffix("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\nx-end: yes\r\n\r\n"))
    let old = try await answer(
      to: "GET / HTTP/1.0\r\n\r\n", endSending: false, handler: handler)
    #expect(old.hasSuffix("connection: close\r\n\r\nonetwo"))
  }

  @Test("an unread body ends the connection with its response")
  func unreadBody() async throws {
    let answer = try await answer(
      to: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", endSending: false
    ) { exchange in exchange.respond(status: 401) }
    #expect(answer.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
    #expect(answer.contains("connection: close\r\n"))
  }

  @Test("who sends a compression bomb is not heard again")
  func bomb() async throws {
    let answer = try await answer(
      to: "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", endSending: false
    ) { exchange in
      exchange.reportBomb()
      exchange.respond(status: 413)
    }
    #expect(answer.hasPrefix("HTTP/1.1 413 "))
    #expect(answer.contains("connection: close\r\n"))
    #expect(answer.matches(of: /HTTP\/1.1 413/).count == 1)
  }

  @Test("a handler that says nothing becomes status 500")
  func silentHandler() async throws {
    let answer = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { _ in }
    #expect(answer.hasPrefix("HTTP/1.1 500 "))
  }

  @Test("a client that vanishes in the middle of its body cancels the handler")
  func vanishes() async throws {
    let failed = Signal()
    try await withServer(handler: { exchange in
      do throws(HTTPStreamError) {
        _ = try await exchange.collectBody(limit: 100)
      } catch {
        if error == .connectionLost && Task.isCancelled { failed.send() }
      }
    }) { server in
      let client = try await RawClient(server)
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
      client.endSending()
      await failed.wait()
    }
  }

  @Test(
    "a client that ends its side leaves a stream, whether that has begun or not",
    arguments: [true, false])
  func leavesStream(hasBegun: Bool) async throws {
    let asked = Signal()
    let mayBegin = Signal()
    let left = Signal()
    try await withServer(handler: { exchange in
      asked.send()
      await mayBegin.wait()
      do throws(HTTPStreamError) {
        exchange.start(status: 200, fields: ["content-type": "text/plain"])
        try await exchange.write(Array("one".utf8))
        try? await exchange.loop.sleep(until: exchange.loop.now + .seconds(60))
        try await exchange.write(Array("two".utf8))
      } catch {
        if error == .connectionLost && Task.isCancelled { left.send() }
      }
    }) { server in
      let client = try await RawClient(server)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      await asked.wait()
      if hasBegun {
        mayBegin.send()
        _ = await client.read(until: "one")
        client.endSending()
      } else {
        client.endSending()
        mayBegin.send()
      }
      await left.wait()
      #expect(!(await client.readAll().contains("two")))
    }
  }

  @Test("a header that does not arrive in time is refused")
  func headerTimeout() async throws {
    var limits = HTTPLimits()
    limits.headerTimeout = .milliseconds(500)
    let answer = try await answer(
      to: "GET / HTTP/1.1\r\nHost: ", limits: limits, endSending: false)
    #expect(answer.hasPrefix("HTTP/1.1 408 "))
  }

  @Test("an idle connection is closed after its answer")
  func idleTimeout() async throws {
    var limits = HTTPLimits()
    limits.idleTimeout = .seconds(3)
    let answer = try await answer(
      to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits, endSending: false)
    #expect(answer.hasPrefix("HTTP/1.1 200 "))
    #expect(!answer.contains("connection: close"))
  }
}
