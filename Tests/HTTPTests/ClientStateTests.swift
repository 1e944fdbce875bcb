internal import HTTP
@testable internal import HTTP2
internal import Reactor
internal import Synchronization
internal import TestHarness
internal import Testing

private let start = ContinuousClock.now
private let cause = HTTPClientError.unreachable(.refused("there"))

/// Compares what a mutating function has returned, which the macro cannot call.
private func expect<Value: Equatable>(
  _ value: Value, _ expected: Value, at location: SourceLocation = #_sourceLocation
) {
  #expect(value == expected, sourceLocation: location)
}

@Suite("States of a client", .timeLimit(.minutes(1)))
struct ClientStateTests {
  // MARK: Backoff

  @Test("waits grow by the multiplier up to the maximum, and start anew after a success")
  func backoff() {
    var backoff = Backoff()
    let waits = (0..<13).map { _ in backoff.next(random: 0.5) }
    for (wait, seconds) in zip(waits, [1, 1.6, 2.56, 4.096]) {
      #expect(abs(wait / .seconds(1) - seconds) < 1e-9)
    }
    #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(waits.last == .seconds(120))
    backoff.reset()
    expect(backoff.next(random: 0.5), .seconds(1))
  }

  @Test(
    "jitter takes or adds up to a fifth",
    arguments: [(0, 0.8), (0.25, 0.9), (0.5, 1), (1, 1.2)] as [(Double, Double)])
  func jitter(random: Double, seconds: Double) {
    var backoff = Backoff()
    let wait = backoff.next(random: random)
    #expect(abs(wait / .seconds(1) - seconds) < 1e-9)
  }

  // MARK: Subchannel

  private func subchannel() -> SubchannelState {
    SubchannelState(
      backoff: .init(initial: .seconds(1), maximum: .seconds(120), multiplier: 2),
      connectTimeout: .seconds(20))
  }

  @Test("a demand connects once")
  func demand() {
    var state = subchannel()
    expect(state.demand(now: start), .connect(deadline: start + .seconds(20)))
    expect(state.demand(now: start), .none)
    state.connected(now: start + .seconds(1))
    #expect(state.state == .ready(since: start + .seconds(1)))
    expect(state.demand(now: start + .seconds(1)), .none)
  }

  @Test("a failure waits from the beginning of the attempt, and is never the last")
  func failure() {
    var state = subchannel()
    var now = start
    for expected in [1, 2, 4] {
      expect(state.demand(now: now), .connect(deadline: now + .seconds(20)))
      let until = now + .seconds(expected)
      let action = state.failed(cause, now: now + .milliseconds(300), random: 0.5)
      #expect(action == .wakeUp(at: until))
      #expect(state.state == .waiting(until: until, cause: cause))
      expect(state.demand(now: until - .nanoseconds(1)), .none)
      state.waited(now: until)
      #expect(state.state == .idle)
      now = until
    }
  }

  @Test("a demand after the wait does not need the timer")
  func lateTimer() {
    var state = subchannel()
    _ = state.demand(now: start)
    _ = state.failed(cause, now: start, random: 0.5)
    let later = start + .seconds(1)
    expect(state.demand(now: later), .connect(deadline: later + .seconds(20)))
    state.waited(now: later)
    #expect(state.state == .connecting(since: later))
  }

  @Test("an attempt that took longer than the wait is followed at once")
  func slowFailure() {
    var state = subchannel()
    _ = state.demand(now: start)
    let now = start + .seconds(20)
    expect(state.failed(cause, now: now, random: 0.5), .wakeUp(at: now))
  }

  @Test("a connection that was of use is made again at once")
  func lost() {
    var state = subchannel()
    _ = state.demand(now: start)
    _ = state.failed(cause, now: start, random: 0.5)
    _ = state.demand(now: start + .seconds(1))
    state.connected(now: start + .seconds(1))
    let now = start + .seconds(1.1)
    expect(state.lost(cause, wasUseful: true, now: now, random: 0.5), .none)
    #expect(state.state == .idle)
    _ = state.demand(now: now)
    expect(state.failed(cause, now: now, random: 0.5), .wakeUp(at: now + .seconds(1)))
  }

