internal import HTTP
internal import HTTP2
internal import Reactor
internal import TestHarness

/// A server of ours and a client that does what an input says.
///
/// It goes through real sockets of this machine, so that nothing of the server is left out; but
/// everything happens on one loop, and nothing waits for time to pass.
///
/// Unchecked, because everything but its beginning happens on that loop.
final class ServerCheck: @unchecked Sendable {
  static let socketName = "fuzz-server"

  private let turns: Turns
  private let group: EventLoopGroup
  private let doors = Service.doors()
  private var server: HTTPServer
  private var address: SocketAddress
  private var isDraining = false

  init(_ group: EventLoopGroup) async throws {
    turns = Turns(loop: group.loops[0])
    self.group = group
    server = Self.server(group, doors)
    address = try await server.start().socketAddress()
  }

  private static func server(_ group: EventLoopGroup, _ doors: any HTTPHandler) -> HTTPServer {
    var limits = HTTPLimits()
    // Both are reached by inputs of some kilobytes.
    limits.http1BodyBytesMax = 64 * 1_024
    limits.concurrentStreamsMax = 20
    return HTTPServer(
      group: group, address: .unix(path: TemporaryFolders.path(socketName)), limits: limits,
      handler: doors)
  }

  /// Plays an input. Afterwards nothing is left of it, and all that the server has written is right.
  func run(_ bytes: [UInt8]) async {
    let script = Script(bytes, role: .client)
    let drained = Tally()
    // Awaited below, as the other end of the connection must act meanwhile.
    let (grace, drain) = AsyncStream<Duration>.makeStream()
    let draining = Task(executorPreference: turns.loop) { [server] in
      for await grace in grace {
        await server.drain(grace: grace)
        drained.add()
      }
    }
    await play(script, drain)
    drain.finish()
    if isDraining {
      await turns.until("a server does not end") { drained.count > 0 }
      await startAnew()
    } else {
      await turns.until("something is left of a connection that is gone") {
        await server.loads().allSatisfy(\.isEmpty)
      }
    }
    await draining.value
  }

  private func startAnew() async {
    isDraining = false
    server = Self.server(group, doors)
    guard let started = try? await server.start().socketAddress() else {
      broken("a server cannot follow one that has ended")
    }
    address = started
  }

  private func play(_ script: Script, _ drain: AsyncStream<Duration>.Continuation) async {
    guard
      let connected = try? await turns.loop.connect(to: [address], deadline: .now + .seconds(60))
    else { broken("the server takes no connection") }
    var peer = Peer(connected)
    for step in script.steps {
      if case .drain(let hasTime) = step {
        // A connection that waits to be accepted would not be this server's.
        await turns.settle(&peer)
        if !isDraining { drain.yield(hasTime ? .milliseconds(5) : .zero) }
        isDraining = true
      } else {
        await turns.play(step, &peer)
      }
    }
    await turns.settle(&peer)
    check(peer, script)
  }

  private func check(_ peer: borrowing Peer, _ script: Script) {
    guard peer.received.starts(with: Array("HTTP/".utf8)) else {
      var check = FrameCheck(role: .server)
      return check.check(peer.received)
    }
    // The answer to HEAD is shorter than it says, and which one that is only the server can tell.
    guard !script.asks("HEAD ") else { return }
    var check = AnswerCheck(peer.received, isWhole: peer.hasEverything)
    check.check()
  }
}

extension Turns {
  /// Does a step of an input.
  func play(_ step: Script.Step, _ peer: inout Peer) async {
    switch step {
    case .send(let bytes): _ = peer.act(sending: bytes)
    case .settle: await settle(&peer)
    case .turn:
      await next()
      _ = peer.act()
    case .endSending: peer.endSending()
    case .reads(let reads): peer.reads = reads
    // A client has nothing of the kind.
    case .drain: break
    }
  }

  /// Until nothing more happens.
  func settle(_ peer: inout Peer) async {
    var quiet = 0
    while quiet < 3 {
      await next()
      quiet = peer.act() ? 0 : quiet + 1
    }
  }
}

extension HTTPServerLoad {
  fileprivate var isEmpty: Bool {
    connections == 0 && streams == 0 && runningHandlers == 0 && abandonedHandlers == 0
      && heldBytes == 0 && keptBytes == 0 && windowGrowth == 0
  }
}
