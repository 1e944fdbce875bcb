private import CPostgres
internal import Reactor
internal import Telemetry

/// Hears what becomes of a connection.
protocol ConnectionOwner: AnyObject {
  func opened(_ connection: PostgresConnection)
  func lost(_ connection: PostgresConnection, reason: String)
  func flightEnded(on connection: PostgresConnection)
}

/// One libpq connection in pipeline mode on a loop. Everything here runs on that loop and nothing
/// blocks: libpq is only ever asked for what it already has.
///
/// libpq's own calls are in ``Link``; which answer belongs to what is decided by
/// ``PipelineState``.
///
/// Sendable unchecked, because only its loop calls it.
final class PostgresConnection: ReadinessHandler, @unchecked Sendable {
  private enum Phase {
    /// Host names are being resolved, no socket yet.
    case resolving
    case connecting(Link)
    /// The first statements are out that every flight relies on.
    case open(Link)
    case closed
  }

  let id: UInt64
  private let loop: EventLoop
  private weak var owner: (any ConnectionOwner)?
  private var phase = Phase.resolving
  private var registered: Int32?
  private var isWriting = false
  private var pipeline = PipelineState()
  private var flights = Queue<Flight>()
  private var cache: StatementCache
  private var connectTimer: TimerID?
  private var expiry: (at: ContinuousClock.Instant, timer: TimerID)?
  /// Set while a transaction has this connection: nobody else's statement can be hit by a cancel.
  var isLeased = false

  /// How long after its deadline the oldest flight may keep a connection before the connection is
  /// given up. The server's own timeout normally ends it first.
  private static let grace = Duration.seconds(2)

  init(id: UInt64, loop: EventLoop, owner: any ConnectionOwner, preparedStatementsMax: Int) {
    self.id = id
    self.loop = loop
    self.owner = owner
    cache = StatementCache(capacity: preparedStatementsMax)
  }

  var isOpen: Bool {
    switch phase {
    case .open: true
    case .resolving, .connecting, .closed: false
    }
  }

  // MARK: Opening

  /// Gives up when it is not open by then.
  func limitOpening(until deadline: ContinuousClock.Instant) {
    connectTimer = loop.schedule(at: deadline) { [weak self] in
      guard let self, !isOpen else { return }
      fail("no answer in time")
    }
  }

  func connect(_ parameters: ConnectionParameters?) {
    guard case .resolving = phase else { return }
    guard let parameters else { return fail("the host name has no address") }
    guard let link = Link(parameters) else { return fail("out of memory") }
    phase = .connecting(link)
    // As if polling had said so: libpq begins by waiting until it can write. Without a socket it has
    // failed already, as for a Unix socket that is not there.
    follow(link, link.descriptor < 0 ? .failed : .writing)
  }

  private func poll(_ link: Link) {
    // The next step may close the socket and open another under the same number.
    deregister()
    follow(link, link.poll())
  }

  private func follow(_ link: Link, _ step: Link.ConnectStep) {
    switch step {
    case .reading: register(link, .read)
    case .writing: register(link, .write)
    case .failed: fail(link.errorMessage)
    case .open:
      guard link.enterPipeline(), link.prepare(Link.configureName, Link.configureText, types: []),
        link.sync()
      else { return fail(link.errorMessage) }
      if let connectTimer { loop.cancel(connectTimer) }
      connectTimer = nil
      phase = .open(link)
      let configure = PreparedStatement(name: Link.configureName, text: Link.configureText)
      pipeline.sent(commands: 1)
      flights.append(Flight(request: nil, statement: configure))
      register(link, .read)
      flush(link)
      if isOpen { owner?.opened(self) }
    }
  }

  private func register(_ link: Link, _ interest: Interest) {
    let descriptor = link.descriptor
    do throws(SocketError) {
      try loop.register(descriptor, interest: interest, handler: self)
      registered = descriptor
      isWriting = interest.contains(.write)
    } catch {
      fail("\(error)")
    }
  }

  private func deregister() {
    if let registered { loop.deregister(registered) }
    registered = nil
  }

  // MARK: Sending

