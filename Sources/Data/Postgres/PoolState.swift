/// Who uses which connection of one loop, who waits, and what to open next.
///
/// A *flight* is a self-contained statement: several share a connection's pipeline. A *lease* has a
/// connection to itself, for a transaction. Each kind is served in the order in which it came; flights
/// do not wait behind leases, because a transaction may itself wait for a flight.
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

  private struct Slot {
    let id: UInt64
    var connection: Connection
  }

  private let limits: Limits
  /// In the order in which they were opened. A handful: a search costs less than hashing.
  private var slots: [Slot] = []
  private var flights = Queue<UInt64>()
  private var leases = Queue<UInt64>()
  private var phase = Phase.running
  private var failures = 0
  private var lastConnection: UInt64 = 0

  init(limits: Limits) {
    precondition(limits.connections > 0 && limits.flightsPerConnection > 0, "a pool has room")
    self.limits = limits
  }

  /// Whether any connection is open; decides what a waiter is told whose time is over.
  var hasOpenConnection: Bool { slots.contains { $0.connection != .opening } }
  var isClosed: Bool { phase == .closed }
  var waiting: Int { flights.count + leases.count }
  var open: Int { slots.count { $0.connection != .opening } }

  // MARK: Events

  mutating func request(_ request: UInt64, _ use: Use) -> [Action] {
    if phase == .closed { return [.refuse(request: request)] }
    guard waiting < limits.waiters else { return [.refuse(request: request)] }
    switch use {
    case .flight: flights.append(request)
    case .lease: leases.append(request)
    }
    return proceed()
  }

  /// A waiter gave up. `nil` when it was not waiting any more.
  mutating func abandon(_ request: UInt64) -> [Action]? {
    if flights.remove(where: { $0 == request }) != nil { return [] }
    guard leases.remove(where: { $0 == request }) != nil else { return nil }
    // A connection may have been kept free for it.
    return proceed()
  }

  mutating func opened(_ connection: UInt64) -> [Action] {
    guard phase != .closed, let index = index(of: connection) else {
      return [.close(connection: connection)]
    }
    failures = 0
    phase = .running
    slots[index].connection = .shared(flights: 0)
    return proceed()
  }

  mutating func flightEnded(on connection: UInt64) -> [Action] {
    guard let index = index(of: connection) else { return [] }
    switch slots[index].connection {
    case .shared(let flights): slots[index].connection = .shared(flights: flights - 1)
    case .draining(let flights): slots[index].connection = .draining(flights: flights - 1)
    case .opening, .leased: return []
    }
    // What ends leaves room: without a waiter there is nothing to decide.
    return waiting == 0 ? [] : proceed()
  }

  mutating func leaseEnded(on connection: UInt64) -> [Action] {
    guard let index = index(of: connection), slots[index].connection == .leased else { return [] }
    if phase == .closed {
      slots.remove(at: index)
      return [.close(connection: connection)]
    }
    slots[index].connection = .shared(flights: 0)
    return proceed()
  }

  /// The connection broke, or could not be opened.
  mutating func lost(_ connection: UInt64) -> [Action] {
    guard let index = index(of: connection) else { return [] }
    let slot = slots.remove(at: index)
    if phase == .closed { return [] }
    switch slot.connection {
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
    while let request = flights.popFirst() { actions.append(.refuse(request: request)) }
    while let request = leases.popFirst() { actions.append(.refuse(request: request)) }
    for slot in slots where slot.connection != .leased {
      actions.append(.close(connection: slot.id))
    }
    slots.removeAll { $0.connection != .leased }
    return actions
  }

  // MARK: Decisions

  /// Gives connections to whoever can have one, and opens another if that would help.
  private mutating func proceed() -> [Action] {
    var actions: [Action] = []
    while let request = leases.first, let connection = takeForLease() {
      _ = leases.popFirst()
      actions.append(.run(request: request, connection: connection))
    }
    if leases.isEmpty { release() } else { reserve() }
    while let request = flights.first, let connection = takeForFlight() {
      _ = flights.popFirst()
      actions.append(.run(request: request, connection: connection))
    }
    if phase == .running, slots.count < limits.connections, wantsMore {
      lastConnection += 1
      slots.append(Slot(id: lastConnection, connection: .opening))
      actions.append(.open(connection: lastConnection))
    }
    return actions
  }

  private func index(of connection: UInt64) -> Int? { slots.firstIndex { $0.id == connection } }

  private mutating func takeForFlight() -> UInt64? {
    guard let (index, flights) = leastBusy(), flights < limits.flightsPerConnection else {
      return nil
    }
    slots[index].connection = .shared(flights: flights + 1)
    return slots[index].id
  }

  private mutating func takeForLease() -> UInt64? {
    guard mayLease else { return nil }
    let index = slots.firstIndex {
      $0.connection == .shared(flights: 0) || $0.connection == .draining(flights: 0)
    }
    guard let index else { return nil }
    slots[index].connection = .leased
    return slots[index].id
  }

  /// One connection stays for statements outside of transactions: a transaction that waits for such
  /// a statement would otherwise hold what the statement waits for.
  private var mayLease: Bool {
    slots.count { $0.connection == .leased } < max(1, limits.connections - 1)
  }

  private func leastBusy() -> (index: Int, flights: Int)? {
    var best: (index: Int, flights: Int)?
    for index in slots.indices {
      guard case .shared(let flights) = slots[index].connection else { continue }
      if flights == 0 { return (index, 0) }
      if best.map({ flights < $0.flights }) ?? true { best = (index, flights) }
    }
    return best
  }

  /// Lets the least busy connection run empty for the first lease.
  private mutating func reserve() {
    for slot in slots { if case .draining = slot.connection { return } }
    guard mayLease, let (index, flights) = leastBusy() else { return }
    slots[index].connection = .draining(flights: flights)
  }

  /// Lets connections take flights again when no lease waits for them.
  private mutating func release() {
    for index in slots.indices {
      if case .draining(let flights) = slots[index].connection {
        slots[index].connection = .shared(flights: flights)
      }
    }
  }

  /// Whether another connection would help: somebody waits, or every open one is in use.
  private var wantsMore: Bool {
    let opening = slots.count { $0.connection == .opening }
    if waiting > 0 { return opening < waiting }
    return opening == 0 && !slots.isEmpty
      && !slots.contains { $0.connection == .shared(flights: 0) }
  }
}