  @Test("a server that accepts and closes is waited for, longer each time")
  func fruitless() {
    var state = subchannel()
    var now = start
    // Once may be bad luck: a server that is being replaced.
    _ = state.demand(now: now)
    state.connected(now: now)
    expect(state.lost(cause, wasUseful: false, now: now, random: 0.5), .none)
    #expect(state.state == .idle)
    for wait in [1, 2] {
      _ = state.demand(now: now)
      state.connected(now: now)
      let action = state.lost(cause, wasUseful: false, now: now, random: 0.5)
      #expect(action == .wakeUp(at: now + .seconds(wait)))
      now += .seconds(wait)
    }
    _ = state.demand(now: now)
    state.connected(now: now)
    let old = now + .seconds(2)
    expect(state.lost(cause, wasUseful: false, now: old, random: 0.5), .none)
  }

  @Test("events of another state change nothing")
  func strays() {
    var state = subchannel()
    state.connected(now: start)
    expect(state.failed(cause, now: start, random: 0), .none)
    expect(state.lost(cause, wasUseful: false, now: start, random: 0), .none)
    state.waited(now: start)
    state.rest()
    #expect(state.state == .idle)
  }

  // MARK: Picker

  @Test("pick_first stays with the first that has room")
  func pickFirst() {
    var picker = Picker(.pickFirst)
    let all: [Picker.Readiness] = [.ready(hasRoom: true), .ready(hasRoom: true)]
    expect([picker.pick(all), picker.pick(all)], [.use(0), .use(0)])
    #expect(picker.spare([.ready(hasRoom: true), .idle]) == [])
  }

  @Test("round_robin takes those that are connected in turn and wants the others")
  func roundRobin() {
    var picker = Picker(.roundRobin)
    let all: [Picker.Readiness] = [
      .ready(hasRoom: true), .failed(cause), .ready(hasRoom: true), .ready(hasRoom: false), .idle,
    ]
    let picks = (0..<4).map { _ in picker.pick(all) }
    #expect(picks == [.use(0), .use(2), .use(0), .use(2)])
    #expect(picker.spare(all) == [4])
  }

  @Test("nothing is failed before everything has failed")
  func waits() {
    var picker = Picker(.roundRobin)
    expect(picker.pick([]), .wait(connect: []))
    expect(picker.pick([.idle, .failed(cause)]), .wait(connect: [0]))
    expect(picker.pick([.connecting, .failed(cause)]), .wait(connect: []))
    expect(picker.pick([.ready(hasRoom: false), .failed(cause)]), .wait(connect: []))
    expect(picker.pick([.failed(.closed), .failed(cause)]), .fail(cause))
  }

  // MARK: Keepalive

  private func keepalive(isWithoutCalls: Bool = false) -> KeepaliveState {
    KeepaliveState(
      .init(time: .seconds(10), timeout: .seconds(20), isWithoutCalls: isWithoutCalls), now: start)
  }

  @Test("silence is counted from the last byte that came")
  func silence() {
    var state = keepalive()
    state.read(now: start + .seconds(5))
    #expect(state.wakeUp(hasCalls: true) == start + .seconds(15))
    expect(state.check(now: start + .seconds(10), hasCalls: true), .none)
    expect(state.check(now: start + .seconds(15), hasCalls: true), .ping)
    #expect(state.wakeUp(hasCalls: true) == start + .seconds(35))
    state.read(now: start + .seconds(16))
    #expect(state.wakeUp(hasCalls: true) == start + .seconds(26))
  }

  @Test("no answer in time closes, whether or not calls remain")
  func noAnswer() {
    var state = keepalive()
    expect(state.check(now: start + .seconds(10), hasCalls: true), .ping)
    expect(state.check(now: start + .seconds(29.9), hasCalls: false), .none)
    expect(state.check(now: start + .seconds(30), hasCalls: false), .close)
  }

  @Test("a connection without calls is left alone, and asked first when one begins")
  func withoutCalls() {
    var state = keepalive()
    #expect(state.wakeUp(hasCalls: false) == nil)
    expect(state.check(now: start + .seconds(100), hasCalls: false), .none)
    expect(state.began(now: start + .seconds(100)), .ping)
    expect(state.began(now: start + .seconds(101)), .none)
    var other = keepalive(isWithoutCalls: true)
    expect(other.check(now: start + .seconds(10), hasCalls: false), .ping)
  }

  @Test("a time that servers do not bear becomes one that they do")
  func clamped() {
    #expect(KeepaliveState.Configuration(time: .seconds(1)).time == .seconds(10))
  }

  // MARK: Addresses

