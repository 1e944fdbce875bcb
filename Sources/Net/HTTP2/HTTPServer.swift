package import HTTP
package import Reactor
private import Synchronization
package import TLS
package import Telemetry

/// Why a server cannot start.
package enum HTTPServerError: Error, Hashable, Sendable {
  case socket(SocketError)
  case tls(TLSError)
}

extension HTTPServerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .socket(let error): error.description
    case .tls(let error): error.description
    }
  }
}

/// HTTP/2 and HTTP/1.1 on one address, on every loop of a group.
///
/// Without TLS the first bytes of a connection tell the protocols apart, with TLS it is ALPN.
///
/// ```swift
/// let server = HTTPServer(group: group, address: address, handler: handler)
/// let bound = try await server.start()
/// …
/// await server.drain(grace: .seconds(30))
/// ```
package final class HTTPServer: Sendable {
  private let group: EventLoopGroup
  private let address: ListenAddress
  private let tls: TLSServerConfiguration?
  private let limits: HTTPLimits
  private let handler: any HTTPHandler
  private let log: Logger
  private let metrics: HTTPMetrics
  private let running = Mutex<[ServerLoop]>([])
  private let sockets = Mutex<[SharedListeningSocket]>([])
  private let numbers = Mutex<[Int]>([])
  let id = EntityNumber.next()
  let began = ContinuousClock.now

  package init(
    group: EventLoopGroup, address: ListenAddress, tls: TLSServerConfiguration? = nil,
    limits: HTTPLimits = HTTPLimits(), handler: any HTTPHandler, log: Logger = .silent,
    metrics: Metrics = Metrics()
  ) {
    self.group = group
    self.address = address
    self.tls = tls
    self.limits = limits
    self.handler = handler
    self.log = log
    self.metrics = HTTPMetrics(metrics)
  }

  /// Begins to listen and returns where, with the port that the kernel has chosen for 0. A server
  /// that follows another takes over its sockets in place of opening the address.
  package func start(
    on inherited: [SharedListeningSocket] = []
  ) async throws(HTTPServerError) -> ListenAddress {
    let context: TLSContext?
    let listeners: [SharedListeningSocket]
    do {
      context = try tls.map { (configuration) throws(TLSError) in
        try TLSContext(server: configuration)
      }
    } catch {
      throw .tls(error)
    }
    do {
      listeners =
        inherited.isEmpty
        ? try ListeningSocket.open(address, count: group.loops.count) : inherited
    } catch {
      throw .socket(error)
    }
    let loops = makeLoops(listeners, context)
    running.withLock { $0 = loops }
    sockets.withLock { $0 = listeners }
    numbers.withLock { $0 = listeners.map { _ in EntityNumber.next() } }
    for loop in loops {
      let result = await loop.environment.loop.run {
        Result { () throws(SocketError) in try loop.start() }
      }
      if case .failure(let error) = result { throw .socket(error) }
    }
    return listeners[0].address
  }

  /// Reads the certificate and key anew. Connections that are made after this has returned use
  /// them, open ones keep what they have; when the files cannot be used everything stays as it was.
  package func reloadCertificate() async throws(TLSError) {
    guard let tls else { return }
    let context = try TLSContext(server: tls)
    for loop in running.withLock({ $0 }) {
      await loop.environment.loop.run { loop.use(context) }
    }
  }

  var runningLoops: [ServerLoop] { running.withLock { $0 } }
  var listenerNumbers: [Int] { numbers.withLock { $0 } }

  /// The sockets that it listens on, for a server that is to follow it.
  package var listeners: [SharedListeningSocket] { sockets.withLock { $0 } }

  /// A TCP port has a socket per loop; a Unix path has one, whose connections go round. What was
  /// taken over may be more or fewer than the loops.
  private func makeLoops(
    _ listeners: [SharedListeningSocket], _ context: TLSContext?
  ) -> [ServerLoop] {
    let ring = Ring()
    for (index, loop) in group.loops.enumerated() {
      let environment = HTTPEnvironment(
        loop: loop, handler: handler, limits: limits, log: log, metrics: metrics)
      let own = stride(from: index, to: listeners.count, by: group.loops.count)
        .map { listeners[$0] }
      let isShared = listeners.count >= group.loops.count
      ring.loops.append(
        ServerLoop(environment: environment, listeners: own, tls: context) { accepted in
          let target = isShared ? ring.loops[index] : ring.next()
          if target.environment.loop.isCurrent {
            target.adopt(accepted)
          } else {
            target.environment.loop.execute { target.adopt(accepted) }
          }
        })
    }
    return ring.loops
  }

  /// All loops of a server, taken in turn. Unchecked, because it is filled before the loops start.
  private final class Ring: @unchecked Sendable {
    var loops: [ServerLoop] = []
    private let turn = Atomic<Int>(0)

    func next() -> ServerLoop {
      let turn = turn.wrappingAdd(1, ordering: .relaxed).newValue
      return loops[(turn & Int.max) % loops.count]
    }
  }

  /// Ends the server: takes no more connections, tells the peers, waits for handlers that run,
  /// and after `grace` cancels them. What they say to that is sent; two seconds later the connections
  /// that are left are cut. Returns when the last handler has returned. With `leavesSockets` another
  /// process goes on listening.
  package func drain(grace: Duration, leavesSockets: Bool = false) async {
    let deadline = ContinuousClock.now + grace
    let loops = running.withLock { loops in
      defer { loops = [] }
      return loops
    }
    sockets.withLock { $0 = [] }
    // On all loops before one of them is done: what one still accepts may be another's to serve.
    await withTaskGroup { tasks in
      for loop in loops {
        tasks.addTask {
          await loop.environment.loop.run { loop.stopListening(leavesSockets: leavesSockets) }
        }
      }
    }
    await withTaskGroup { tasks in
      for loop in loops {
        tasks.addTask {
          await withCheckedContinuation { continuation in
            loop.environment.loop.execute {
              loop.drain(until: deadline) { continuation.resume() }
            }
          }
        }
      }
    }
  }
}
