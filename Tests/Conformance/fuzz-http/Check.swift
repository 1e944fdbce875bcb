internal import Reactor
internal import TestHarness

/// What must hold whatever the other side says. A broken promise ends the process, which is what a
/// fuzzer looks for.
struct Check {
  /// Who is judged.
  enum Mode: String, CaseIterable {
    /// A connection of the server, from its first byte on.
    case server
    /// A connection of the client.
    case client
    /// The doors behind the server's connections, and the parsers that stand alone.
    case door
  }

  /// Where everything happens, in the same order each time.
  var loop: EventLoop { group.loops[0] }

  private let group: EventLoopGroup
  private let server: ServerCheck
  private let client: ClientCheck
  private let door: DoorCheck

  init() async {
    guard let group = EventLoopGroup(loops: 1) else { fatalError("no loop") }
    self.group = group
    // A fuzzer ends its process where it stands.
    for name in [ServerCheck.socketName, ClientCheck.socketName] {
      TemporaryFolders.removeLeftovers(name)
    }
    do {
      server = try await ServerCheck(group)
      client = try ClientCheck(group)
    } catch {
      fatalError("\(error)")
    }
    door = DoorCheck(loop: group.loops[0])
  }

  /// Plays an input. To be called on ``loop``.
  func run(_ mode: Mode, _ bytes: [UInt8]) async {
    switch mode {
    case .server: await server.run(bytes)
    case .client: await client.run(bytes)
    case .door: await door.run(bytes)
    }
  }
}
