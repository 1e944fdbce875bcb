/// Who uses which connection of one loop, who waits, and what to open next.
///
/// A *flight* is a self-contained statement: several share a connection's pipeline. A *lease* has a
/// connection to itself, for a transaction. Both wait in one queue, first come, first served.
struct PoolState {
  struct Limits: Sendable, Hashable {
    var connections: Int
    var flightsPerConnection: Int
    var waiters: Int
  }

  enum Use: Hashable, Sendable {
    case flight
    case lease
  }

  enum Action: Hashable {
    /// Run the request on the connection.
    case run(request: UInt64, connection: UInt64)
    /// Begin a connection; report ``opened(_:)`` or ``lost(_:)``.
    case open(connection: UInt64)
    /// Call ``retry()`` after the pause of this many failures in a row.
    case retryLater(failures: Int)
    /// The connection is not wanted any more.
    case close(connection: UInt64)
    /// There is no room to wait.
    case refuse(request: UInt64)
  }

  private enum Connection: Hashable {
    /// On its way; goes to `shared` or is removed.
    case opening
    /// Carries this many flights and takes more.
    case shared(flights: Int)
    /// Carries this many flights and takes no more, because a lease waits for it.
    case draining(flights: Int)
    /// Belongs to one transaction.
    case leased
  }

  private enum Phase: Hashable {
    case running
    /// Opening failed this many times in a row; a retry is due.
    case pausing(failures: Int)
    case closed
  }

  private struct Waiter {
    var request: UInt64
    var use: Use
  }

  private let limits: Limits
  private var connections: [UInt64: Connection] = [:]
  private var waiters = Queue<Waiter>()
  private var phase = Phase.running
  private var failures = 0
  private var lastConnection: UInt64 = 0

  init(limits: Limits) {
    precondition(limits.connections > 0 && limits.flightsPerConnection > 0, "a pool has room")
    self.limits = limits
  }

  /// Whether any connection is open; decides what a waiter is told whose time is over.
  var hasOpenConnection: Bool { connections.values.contains { $0 != .opening } }
  var isClosed: Bool { phase == .closed }
  var waiting: Int { waiters.count }
  var open: Int { connections.values.count { $0 != .opening } }

  // MARK: Events

  mutating func request(_ request: UInt64, _ use: Use) -> [Action] {
    if phase == .closed { return [.refuse(request: request)] }
    guard waiters.count < limits.waiters else { return [.refuse(request: request)] }
    waiters.append(Waiter(request: request, use: use))
    return proceed()
  }

  /// A waiter gave up. Returns whether it was still waiting.
  mutating func abandon(_ request: UInt64) -> Bool {
    waiters.remove { $0.request == request } != nil
  }

  mutating func opened(_ connection: UInt64) -> [Action] {
    guard phase != .closed else { return [.close(connection: connection)] }
    failures = 0
    phase = .running
    connections[connection] = .shared(flights: 0)
    return proceed()
  }

  mutating func flightEnded(on connection: UInt64) -> [Action] {
    switch connections[connection] {
    case .shared(let flights): connections[connection] = .shared(flights: flights - 1)
    case .draining(let flights): connections[connection] = .draining(flights: flights - 1)
    case .opening, .leased, nil: return []
    }
    return proceed()
  }

  mutating func leaseEnded(on connection: UInt64) -> [Action] {
    guard connections[connection] == .leased else { return [] }
    if phase == .closed {
      connections[connection] = nil
      return [.close(connection: connection)]
    }
    connections[connection] = .shared(flights: 0)
    return proceed()
  }

  /// The connection broke, or could not be opened.
  mutating func lost(_ connection: UInt64) -> [Action] {
    guard let state = connections.removeValue(forKey: connection), phase != .closed else {
      return []
    }
    switch state {
    case .opening:
      failures += 1
      // Others that fail meanwhile must not make more timers.
      if case .pausing = phase { return [] }
      phase = .pausing(failures: failures)
      return [.retryLater(failures: failures)]
    case .shared, .draining, .leased:
      return proceed()
    }
  }

  /// The pause after a failure is over.
  mutating func retry() -> [Action] {
    guard case .pausing = phase else { return [] }
    phase = .running
    return proceed()
  }

  /// Ends the pool. Leased connections end with their transaction; who waits is refused.
  mutating func close() -> [Action] {
    phase = .closed
    var actions: [Action] = []
    while let waiter = waiters.popFirst() { actions.append(.refuse(request: waiter.request)) }
    for (connection, state) in connections where state != .leased {
      connections[connection] = nil
      actions.append(.close(connection: connection))
    }
    return actions
  }

  // MARK: Decisions

  /// Gives connections to waiters from the front until one has to go on waiting.
  private mutating func proceed() -> [Action] {
    var actions: [Action] = []
    while let waiter = waiters.first, let connection = take(for: waiter.use) {
      _ = waiters.popFirst()
      actions.append(.run(request: waiter.request, connection: connection))
    }
    if let waiter = waiters.first {
      if waiter.use == .lease { reserve() }
    } else {
      release()
    }
    if wantsMore, phase == .running, connections.count < limits.connections {
      lastConnection += 1
      connections[lastConnection] = .opening
      actions.append(.open(connection: lastConnection))
    }
    return actions
  }

  private mutating func take(for use: Use) -> UInt64? {
    switch use {
    case .flight:
      var best: (connection: UInt64, flights: Int)?
      for (connection, state) in connections {
        guard case .shared(let flights) = state, flights < limits.flightsPerConnection else {
          continue
        }
        if best.map({ (flights, connection) < ($0.flights, $0.connection) }) ?? true {
          best = (connection, flights)
        }
      }
      guard let best else { return nil }
      connections[best.connection] = .shared(flights: best.flights + 1)
      return best.connection
    case .lease:
      // One connection stays for statements outside of transactions: a transaction that waits for
      // such a statement would otherwise hold what the statement waits for.
      let leased = connections.values.count { $0 == .leased }
      guard leased < max(1, limits.connections - 1) else { return nil }
      let idle = connections.filter {
        $0.value == .shared(flights: 0) || $0.value == .draining(flights: 0)
      }
      guard let connection = idle.keys.min() else { return nil }
      connections[connection] = .leased
      return connection
    }
  }

  /// Lets the least busy connection run empty for the lease at the front.
  private mutating func reserve() {
    var best: (connection: UInt64, flights: Int)?
    for (connection, state) in connections {
      switch state {
      case .draining: return
      case .shared(let flights):
        if best.map({ (flights, connection) < ($0.flights, $0.connection) }) ?? true {
          best = (connection, flights)
        }
      case .opening, .leased: continue
      }
    }
    let leased = connections.values.count { $0 == .leased }
    guard leased < max(1, limits.connections - 1), let best else { return }
    connections[best.connection] = .draining(flights: best.flights)
  }

  /// Lets connections take flights again when no lease waits for them.
  private mutating func release() {
    for (connection, state) in connections {
      if case .draining(let flights) = state { connections[connection] = .shared(flights: flights) }
    }
  }

  /// Whether another connection would help: somebody waits, or every open one is in use.
  private var wantsMore: Bool {
    let opening = connections.values.count { $0 == .opening }
    if !waiters.isEmpty { return opening < waiters.count }
    let isBusy = connections.values.contains { $0 != .opening && $0 != .shared(flights: 0) }
    let hasIdle = connections.values.contains(.shared(flights: 0))
    return isBusy && !hasIdle && opening == 0
  }
}
