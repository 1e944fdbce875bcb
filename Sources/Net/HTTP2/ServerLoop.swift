internal import HTTP
internal import Reactor
internal import TLS
private import Telemetry

/// A server's share of one loop: its listening sockets and its connections.
///
/// Unchecked, because it is touched only on the loop after its initialiser.
@safe final class ServerLoop: ReadinessHandler, @unchecked Sendable {
  static let readBufferBytes = 64 * 1_024
  /// Connections taken in one turn.
  private static let acceptsPerTurnMax = 16
  private static let sweepInterval = Duration.seconds(1)
  /// How long connections are looked after before others have their turn.
  private static let sweepTimePerTurn = Duration.microseconds(300)
  /// Between two times that memory is given back, which takes some milliseconds.
  private static let giveBackInterval = Duration.seconds(3)
  private static let exhaustionPause = Duration.milliseconds(100)
  /// How long handlers that are cancelled when the server ends may take to say so, and peers to
  /// take it.
  private static let farewellTimeout = Duration.seconds(2)

  let environment: HTTPEnvironment
  /// Shared by all connections of the loop, so that an idle one holds no buffer.
  let readBuffer: UnsafeMutableBufferPointer<UInt8>
  /// What the sessions of the loop have in small blocks.
  let blocks = BlockPool()
  let backlog: Backlog
  var readsAtOnce = ReadsAtOnce()
  private var listeners: [SharedListeningSocket]
  private var tls: TLSContext?
  private let sweepInterval: Duration
  /// Where accepted connections go: this loop, or all in turn when only one loop listens.
  private var route: ((_ accepted: Accepted) -> Void)?
  /// By their numbers.
  private(set) var connections: [Int: ServerConnection] = [:]
  private var outputBuffer: [UInt8] = []
  /// The greatest load since memory was given back last, in bytes by rule of thumb.
  private var loadMost = 0
  private var gaveBack: ContinuousClock.Instant?
  private static let connectionBytes = 32 * 1_024
  private static let handlerBytes = 8 * 1_024
  private static let loadWorthGivingBack = 1_024 * 1_024
  private var isListening = false
  /// Connections that are refused before the next look for one that is idle.
  private var refusalsUnlooked = 0
  private var isSweeping = false
  /// Connections that have not been looked after this time.
  private var unswept: [ServerConnection] = []
  private var whenDrained: (() -> Void)?

  /// A connection on its way to its loop.
  final class Accepted: @unchecked Sendable {
    // Handed from one loop to one other, once.
    var descriptor: Int32
    let peer: String

    init(descriptor: Int32, peer: String) {
      self.descriptor = descriptor
      self.peer = peer
    }
  }

  init(
    environment: HTTPEnvironment, listeners: [SharedListeningSocket], tls: TLSContext?,
    route: @escaping (_ accepted: Accepted) -> Void
  ) {
    self.environment = environment
    self.listeners = listeners
    self.tls = tls
    self.route = route
    backlog = Backlog(loop: environment.loop)
    unsafe readBuffer = .allocate(capacity: Self.readBufferBytes)
    let limits = environment.limits
    let shortest = min(
      limits.handshakeTimeout, limits.headerTimeout, limits.idleTimeout, limits.sendTimeout,
      limits.bodyTimeout, limits.life.keepaliveTime, limits.life.keepaliveTimeout,
      limits.life.ageMax, max(limits.life.ageGrace, .milliseconds(100)))
    sweepInterval = min(Self.sweepInterval, shortest / 4)
  }

  deinit { unsafe readBuffer.deallocate() }

  func start() throws(SocketError) {
    for listener in listeners {
      try environment.loop.register(
        listener.socket.descriptor.rawValue, interest: .read, handler: self)
    }
    isListening = !listeners.isEmpty
  }

  // MARK: Accepting

  func ready(_ readiness: Readiness) {
    for listener in listeners {
      var count = 0
      while count < Self.acceptsPerTurnMax, acceptOne(from: listener) { count += 1 }
    }
  }

  private func acceptOne(from listener: SharedListeningSocket) -> Bool {
    switch listener.socket.accept() {
    case .accepted(let accepted):
      let peer = accepted.peer.description
      route?(Accepted(descriptor: accepted.take().release(), peer: peer))
      return true
    case .wouldBlock: return false
    case .exhausted:
      pauseAccepting()
      return false
    }
  }

  /// The socket stays readable while connections wait, so it has to be taken out for a while.
  private func pauseAccepting() {
    guard isListening else { return }
    environment.paused("descriptors")
    setInterest([])
    environment.loop.schedule(at: environment.loop.now + Self.exhaustionPause) { [self] in
      if isListening { setInterest(.read) }
    }
  }

  private func setInterest(_ interest: Interest) {
    for listener in listeners {
      environment.loop.update(listener.socket.descriptor.rawValue, interest: interest)
    }
  }

  func adopt(_ accepted: Accepted) {
    let descriptor = FileDescriptor(owning: accepted.descriptor)
    if connections.count >= environment.limits.connectionsPerLoopMax && !evictIdle() {
      return environment.refused("connection.refused", cause: "connections", peer: accepted.peer)
    }
    let connection = ServerConnection(descriptor, peer: accepted.peer, tls: tls, owner: self)
    do {
      try environment.loop.register(connection.descriptor, interest: .read, handler: connection)
    } catch {
      environment.log.warning("connection.refused", ["reason": .string(error.description)])
      return
    }
    connections[connection.number] = connection
    environment.metrics.connections.add(1)
    if whenDrained != nil { connection.drain() }
    sweepLater()
  }

