internal import HTTP2
internal import Reactor
internal import Telemetry

/// Restarts without a refused connection: docs/decisions/socket-handover.md.
extension Server {
  /// The sockets of the server that we follow, if one is there.
  static func predecessor(
    _ config: ServerConfig, _ log: Logger
  ) throws(StartError) -> InheritedSockets? {
    guard !config.handoverSocket.isEmpty else { return nil }
    let inherited: InheritedSockets?
    do throws(SocketError) {
      inherited = try InheritedSockets(from: config.handoverSocket)
    } catch {
      throw .system(
        "the server behind \(config.handoverSocket) does not hand over its sockets (\(error)): "
          + "check that it is of the same user and that no other follows it")
    }
    guard let inherited, let address = inherited.listeners.first?.address else { return nil }
    guard config.listen.mayBe(address) else {
      throw .system(
        "the server behind \(config.handoverSocket) listens on \(address), not on "
          + "\(config.listen): set KLINKE_LISTEN to the same, or stop it first")
    }
    log.info("server.follows", ["address": .string(address.description)])
    return inherited
  }

  /// Waits for a server that follows this one; when it serves, this one ends as by SIGTERM.
  static func handoverPoint(
    _ config: ServerConfig, _ server: HTTPServer, _ group: EventLoopGroup,
    _ signals: SignalSource, _ log: Logger
  ) async throws(StartError) -> HandoverPoint? {
    guard !config.handoverSocket.isEmpty else { return nil }
    do throws(SocketError) {
      return try await HandoverPoint(
        path: config.handoverSocket, listeners: server.listeners,
        patience: config.handoverPatience, on: group.loops[0],
        whenDropped: { process in
          log.warning(
            "server.successor_dropped",
            [
              "reason": "does not serve within KLINKE_HANDOVER_SECONDS",
              "seconds": .int(Int(config.handoverPatience.components.seconds)),
              "process": .int(process),
            ])
        },
        whenTaken: {
          log.info("server.handed_over")
          signals.deliver(.terminate)
        })
    } catch {
      throw .system("cannot wait at KLINKE_HANDOVER_SOCKET (\(error)): check the folder")
    }
  }

  /// A server that its predecessor has dropped serves nobody.
  static func checkWanted(
    _ inherited: InheritedSockets?, _ config: ServerConfig
  ) throws(StartError) {
    if inherited?.isDropped == true { throw .dropped(config) }
  }

  /// Tells the predecessor that we serve. If it has dropped us just now, the path is its own again.
  static func takeOver(
    from inherited: InheritedSockets?, _ point: HandoverPoint?, _ config: ServerConfig
  ) async throws(StartError) {
    if inherited?.confirm() == false {
      _ = await point?.close()
      throw .dropped(config)
    }
  }

  /// Balancers learn from the health that the server ends, and look less often than at each call.
  static func delay(_ delay: Duration, _ group: EventLoopGroup) async {
    guard delay > .zero else { return }
    // Nobody cancels the main task.
    try? await group.loops[0].sleep(until: .now + delay)
  }
}

extension StartError {
  fileprivate static func dropped(_ config: ServerConfig) -> StartError {
    .system(
      "the server behind \(config.handoverSocket) waits no longer for this one to serve and goes "
        + "on itself: see what took so long, or raise its KLINKE_HANDOVER_SECONDS")
  }
}

extension ListenAddress {
  /// Whether this setting leads to that address, however either is spelled: port 0 leads to any.
  func mayBe(_ other: ListenAddress) -> Bool {
    switch (self, other) {
    case (.tcp(_, let port), .tcp(_, let otherPort)):
      ipBytes == other.ipBytes && (port == 0 || port == otherPort)
    case (.unix(let path), .unix(let otherPath)): path == otherPath
    case (.tcp, .unix), (.unix, .tcp): false
    }
  }
}