  @Test("addresses are asked for once, and again when they may be old")
  func resolution() {
    var state = ResolutionState(backoff: .init(), interval: .seconds(5))
    expect(state.demand(now: start, isIdle: true), true)
    expect(state.demand(now: start, isIdle: true), false)
    state.succeeded(now: start)
    let later = start + .seconds(5)
    expect(state.demand(now: later - .nanoseconds(1), isIdle: true), false)
    expect(state.demand(now: later, isIdle: false), false)
    expect(state.demand(now: later, isIdle: true), true)
    state.succeeded(now: later)
    state.refresh()
    expect(state.demand(now: later + .seconds(1), isIdle: false), false)
    expect(state.demand(now: later + .seconds(5), isIdle: false), true)
    #expect(state.attempt == 3)
  }

  @Test("a name without an address is asked for again after the wait")
  func unresolved() {
    var state = ResolutionState(backoff: .init(), interval: .seconds(5))
    _ = state.demand(now: start, isIdle: true)
    let until = state.failed(cause, now: start, random: 0.5)
    #expect(until == start + .seconds(1))
    expect(state.demand(now: start, isIdle: true), false)
    expect(state.demand(now: until, isIdle: true), true)
  }

  // MARK: Targets

  @Test(
    "targets are read from text",
    arguments: [
      ("localhost:80", .host("localhost", port: 80)),
      ("dns:///api.example:443", .host("api.example", port: 443)),
      ("dns:api.example:443", .host("api.example", port: 443)),
      ("[::1]:8443", .host("::1", port: 8_443)), ("unix:/run/k.sock", .unix(path: "/run/k.sock")),
      ("unix:///run/k.sock", .unix(path: "/run/k.sock")),
      (
        "a:1,b:2", .list([.host("a", port: 1), .host("b", port: 2)], authority: "a:1")
      ),
    ] as [(String, HTTPClientTarget)])
  func targets(text: String, expected: HTTPClientTarget) throws {
    let target = try HTTPClientTarget(text)
    #expect(target == expected)
  }

  @Test("what is no target is refused", arguments: ["", "host", "host:99999", ":80", "http://a:1"])
  func malformedTargets(text: String) {
    #expect(throws: SocketError.self) { try HTTPClientTarget(text) }
  }

  // MARK: Waiting requests

  @Test("a patient request does not make the queue keep those that have left it")
  func waitingRoom() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let waiting = Mutex(WaitingRequests())
    @Sendable func request(waitForReady: Bool) -> ClientRequest {
      ClientRequest(pseudo: [:], fields: [:], body: .none, waitForReady: waitForReady)
    }
    let patient = Task {
      await withCheckedContinuation { continuation in
        waiting.withLock { _ = $0.append(request(waitForReady: true), continuation) }
      }
    }
    try await until { waiting.withLock { !$0.isEmpty } }
    for round in 0..<300 {
      _ = await withCheckedContinuation { continuation in
        waiting.withLock { waiting in
          let id = waiting.append(request(waitForReady: false), continuation)
          let left =
            round % 2 == 0
            ? waiting.removeImpatient() : [waiting.remove(id)].compactMap(\.self)
          if left.map(\.id) != [id] {
            Issue.record("\(left.map(\.id)) came back instead of \(id)")
            // Nobody else would end the wait for it.
            waiting.remove(id)?.finish(.failure(.closed), loop)
          }
          for entry in left { entry.finish(.failure(.closed), loop) }
        }
      }
      #expect(waiting.withLock { $0.order.count } <= 66)
    }
    let stayed = waiting.withLock { waiting in
      let entry = waiting.first
      entry?.finish(.failure(.cancelled), loop)
      waiting.removeFirst()
      return entry != nil
    }
    try #require(stayed)
    await #expect(throws: HTTPClientError.cancelled) { try await patient.value.get() }
  }

  // MARK: Servers of something else

  @Test(
    "the first bytes tell what a server speaks",
    arguments: [
      ("HTTP/1.1 400 Bad Request\r\n", .http1(statusLine: "HTTP/1.1 400 Bad Request")),
      ("\u{15}\u{3}\u{3}\u{0}\u{2}", .tls), ("SSH-2.0-x\r\n", .other("SSH-2.0-x")),
      ("\u{0}\u{0}\u{12}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}", nil), ("\u{0}\u{0}", nil),
    ] as [(String, ForeignServer?)])
  func foreign(bytes: String, server: ForeignServer?) {
    #expect(ForeignServer(firstBytes: Array(bytes.utf8)) == server)
  }
}