  /// Sends a request's statement. Its answer goes to the request.
  func send(_ request: Request) {
    guard case .open(let link) = phase else {
      request.complete(.failure(.connectionLost))
      owner?.flightEnded(on: self)
      return
    }
    let sent: Bool
    switch request.work {
    case .statement(let sql, let scope):
      sent = transmit(link, sql, request, opening: [.configure(scope)])
    case .step(let sql):
      let opening = request.opening.map { [Opening.begin, .configure($0)] }
      sent = transmit(link, sql, request, opening: opening ?? [])
    case .lease:
      preconditionFailure("a lease is not a statement")
    }
    guard sent else {
      request.complete(.failure(.connectionLost))
      return fail(link.errorMessage)
    }
    flush(link)
    watch(request.deadline)
  }

  private enum Opening {
    case begin
    case configure(Scope)
  }

  private func transmit(_ link: Link, _ sql: SQL, _ request: Request, opening: [Opening]) -> Bool {
    guard let statement = prepare(link, sql) else { return false }
    for step in opening {
      switch step {
      case .begin:
        guard link.execute("BEGIN") else { return false }
      case .configure(let scope):
        let binds = [
          PostgresValue(text: scope.setting),
          PostgresValue(text: milliseconds(until: request.deadline)),
        ]
        guard link.run(Link.configureName, binds) else { return false }
      }
    }
    guard link.run(statement.name, sql.binds), link.sync() else { return false }
    pipeline.sent(commands: opening.count + 1)
    flights.append(Flight(request: request, statement: statement))
    return true
  }

  /// Has the server know the statement. Preparing has a flight of its own, so that its failure is
  /// told apart from the statement's.
  private func prepare(_ link: Link, _ sql: SQL) -> PreparedStatement? {
    switch cache.use(StatementCache.Key(sql)) {
    case .known(let statement): return statement
    case .new(let statement, let evicted):
      if let evicted {
        // In a failed transaction the server refuses this and keeps the statement: a few bytes until
        // the connection ends.
        guard link.execute("DEALLOCATE \(evicted.name)"), link.sync() else { return nil }
        pipeline.sent(commands: 1)
        flights.append(Flight(request: nil, statement: nil))
      }
      guard link.prepare(statement.name, statement.text, types: sql.binds.map(\.type)), link.sync()
      else { return nil }
      pipeline.sent(commands: 1)
      flights.append(Flight(request: nil, statement: statement))
      return statement
    }
  }

  private func milliseconds(until deadline: ContinuousClock.Instant) -> String {
    let (seconds, attoseconds) = loop.now.duration(to: deadline).components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    // 0 would mean no limit.
    return String(min(max(milliseconds, 1), Int64(Int32.max)))
  }

  /// Writes what libpq holds back, and asks for more when the socket takes it.
  private func flush(_ link: Link) {
    guard let mustWait = link.flush() else { return fail(link.errorMessage) }
    guard mustWait != isWriting, let registered else { return }
    isWriting = mustWait
    loop.update(registered, interest: mustWait ? [.read, .write] : .read)
  }

  // MARK: Receiving

  func ready(_ readiness: Readiness) {
    switch phase {
    case .connecting(let link): poll(link)
    case .open(let link):
      if readiness.contains(.write) { flush(link) }
      guard readiness.contains(.read), isOpen else { return }
      // What arrived before the end still counts: a server that is going away says why.
      let isAlive = link.consumeInput()
      // At the end libpq closes its socket. The number may be another connection's as soon as we
      // hand on what arrived.
      if link.descriptor != registered { deregister() }
      receive(link)
      if !isAlive { fail(link.errorMessage) }
    case .resolving, .closed: break
    }
  }

  private func receive(_ link: Link) {
    var separators = 0
    // libpq also takes in what comes unasked, such as notices, while it looks whether it is busy.
    while !link.isBusy, pipeline.flights > 0 {
      guard let (event, result) = link.nextResult() else {
        // A NULL ends the results of each command. Two in a row: libpq knows of no statement.
        separators += 1
        guard separators < 2 else { return fail("an answer is missing") }
        continue
      }
      separators = 0
      guard let event else { return fail("an answer of a kind that was not asked for") }
      switch pipeline.received(event) {
      case .discard: break
      case .keepRows: flights.first?.rows = result
      case .keepFailure: keep(result.report(statement: flights.first?.statement?.text ?? ""))
      case .finish: finish()
      case .giveUp: return fail(link.errorMessage)
      }
      guard isOpen else { return }
    }
  }

