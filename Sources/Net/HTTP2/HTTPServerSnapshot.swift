package import HTTP
package import Reactor
private import Synchronization
package import Telemetry

/// A server at one moment, as those who look after it see it.
package struct HTTPServerSnapshot: Sendable {
  /// Where the server listens.
  package struct Listener: Sendable {
    package let id: Int
    /// `127.0.0.1:8080` or `unix:/path`.
    package let address: ListenAddress
  }

  /// One connection.
  package struct Connection: Sendable {
    package let id: Int
    package let local: ListenAddress
    package let remote: ListenAddress
    package let began: ContinuousClock.Instant
    /// The cipher suite; nil without TLS.
    package let cipher: String?
    /// Who the peer has proved to be.
    package let peer: PeerIdentity?
    /// What its protocol tells; nil while that is not agreed on.
    package let figures: SessionFigures?
  }

  /// One loop's share.
  package struct Loop: Sendable {
    /// Those that were asked for, in the order of their numbers.
    package let connections: [Connection]
    /// When its last request came.
    package let lastStarted: Moment?
  }

  /// Which connections a snapshot tells of. Each costs its loop some calls to the system, so that
  /// nobody gets all.
  package enum Scope: Sendable, Hashable {
    case none
    case one(Int)
    /// The first of each loop that have this number or a greater one.
    case page(from: Int, countMax: Int)
  }

  package let id: Int
  package let began: ContinuousClock.Instant
  package let listeners: [Listener]
  package let loops: [Loop]
}

/// Numbers for servers, sockets and connections, each used once in a process.
enum EntityNumber {
  private static let last = Atomic<Int>(0)

  static func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
}

extension HTTPServer {
  /// What the server is doing now.
  package func snapshot(_ scope: HTTPServerSnapshot.Scope) async -> HTTPServerSnapshot {
    var shares: [HTTPServerSnapshot.Loop] = []
    for loop in runningLoops {
      shares.append(await loop.environment.loop.run { loop.snapshot(scope) })
    }
    let listeners = zip(listenerNumbers, listeners).map { number, listener in
      HTTPServerSnapshot.Listener(id: number, address: listener.address)
    }
    return HTTPServerSnapshot(id: id, began: began, listeners: listeners, loops: shares)
  }
}

extension ServerLoop {
  func snapshot(_ scope: HTTPServerSnapshot.Scope) -> HTTPServerSnapshot.Loop {
    HTTPServerSnapshot.Loop(
      connections: numbers(scope).compactMap { connections[$0]?.snapshot() },
      lastStarted: environment.lastStarted)
  }

  private func numbers(_ scope: HTTPServerSnapshot.Scope) -> [Int] {
    switch scope {
    case .none: []
    case .one(let number): [number]
    case .page(let first, let countMax):
      // Numbers alone: to look at each connection would take the loop milliseconds.
      Array(connections.keys.filter { $0 >= first }.sorted().prefix(countMax))
    }
  }
}
