internal import HTTP
@testable internal import HTTP2
internal import Reactor
internal import TestHarness
internal import Testing

@Suite("Race of addresses", .timeLimit(.minutes(1)))
struct AddressRaceTests {
  private let began = ContinuousClock.now
  private let delay = Duration.milliseconds(250)

  private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
    began + .milliseconds(milliseconds)
  }

  private func expect(
    _ step: AddressRace.Step, _ expected: AddressRace.Step,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(step == expected, sourceLocation: location)
  }

  // MARK: State

  @Test("an address that does not answer is joined by the next after the delay")
  func delays() {
    var race = AddressRace(count: 3, delay: delay)
    expect(race.next(now: at(0)), .attempt(0))
    expect(race.next(now: at(0)), .wait(until: at(250)))
    expect(race.next(now: at(249)), .wait(until: at(250)))
    expect(race.next(now: at(250)), .attempt(1))
    expect(race.next(now: at(251)), .wait(until: at(500)))
    expect(race.next(now: at(600)), .attempt(2))
    expect(race.next(now: at(600)), .wait(until: nil))
  }

  @Test("a failure makes the next due at once, and the delay begin anew")
  func failure() {
    var race = AddressRace(count: 3, delay: delay)
    expect(race.next(now: at(0)), .attempt(0))
    race.failed()
    expect(race.next(now: at(10)), .attempt(1))
    expect(race.next(now: at(10)), .wait(until: at(260)))
  }

  @Test("the race is lost with the last failure, and not before")
  func lost() {
    var race = AddressRace(count: 2, delay: delay)
    expect(race.next(now: at(0)), .attempt(0))
    race.failed()
    expect(race.next(now: at(0)), .attempt(1))
    expect(race.next(now: at(0)), .wait(until: nil))
    race.failed()
    expect(race.next(now: at(0)), .lost)
    var empty = AddressRace(count: 0, delay: delay)
    expect(empty.next(now: at(0)), .lost)
  }

  @Test(
    "families take turns, and the first stays first",
    arguments: [
      (["6a", "6b", "6c", "4a", "4b"], ["6a", "4a", "6b", "4b", "6c"]),
      (["4a", "6a", "6b"], ["4a", "6a", "6b"]), (["4a", "4b"], ["4a", "4b"]), ([], []),
    ] as [([String], [String])])
  func turns(addresses: [String], order: [String]) {
    let sorted = AddressRace.byTurns(addresses) { $0.hasPrefix("6") ? 6 : 4 }
    #expect(sorted == order)
  }

  // MARK: Sockets

  private func client(
    _ targets: [HTTPClientTarget], on server: RunningServer
  ) -> HTTP2Client {
    var configuration = HTTPClientConfiguration()
    configuration.attemptDelay = .milliseconds(20)
    // Longer than any test: whoever waits for an address that is silent does not end.
    configuration.connectTimeout = .seconds(600)
    return HTTP2Client(
      loop: server.group.loops[0], target: .list(targets, authority: "a"),
      configuration: configuration)
  }

  @Test("an address that accepts and says nothing is overtaken, and its connection closed")
  func silent() async throws {
    let silent = try ListeningSocket.open(loopback, count: 1)[0]
    let port = try #require(silent.address.port)
    let path = TemporaryFolders.path("race")
    try await withServer(address: .unix(path: path), handler: mirror) { server in
      let client = client([.host("127.0.0.1", port: port), .unix(path: path)], on: server)
      let stream = try await client.request(
        method: "GET", target: "/", deadline: .now + .seconds(30))
      let status = try await stream.response().status
      #expect(status == 200)
      let overtaken = try await RawClient(accepting: silent)
      _ = await overtaken.readAll()
      await client.close()
    }
  }

  @Test("an address that does not even accept is overtaken")
  func full() async throws {
    try await withServer(handler: mirror) { server in
      let full = try #require(ReservedPort(backlog: 0))
      let loop = server.group.loops[0]
      let address = try ListenAddress.tcp(host: "127.0.0.1", port: full.port).socketAddress()
      // Its place in the queue: nobody after it gets an answer.
      let filler = try await loop.connect(to: [address], deadline: .now + .seconds(30))
      let client = client([.host("127.0.0.1", port: full.port), server.target], on: server)
      let stream = try await client.request(
        method: "GET", target: "/", deadline: .now + .seconds(30))
      let status = try await stream.response().status
      #expect(status == 200)
      await client.close()
      #expect(filler.rawValue >= 0)
    }
  }

  @Test(
    "a family that leads nowhere costs a moment, whichever it is",
    .enabled(if: ReservedPort(.ipv6) != nil, "this machine has no IPv6 loopback"),
    arguments: [
      (served: ReservedPort.Family.ipv6, dead: ReservedPort.Family.ipv4, isFull: true),
      (served: .ipv6, dead: .ipv4, isFull: false), (served: .ipv4, dead: .ipv6, isFull: true),
      (served: .ipv4, dead: .ipv6, isFull: false),
    ])
  func families(
    served: ReservedPort.Family, dead: ReservedPort.Family, isFull: Bool
  ) async throws {
    let address = ListenAddress.tcp(host: served.host, port: 0)
    try await withServer(address: address) { exchange in
      exchange.respond(status: 200, body: Array(exchange.head.peer.utf8))
    } _: { server in
      // One refuses; the other does not answer, because its queue is full.
      let port = try #require(ReservedPort(dead, backlog: isFull ? 0 : nil))
      let place = try ListenAddress.tcp(host: dead.host, port: port.port).socketAddress()
      let loop = server.group.loops[0]
      let filler =
        isFull ? try await loop.connect(to: [place], deadline: .now + .seconds(30)) : nil
      // Two addresses of each family, so that both turns have one that leads nowhere.
      let deadTarget = HTTPClientTarget.host(dead.host, port: port.port)
      let client = client(
        [deadTarget, deadTarget, .host(served.host, port: server.port)], on: server)
      let stream = try await client.request(
        method: "GET", target: "/", deadline: .now + .seconds(30))
      let status = try await stream.response().status
      #expect(status == 200)
      let peer = try await stream.readBody() ?? []
      #expect(text(peer).contains(served.host))
      await client.close()
      if let filler {
        let isOpen = filler.rawValue >= 0
        #expect(isOpen)
      }
    }
  }

  @Test("an attempt to connect ends when its task is cancelled")
  func cancelled() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let full = try #require(ReservedPort(backlog: 0))
    let address = try ListenAddress.tcp(host: "127.0.0.1", port: full.port).socketAddress()
    let filler = try await loop.connect(to: [address], deadline: .now + .seconds(30))
    let attempt = Task { () async -> Bool in
      do throws(SocketError) {
        let late = try await loop.connect(to: [address], deadline: .now + .seconds(600))
        return late.rawValue < 0
      } catch {
        return true
      }
    }
    attempt.cancel()
    #expect(await attempt.value)
    #expect(filler.rawValue >= 0)
  }

  @Test("when all addresses fail the last of them says why")
  func allFail() async throws {
    try await withServer(handler: mirror) { server in
      let (one, two) = (try #require(ReservedPort()), try #require(ReservedPort()))
      let client = client(
        [.host("127.0.0.1", port: one.port), .host("127.0.0.1", port: two.port)], on: server)
      await #expect(throws: HTTPClientError.unreachable(.refused("127.0.0.1:\(two.port)"))) {
        try await client.request(method: "GET", target: "/", deadline: .now + .seconds(30))
      }
      await client.close()
    }
  }
}