  private func keep(_ report: PostgresError.ServerReport) {
    guard let flight = flights.first else { return }
    let failure = PostgresError(report)
    flight.failure = failure
    if let statement = flight.statement {
      let isPreparation = flight.request == nil
      if isPreparation { statement.failure = failure }
      // A table changed under the statement, or somebody discarded it: prepare it anew next time.
      let isStale = [.featureNotSupported, .invalidStatementName].contains(report.state)
      if isPreparation || isStale { cache.forget(statement) }
    }
    if report.state.endsSession { fail(report.message) }
  }

  private func finish() {
    guard let flight = flights.popFirst() else { return }
    guard let request = flight.request else {
      if flight.statement?.name == Link.configureName, flight.failure != nil {
        fail("the connection cannot be configured")
      }
      return
    }
    request.complete(flight.result)
    owner?.flightEnded(on: self)
  }

  // MARK: Deadlines

  /// One timer for all flights, set for the first of their deadlines: most flights end long before
  /// theirs, so a timer of their own would be set and cancelled for nothing.
  private func watch(_ deadline: ContinuousClock.Instant) {
    if let expiry {
      guard deadline < expiry.at else { return }
      loop.cancel(expiry.timer)
    }
    let timer = loop.schedule(at: deadline) { [weak self] in self?.expire() }
    expiry = (deadline, timer)
  }

  private func expire() {
    expiry = nil
    let now = loop.now
    var next: ContinuousClock.Instant?
    var hasExpired = false
    // The first that somebody asked for: a preparation before it has no deadline of its own, but
    // holds it up.
    var head: Request?
    flights.forEach { flight in
      guard let request = flight.request else { return }
      if head == nil { head = request }
      if request.deadline > now {
        next = min(next ?? request.deadline, request.deadline)
      } else if request.isPending {
        request.complete(.failure(.timeout))
        hasExpired = true
      }
    }
    if hasExpired, isLeased { return abort() }
    if let head, head.deadline <= now {
      guard head.deadline + Self.grace > now else { return fail("no answer to a statement") }
      next = min(next ?? head.deadline + Self.grace, head.deadline + Self.grace)
    }
    if let next { watch(next) }
  }

  // MARK: Ending

  /// Whether the session is outside of any transaction and owes no answer.
  var isIdle: Bool {
    guard case .open(let link) = phase else { return false }
    return flights.isEmpty && link.isOutsideTransaction
  }

  /// Stops what the server does for this connection, and ends it. For a leased connection only: on
  /// a shared one the cancel could hit another request's statement.
  func abort() {
    if case .open(let link) = phase, let cancel = link.makeCancel() {
      cancel.sendElsewhere()
    }
    fail("given up by its transaction")
  }

  func close() {
    guard end() else { return }
    failFlights(.closed)
  }

  private func fail(_ reason: String) {
    guard end() else { return }
    failFlights(.connectionLost)
    owner?.lost(self, reason: reason)
  }

  private func failFlights(_ error: PostgresError) {
    while let flight = flights.popFirst() {
      flight.request?.complete(.failure(flight.failure ?? error))
    }
  }

  private func end() -> Bool {
    switch phase {
    case .closed: return false
    case .resolving: phase = .closed
    case .connecting(let link), .open(let link):
      deregister()
      phase = .closed
      link.close()
    }
    if let connectTimer { loop.cancel(connectTimer) }
    if let expiry { loop.cancel(expiry.timer) }
    return true
  }
}

extension PostgresError {
  init(_ report: ServerReport) {
    if report.state == .queryCanceled {
      self = .timeout
    } else if report.state.endsSession || report.state.rawValue.isEmpty {
      self = .connectionLost
    } else {
      self = .server(report)
    }
  }
}
