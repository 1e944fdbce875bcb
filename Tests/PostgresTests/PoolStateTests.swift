internal import Testing

@testable internal import Postgres

@Suite("PoolState")
struct PoolStateTests {
  private func pool(connections: Int = 2, flights: Int = 2, waiters: Int = 4) -> PoolState {
    PoolState(
      limits: .init(connections: connections, flightsPerConnection: flights, waiters: waiters))
  }

  @Test("opens a connection for the first request and runs it there")
  func first() {
    var pool = pool()
    #expect(pool.request(1, .flight) == [.open(connection: 1)])
    #expect(pool.opened(1).first == .run(request: 1, connection: 1))
    #expect(pool.waiting == 0)
  }

  @Test("prefers an idle connection, then opens one, then shares the least busy")
  func spreads() {
    var pool = pool()
    _ = pool.request(1, .flight)
    #expect(pool.opened(1) == [.run(request: 1, connection: 1), .open(connection: 2)])
    #expect(pool.request(2, .flight) == [.run(request: 2, connection: 1)])
    #expect(pool.opened(2) == [])
    #expect(pool.request(3, .flight) == [.run(request: 3, connection: 2)])
    #expect(pool.flightEnded(on: 1) == [])
    #expect(pool.flightEnded(on: 1) == [])
    #expect(pool.request(4, .flight) == [.run(request: 4, connection: 1)])
  }

  @Test("queues in order when every pipeline is full, and refuses when the queue is full too")
  func bounds() {
    var pool = pool(connections: 1, flights: 1, waiters: 2)
    _ = pool.request(1, .flight)
    _ = pool.opened(1)
    #expect(pool.request(2, .flight) == [])
    #expect(pool.request(3, .flight) == [])
    #expect(pool.request(4, .flight) == [.refuse(request: 4)])
    #expect(pool.flightEnded(on: 1) == [.run(request: 2, connection: 1)])
    #expect(pool.flightEnded(on: 1) == [.run(request: 3, connection: 1)])
  }

  @Test("forgets a waiter that gave up, once")
  func abandon() {
    var pool = pool(connections: 1, flights: 1)
    _ = pool.request(1, .flight)
    _ = pool.opened(1)
    _ = pool.request(2, .flight)
    _ = pool.request(3, .flight)
    #expect(pool.abandon(2) == [])
    #expect(pool.abandon(2) == nil)
    #expect(pool.abandon(1) == nil)
    #expect(pool.flightEnded(on: 1) == [.run(request: 3, connection: 1)])
  }

  @Test("leases a connection only when nothing travels on it, and lets it run empty for that")
  func lease() {
    var pool = pool(connections: 2, flights: 4)
    _ = pool.request(1, .flight)
    _ = pool.opened(1)
    _ = pool.opened(2)
    _ = pool.request(2, .flight)
    #expect(pool.request(3, .lease) == [])
    // Connection 1 is reserved: the next flight goes to the other one.
    #expect(pool.flightEnded(on: 1) == [.run(request: 3, connection: 1)])
    #expect(pool.request(4, .flight) == [.run(request: 4, connection: 2)])
    #expect(pool.leaseEnded(on: 1) == [])
    #expect(pool.request(5, .flight) == [.run(request: 5, connection: 1)])
  }

  @Test("keeps one connection for statements outside of transactions")
  func leaseBound() {
    var pool = pool(connections: 2, flights: 4)
    _ = pool.request(1, .lease)
    #expect(pool.opened(1).first == .run(request: 1, connection: 1))
    _ = pool.opened(2)
    #expect(pool.request(2, .lease) == [])
    #expect(pool.abandon(2) == [])
    #expect(pool.request(3, .flight) == [.run(request: 3, connection: 2)])
    #expect(pool.request(4, .lease) == [])
    #expect(pool.leaseEnded(on: 1) == [.run(request: 4, connection: 1)])
  }

  @Test("a flight does not wait behind a lease that waits")
  func overtakes() {
    var pool = pool(connections: 2, flights: 4)
    _ = pool.request(1, .lease)
    _ = pool.opened(1)
    _ = pool.opened(2)
    #expect(pool.request(2, .lease) == [])
    #expect(pool.request(3, .flight) == [.run(request: 3, connection: 2)])
  }

  @Test("a connection kept free for a lease takes flights again when the lease gives up")
  func unreserved() {
    var pool = pool(connections: 1, flights: 4)
    _ = pool.request(1, .flight)
    _ = pool.opened(1)
    #expect(pool.request(2, .lease) == [])
    #expect(pool.request(3, .flight) == [])
    #expect(pool.abandon(2) == [.run(request: 3, connection: 1)])
  }

