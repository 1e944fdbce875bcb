internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import Telemetry
internal import TestHarness
internal import Testing

/// A server that comes and goes under its callers.
@Suite("A server that restarts", .timeLimit(.minutes(2)))
struct RestartTests {
  private static let callers = 8
  private static let restarts = 10

  private func start(_ group: EventLoopGroup, _ port: UInt16) async throws -> HTTPServer {
    var router = Router()
    EchoService().register(in: &router)
    let server = HTTPServer(
      group: group, address: .tcp(host: "127.0.0.1", port: port),
      handler: GRPCHandler(router: router))
    _ = try await server.start()
    return server
  }

  @Test("calls that wait for the server do not fail while it restarts, and each is answered once")
  func rolling() async throws {
    let group = try #require(EventLoopGroup(loops: 2))
    defer { group.shutdown() }
    let reserved = try #require(ReservedPort())
    let port = reserved.port
    var configuration = HTTPClientConfiguration()
    configuration.backoff = .init(
      initial: .milliseconds(5), maximum: .milliseconds(20), multiplier: 1.6)
    let http = HTTP2Client(
      loop: group.loops[0], target: .host("127.0.0.1", port: port), configuration: configuration)
    let client = GRPCClient(http)
    let isOver = Signal()
    let answered = Tally()
    let failures = try await withThrowingTaskGroup(of: [String].self) { tasks in
      for caller in 0..<Self.callers {
        tasks.addTask {
          var failures: [String] = []
          var number: Int32 = 0
          while !isOver.isSent, !Task.isCancelled {
            number += 1
            let request = Echo(text: "\(caller)", count: number)
            do throws(RPCError) {
              let answer = try await client.unary(
                EchoMethods.echo, request,
                options: CallOptions(timeout: .seconds(60), waitForReady: true))
              if answer != request { failures.append("another answer") }
              answered.add()
            } catch {
              failures.append("\(error)")
            }
          }
          return failures
        }
      }
      for _ in 0..<Self.restarts {
        let server = try await start(group, port)
        // Some calls before the next restart, however slow the machine is.
        let before = answered.count
        try await until { answered.count >= before + 50 }
        await server.drain(grace: .seconds(20))
      }
      // The last calls wait for a server as well.
      isOver.send()
      let last = try await start(group, port)
      let all = try await tasks.reduce(into: [String]()) { $0 += $1 }
      await last.drain(grace: .seconds(1))
      return all
    }
    #expect(failures == [])
    #expect(answered.count >= Self.restarts * 50)
    await http.close()
  }

  @Test("a server that ends each connection at the first request is not asked on and on")
  func endsAtOnce() async throws {
    let group = try #require(EventLoopGroup(loops: 2))
    defer { group.shutdown() }
    let server = try await ScriptedServer(
      on: group.loops[1], greeting: [.send(Frames.settings)],
      answer: [.send(Frames.goAway(last: 0, code: 0, "not now"))])
    var configuration = HTTPClientConfiguration()
    configuration.backoff = .init(initial: .seconds(60), maximum: .seconds(60), multiplier: 1)
    let http = HTTP2Client(
      loop: group.loops[0], target: server.target, configuration: configuration)
    let deadline = ContinuousClock.now + .seconds(20)
    for _ in 1...2 {
      let stream = try await http.request(method: "GET", target: "/", deadline: deadline)
      await #expect(throws: HTTPClientError.self) { try await stream.response() }
    }
    // Not even begun, and it says so.
    let error = await #expect(throws: HTTPClientError.self) {
      try await http.request(method: "GET", target: "/", deadline: deadline)
    }
    guard case .pausing(let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("not now"))
    // Nor does a call try again and again until the next attempt is due: it has no deadline here.
    let failure = await #expect(throws: RPCError.self) {
      try await GRPCClient(http).unary(path: "/a.B/C", message: [], options: CallOptions())
    }
    #expect(failure?.code == .unavailable)
    await http.close()
    await server.close()
  }

  @Test("calls that outlast the drain are told that the server ends, after all that they were sent")
  func told() async throws {
    let group = try #require(EventLoopGroup(loops: 2))
    defer { group.shutdown() }
    let service = EchoService()
    let journal = Journal()
    let metrics = Metrics()
    var router = Router(
      interceptors: [],
      telemetry: CallTelemetry(log: Logger { journal.add($0) }, metrics: metrics))
    service.register(in: &router)
    let server = HTTPServer(
      group: group, address: .tcp(host: "127.0.0.1", port: 0),
      handler: GRPCHandler(router: router))
    let address = try await server.start()
    let port = try #require(address.port)
    let http = HTTP2Client(loop: group.loops[0], target: .host("127.0.0.1", port: port))
    let client = GRPCClient(http)
    async let unary = #expect(throws: RPCError.self) {
      try await client.unary(EchoMethods.hang, Echo())
    }
    await service.hanging.wait()
    var answers: [Echo?] = []
    let streaming = await #expect(throws: RPCError.self) {
      try await client.bidirectional(EchoMethods.chat) {
        (requests, responses) async throws(RPCError) in
        try await requests.send(Echo(text: "one"))
        answers.append(try await responses.next())
        async let drained: Void = server.drain(grace: .zero)
        answers.append(try await responses.next())
        await drained
      }
    }
    let errors = [await unary, streaming]
    #expect(answers.map(\.?.text) == ["one"])
    #expect(errors.map(\.?.code) == [.unavailable, .unavailable])
    #expect(errors.map(\.?.reason) == ["SHUTTING_DOWN", "SHUTTING_DOWN"])
    // The log and the metrics say what the callers were told.
    let lines = journal.entries.filter { $0.contains("rpc.failed") }
    #expect(lines.count == 2)
    #expect(
      lines.allSatisfy { $0.contains("\"UNAVAILABLE\"") && $0.contains("SHUTTING_DOWN") })
    let counted = metrics.renderPrometheus().split(separator: "\n").filter {
      $0.hasPrefix("klinke_rpc_calls_total{") && $0.contains("UNAVAILABLE") && $0.hasSuffix(" 1")
    }
    #expect(counted.count == 2)
    await server.drain(grace: .zero)
    await http.close()
  }
}
