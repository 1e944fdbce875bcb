internal import Reactor
internal import Telemetry

/// The connections of one loop: does what ``PoolState`` decides.
///
/// Unchecked: after `init` everything is touched on the loop only; ``onLoop(_:)`` is the way in.
final class ConnectionPool: ConnectionOwner, @unchecked Sendable {
  let loop: EventLoop
  let configuration: DatabaseConfiguration
  private let parameters: ConnectionParameters?
  private let resolver = Resolver()
  private let log: Logger
  private let counters: Counters
  private var state: PoolState
  private var connections: [UInt64: PostgresConnection] = [:]
  /// What waits for a connection, by the number ``PoolState`` knows it under.
  private var waiting: [UInt64: Request] = [:]
  private var lastRequest: UInt64 = 0

  struct Counters: Sendable {
    let queries: Counter
    let waits: Counter
    let failures: Counter
    let connections: Gauge

    init(_ metrics: Metrics) {
      queries = metrics.counter(
        "klinke_postgres_queries_total", help: "Statements outside of transactions.")
      waits = metrics.counter(
        "klinke_postgres_waits_total", help: "Requests that found no free connection.")
      failures = metrics.counter(
        "klinke_postgres_connection_failures_total",
        help: "Connections that broke or could not be opened.")
      connections = metrics.gauge("klinke_postgres_connections", help: "Open connections.")
    }
  }

  /// The most that preparing a statement may take, locks included.
  private static let preparationMax = Duration.seconds(10)

  init(loop: EventLoop, configuration: DatabaseConfiguration, log: Logger, counters: Counters) {
    self.loop = loop
    self.configuration = configuration
    self.log = log
    self.counters = counters
    parameters = ConnectionParameters(
      url: configuration.url, applicationName: configuration.applicationName
    ).map { parameters in
      var parameters = parameters
      parameters.limitStatements(to: Self.preparationMax)
      return parameters
    }
    state = PoolState(
      limits: .init(
        connections: configuration.connectionsPerLoop,
        flightsPerConnection: configuration.flightsPerConnection,
        waiters: configuration.waitersPerLoop))
  }

  func figures() async -> Database.PoolFigures {
    await loop.run { [self] in
      Database.PoolFigures(
        open: state.open, waiting: state.waiting,
        connectionsMax: configuration.connectionsPerLoop)
    }
  }

  /// Runs a closure on the loop, at once when already there.
  func onLoop(_ closure: @escaping @Sendable () -> Void) {
    if loop.isCurrent { closure() } else { loop.execute(closure) }
  }

  // MARK: Requests

  func submit(_ request: Request, _ continuation: Request.Continuation) {
    guard request.begin(continuation) else { return }
    guard request.deadline > loop.now else { return request.complete(.failure(.timeout)) }
    lastRequest += 1
    request.id = lastRequest
    waiting[request.id] = request
    let use: PoolState.Use
    switch request.work {
    case .statement:
      use = .flight
      counters.queries.add()
    case .lease: use = .lease
    case .step: preconditionFailure("a step belongs to a lease")
    }
    apply(state.request(request.id, use))
    guard waiting[request.id] != nil else { return }
    counters.waits.add()
    let began = loop.now
    let limit = min(request.deadline, began + configuration.waitMax)
    request.timer = loop.schedule(at: limit) { [weak self, weak request] in
      guard let self, let request, let actions = state.abandon(request.id) else { return }
      waiting[request.id] = nil
      request.complete(.failure(waitFailure(request, began: began)))
      apply(actions)
    }
  }

  /// The caller is gone. What is on its way to the server stays there; its answer is dropped.
  func cancel(_ request: Request) {
    request.complete(.failure(.cancelled))
    guard waiting[request.id] != nil, let actions = state.abandon(request.id) else { return }
    waiting[request.id] = nil
    if let timer = request.timer { loop.cancel(timer) }
    apply(actions)
  }

  private func waitFailure(_ request: Request, began: ContinuousClock.Instant) -> PostgresError {
    if request.deadline <= loop.now { return .timeout }
    if !state.hasOpenConnection { return .connectionLost }
    return .poolExhausted(waited: began.duration(to: loop.now))
  }

  /// A transaction is over. A connection that is not as new is replaced.
  func endLease(of connection: PostgresConnection) {
    connection.isLeased = false
    guard connections[connection.id] === connection else { return }
    guard connection.isIdle else { return connection.abort() }
    apply(state.leaseEnded(on: connection.id))
  }

  func close() { apply(state.close()) }

  // MARK: Decisions

  private func apply(_ actions: [PoolState.Action]) {
    for action in actions {
      switch action {
      case .run(let id, let connection): run(id, on: connection)
      case .open(let connection): open(connection)
      case .retryLater(let failures):
        loop.schedule(at: loop.now + Self.pause(after: failures)) { [weak self] in
          guard let self else { return }
          apply(state.retry())
        }
      case .close(let connection):
        connections.removeValue(forKey: connection)?.close()
      case .refuse(let id):
        let request = waiting.removeValue(forKey: id)
        if let timer = request?.timer { loop.cancel(timer) }
        request?.complete(.failure(state.isClosed ? .closed : .poolExhausted(waited: .zero)))
      }
    }
    counters.connections.set(state.open)
  }

  private func run(_ id: UInt64, on connectionID: UInt64) {
    guard let request = waiting.removeValue(forKey: id),
      let connection = connections[connectionID]
    else { return }
    if let timer = request.timer { loop.cancel(timer) }
    switch request.work {
    case .statement, .step: connection.send(request)
    case .lease:
      connection.isLeased = true
      request.complete(.success(.lease(connection)))
    }
  }

  private func open(_ id: UInt64) {
    let connection = PostgresConnection(
      id: id, loop: loop, owner: self,
      preparedStatementsMax: configuration.preparedStatementsMax)
    connections[id] = connection
    connection.limitOpening(until: loop.now + configuration.connectMax)
    guard let parameters, !parameters.namesToResolve.isEmpty else {
      return connection.connect(parameters)
    }
    // Nobody awaits the task: it ends when the resolver answers, and a connection that was given up
    // meanwhile ignores it.
    Task { [self, resolver] in
      let resolved = await parameters.resolved(resolver)
      loop.execute { [self] in connections[id]?.connect(resolved) }
    }
  }

  /// 50 ms, doubled with each failure in a row, 2 s at most.
  static func pause(after failures: Int) -> Duration {
    .milliseconds(min(50 << min(failures - 1, 10), 2000))
  }

  // MARK: ConnectionOwner

  func opened(_ connection: PostgresConnection) {
    log.debug("postgres.connected", ["connection": .int(Int(connection.id))])
    apply(state.opened(connection.id))
  }

  func lost(_ connection: PostgresConnection, reason: String) {
    counters.failures.add()
    log.warning("postgres.connection_lost", ["reason": .string(reason)])
    connections[connection.id] = nil
    apply(state.lost(connection.id))
  }

  func flightEnded(on connection: PostgresConnection) {
    apply(state.flightEnded(on: connection.id))
  }
}