  /// Ends the connections that are idle for longest; false when none is. It ends a hundredth of all
  /// at a time, since finding them takes a look at each; and when it has found none, as many are
  /// refused without a look.
  private func evictIdle() -> Bool {
    guard refusalsUnlooked == 0 else {
      refusalsUnlooked -= 1
      return false
    }
    let idle = connections.values
      .compactMap { connection in connection.idleSince.map { (since: $0, connection) } }
      .sorted { $0.since < $1.since }
    for (_, connection) in idle.prefix(max(1, connections.count / 100)) { connection.evict() }
    if idle.isEmpty { refusalsUnlooked = connections.count / 100 }
    return !idle.isEmpty
  }

  func connectionClosed(_ connection: ServerConnection) {
    guard connections.removeValue(forKey: connection.number) != nil else { return }
    environment.metrics.connections.add(-1)
    finishDraining()
  }

  /// From now on new connections use another certificate; those that are open keep theirs.
  func use(_ tls: TLSContext) { self.tls = tls }

  // MARK: Buffers

  func takeOutputBuffer() -> [UInt8] {
    var buffer: [UInt8] = []
    swap(&buffer, &outputBuffer)
    return buffer
  }

  /// Takes it back. In place: whoever kept a reference to it would have it made anew, a little
  /// larger each time.
  func recycle(_ buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    swap(&buffer, &outputBuffer)
  }

  // MARK: Time and end

  /// One timer looks after all connections: most deadlines move on before they are due.
  private func sweepLater() {
    guard !isSweeping else { return }
    isSweeping = true
    environment.loop.schedule(at: environment.loop.now + sweepInterval) { [self] in
      refusalsUnlooked = 0
      unswept = Array(connections.values)
      sweep()
    }
  }

  /// Ends what is due, some connections in each turn: hundreds of streams may be due at once.
  private func sweep() {
    let now = environment.loop.now
    let end = ContinuousClock.now + Self.sweepTimePerTurn
    while let connection = unswept.popLast() {
      connection.checkDeadlines(now: now)
      guard ContinuousClock.now >= end, !unswept.isEmpty else { continue }
      environment.loop.schedule(at: now + .microseconds(1)) { [self] in sweep() }
      return
    }
    unswept = []
    isSweeping = false
    if environment.heldBytes > environment.limits.heldBytesMax { endHoldingMost(now: now) }
    giveBackMemory(environment.heldBytes, now: now)
    // What a load has left is given back even when all of it ends at once.
    if !connections.isEmpty || loadMost >= Self.loadWorthGivingBack { sweepLater() }
  }

  private func endHoldingMost(now: ContinuousClock.Instant) {
    let all = Array(connections.values)
    let ending = HoldingRelief.ending(
      all.map { .init(bytes: $0.heldBytes, stalled: $0.stalled(now: now)) },
      held: environment.heldBytes, environment.limits)
    for (index, cause) in ending { all[index].endHolding(cause: cause.rawValue) }
  }

  /// Lets the system have what a load that is over has left: the allocator keeps it for ever
  /// otherwise, and an attack of a minute would be seen in the memory of a month.
  private func giveBackMemory(_ held: Int, now: ContinuousClock.Instant) {
    let load =
      held + connections.count * Self.connectionBytes
      + environment.runningHandlers * Self.handlerBytes
    let mayGiveBack = gaveBack.map { now >= $0 + Self.giveBackInterval } ?? true
    if mayGiveBack, load < loadMost / 4 && loadMost >= Self.loadWorthGivingBack {
      blocks.giveBack()
      Memory.giveBack()
      gaveBack = now
      loadMost = load
    }
    loadMost = max(loadMost, load)
  }

  /// Lets what runs finish, and calls back when nothing is left. To be called when all loops of the
  /// server have stopped listening.
  func drain(until deadline: ContinuousClock.Instant, _ done: @escaping () -> Void) {
    precondition(whenDrained == nil, "a server is drained once")
    whenDrained = done
    environment.whenIdle = { [self] in finishDraining() }
    environment.loop.schedule(at: deadline) { [self] in
      for connection in connections.values { connection.interrupt() }
      environment.loop.schedule(at: environment.loop.now + Self.farewellTimeout) { [self] in
        for connection in connections.values { connection.cancel() }
      }
    }
    for connection in connections.values { connection.drain() }
    finishDraining()
  }

  /// Takes no more connections but those that wait in the kernel. Sockets that another process
  /// listens on as well are left to it.
  func stopListening(leavesSockets: Bool) {
    // The route leads back here through the other loops.
    defer { route = nil }
    guard isListening else { return }
    isListening = false
    for listener in listeners {
      environment.loop.deregister(listener.socket.descriptor.rawValue)
      if leavesSockets { continue }
      // Connections that the kernel has accepted for us would be reset.
      while acceptOne(from: listener) {}
      listener.socket.stopListening()
    }
    listeners = []
  }

  private func finishDraining() {
    guard connections.isEmpty, environment.runningHandlers == 0, let done = whenDrained else {
      return
    }
    whenDrained = nil
    environment.whenIdle = nil
    done()
  }
}
