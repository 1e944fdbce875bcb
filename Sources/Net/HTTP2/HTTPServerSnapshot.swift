package import HTTP
package import Reactor
private import Synchronization

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
    package let connections: [Connection]
    /// Handlers that have not returned, of connections that are gone as well.
    package let runningHandlers: Int
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
  /// What the server is doing now; with a number, of its connections that one alone.
  package func snapshot(only number: Int? = nil) async -> HTTPServerSnapshot {
    var shares: [HTTPServerSnapshot.Loop] = []
    for loop in runningLoops {
      shares.append(await loop.environment.loop.run { loop.snapshot(only: number) })
    }
    let listeners = zip(listenerNumbers, listeners).map { number, listener in
      HTTPServerSnapshot.Listener(id: number, address: listener.address)
    }
    return HTTPServerSnapshot(id: id, began: began, listeners: listeners, loops: shares)
  }
}

extension ServerLoop {
  func snapshot(only number: Int?) -> HTTPServerSnapshot.Loop {
    // Each that is asked costs the loop some calls to the system.
    let asked = openConnections.filter { number == nil || $0.number == number }
    return HTTPServerSnapshot.Loop(
      connections: asked.map { $0.snapshot() }.sorted { $0.id < $1.id },
      runningHandlers: environment.runningHandlers)
  }
}