  @Test("pauses after a failure, longer after the next, and opens again for who still waits")
  func retries() {
    var pool = pool()
    _ = pool.request(1, .flight)
    #expect(pool.lost(1) == [.retryLater(failures: 1)])
    #expect(pool.request(2, .flight) == [])
    #expect(pool.retry() == [.open(connection: 2)])
    #expect(pool.lost(2) == [.retryLater(failures: 2)])
    #expect(!pool.hasOpenConnection)
    #expect(pool.retry() == [.open(connection: 3)])
    #expect(
      pool.opened(3).prefix(2) == [
        .run(request: 1, connection: 3), .run(request: 2, connection: 3),
      ])
  }

  @Test("a broken connection is replaced when somebody waits")
  func replaced() {
    var pool = pool(connections: 1, flights: 1)
    _ = pool.request(1, .flight)
    _ = pool.opened(1)
    _ = pool.request(2, .flight)
    #expect(pool.lost(1) == [.open(connection: 2)])
    #expect(pool.flightEnded(on: 1) == [])
    #expect(pool.opened(2) == [.run(request: 2, connection: 2)])
  }

  @Test("closing refuses who waits, and closes a lease when its transaction ends")
  func close() {
    var pool = pool(connections: 1, flights: 1)
    _ = pool.request(1, .lease)
    _ = pool.opened(1)
    _ = pool.request(2, .flight)
    #expect(pool.close() == [.refuse(request: 2)])
    #expect(pool.request(3, .flight) == [.refuse(request: 3)])
    #expect(pool.leaseEnded(on: 1) == [.close(connection: 1)])
  }

  @Test("never runs a request twice, nor loses one, nor exceeds a limit", arguments: 0..<40)
  func random(seed: Int) {
    var walk = PoolWalk(seed: UInt64(seed) + 1)
    walk.run(steps: 500)
    walk.finish()
    #expect(walk.problem == nil)
  }
}

/// Drives a pool with random events and keeps books of its own.
private struct PoolWalk {
  private var pool = PoolState(limits: .init(connections: 3, flightsPerConnection: 2, waiters: 8))
  private var random: UInt64
  private var opening: [UInt64] = []
  private var flights: [UInt64: Int] = [:]
  private var leased: Set<UInt64> = []
  private var waiting: [UInt64: PoolState.Use] = [:]
  private var last: UInt64 = 0
  private var pausing = false
  private(set) var problem: String?

  init(seed: UInt64) { random = seed &* 0x9e37_79b9_7f4a_7c15 }

  private mutating func next(_ bound: Int) -> Int {
    random ^= random << 13
    random ^= random >> 7
    random ^= random << 17
    return Int(random % UInt64(bound))
  }

  mutating func run(steps: Int) {
    for _ in 0..<steps where problem == nil {
      switch next(9) {
      case 0, 1, 2:
        last += 1
        let use: PoolState.Use = next(4) == 0 ? .lease : .flight
        waiting[last] = use
        take(pool.request(last, use))
      case 3:
        if let id = opening.popLast() {
          flights[id] = 0
          take(pool.opened(id))
        }
      case 4:
        if let id = opening.popLast() { take(pool.lost(id)) }
        if pausing {
          pausing = false
          take(pool.retry())
        }
      case 5:
        if let id = flights.filter({ $0.value > 0 }).keys.min() {
          flights[id, default: 0] -= 1
          take(pool.flightEnded(on: id))
        }
      case 6:
        if let id = leased.min() {
          leased.remove(id)
          take(pool.leaseEnded(on: id))
        }
      case 7:
        if let id = waiting.keys.min() {
          waiting[id] = nil
          guard let actions = pool.abandon(id) else {
            problem = "\(id) does not wait"
            return
          }
          take(actions)
        }
      default:
        guard next(4) == 0, let id = flights.keys.max() else { continue }
        flights[id] = nil
        leased.remove(id)
        take(pool.lost(id))
      }
      if pool.waiting != waiting.count { problem = "\(pool.waiting) wait, not \(waiting.count)" }
    }
  }

  /// Lets everything under way end; then nobody may be left waiting.
  mutating func finish() {
    while problem == nil {
      if pausing {
        pausing = false
        take(pool.retry())
      } else if let id = opening.popLast() {
        flights[id] = 0
        take(pool.opened(id))
      } else if let id = leased.min() {
        leased.remove(id)
        take(pool.leaseEnded(on: id))
      } else if let id = flights.first(where: { $0.value > 0 })?.key {
        flights[id, default: 0] -= 1
        take(pool.flightEnded(on: id))
      } else {
        break
      }
    }
    if !waiting.isEmpty { problem = problem ?? "\(waiting) wait for nothing" }
  }

  private mutating func take(_ actions: [PoolState.Action]) {
    for action in actions {
      switch action {
      case .run(let request, let connection):
        guard let use = waiting.removeValue(forKey: request), let count = flights[connection],
          !leased.contains(connection)
        else {
          problem = "request \(request) runs on \(connection)"
          return
        }
        switch use {
        case .flight: flights[connection] = count + 1
        case .lease: leased.insert(connection)
        }
        if flights[connection, default: 0] > 2 { problem = "a pipeline is too long" }
        if leased.contains(connection), count > 0 { problem = "a lease is shared" }
        if leased.count > 2 { problem = "every connection is leased" }
      case .open(let connection): opening.append(connection)
      case .retryLater: pausing = true
      case .close: problem = "nothing was to be closed"
      case .refuse(let request):
        if waiting.count <= 8 { problem = "refused too early" }
        waiting[request] = nil
      }
      if opening.count + flights.count > 3 { problem = "too many connections" }
    }
  }
}
