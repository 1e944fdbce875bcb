internal import HTTP
internal import Reactor
internal import TestHarness
internal import Testing

/// Handlers that begin when something of the body has come.
@Suite("performWithBody", .timeLimit(.minutes(1)))
struct AwaitedBodyTests {
  /// Reads the body and says what has become of that.
  private final class Reading: BodyWork {
    let exchange: HTTPExchange
    let journal: Journal

    init(_ exchange: HTTPExchange, _ journal: Journal) {
      self.exchange = exchange
      self.journal = journal
    }

    func run(in task: LoopTask) async {
      exchange.begins(in: task)
      journal.add("begins")
      do throws(HTTPStreamError) {
        var count = 0
        while let bytes = try await exchange.readBody() { count += bytes.count }
        journal.add("\(count) bytes")
        exchange.respond(status: 204)
      } catch {
        journal.add(exchange.isInterrupted ? "interrupted" : "\(error)")
      }
      exchange.handlerReturned()
    }

    func canBegin(with body: ArraySlice<UInt8>) -> Bool { body.first == 1 }

    func waits() { journal.add("waits") }
  }

  /// What is heard of a handler that reads the body, in the end.
  private func story(
    connection: FakeConnection = FakeConnection(),
    _ body: @escaping @Sendable (HTTPExchange) -> Void
  ) async throws -> [String] {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let journal = Journal()
    await loop.run {
      let exchange = HTTPExchange(
        head: HTTPRequestHead(method: "POST", target: "/", fields: [:], peer: "test"), loop: loop,
        driver: connection)
      exchange.performWithBody(Reading(exchange, journal))
      loop.beginWork()
      body(exchange)
    }
    await connection.hasReturned.wait()
    return journal.entries
  }

  @Test("waits without a task until the first piece has come")
  func first() async throws {
    let story = try await story { exchange in
      exchange.received([1, 2])
      exchange.receivedEnd()
    }
    #expect(story == ["waits", "begins", "2 bytes"])
  }

  @Test("waits for more where the first piece is of no use", arguments: [4_095, 4_096])
  func more(count: Int) async throws {
    let owed = Journal()
    let story = try await story { exchange in
      exchange.received([UInt8](repeating: 2, count: count))
      exchange.loop.beginWork()
      owed.add(exchange.owedSince == nil ? "nothing" : "the rest")
      exchange.receivedEnd()
    }
    #expect(story.filter { $0 != "waits" } == ["begins", "\(count) bytes"])
    #expect(owed.entries == [count < 4_096 ? "the rest" : "nothing"])
  }

  @Test("what waits counts as kept by the loop until it is read")
  func isKept() async throws {
    let connection = FakeConnection()
    let kept = Tally()
    let story = try await story(connection: connection) { exchange in
      exchange.received([2, 2, 2])
      exchange.received([2, 2])
      for _ in 0..<connection.kept { kept.add() }
      exchange.receivedEnd()
    }
    #expect(kept.count == 5)
    #expect(story == ["waits", "begins", "5 bytes"])
    #expect(connection.kept == 0)
  }

  @Test("begins, to be refused, when the loop has no room for what waits")
  func noRoom() async throws {
    let began = Journal()
    let story = try await story(connection: FakeConnection(keptMax: 4)) { exchange in
      exchange.received([2, 2, 2])
      exchange.loop.beginWork()
      began.add(exchange.unreadCount == 3 ? "waits" : "begins")
      exchange.received([2, 2])
      exchange.loop.beginWork()
      exchange.receivedEnd()
    }
    #expect(began.entries == ["waits"])
    // With the second piece, and not with the end.
    #expect(story == ["waits", "begins", "waits", "5 bytes"])
  }

  @Test("all streams together leave room in the window of their connection")
  func leavesRoom() {
    var limits = HTTPLimits()
    #expect(limits.awaitedBytesMax == 4_096)
    limits.connectionWindowBytes = 65_535
    #expect(limits.awaitedBytesMax == 327)
  }

  @Test("begins at the end of an empty body")
  func empty() async throws {
    let story = try await story { $0.receivedEnd() }
    #expect(story == ["waits", "begins", "0 bytes"])
  }

  @Test("begins when the stream has ended, and finds out")
  func gone() async throws {
    let story = try await story { exchange in
      exchange.fail(.connectionLost)
      exchange.cancelHandler()
    }
    #expect(story == ["waits", "begins", "\(HTTPStreamError.connectionLost)"])
  }

  @Test("begins when the server ends, and finds out")
  func interrupted() async throws {
    let story = try await story { $0.interrupt() }
    #expect(story.filter { $0 != "waits" } == ["begins", "interrupted"])
  }
}
