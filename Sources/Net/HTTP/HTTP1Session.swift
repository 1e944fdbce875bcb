internal import Reactor
private import Telemetry

/// HTTP/1.1 on a connection: one exchange at a time, in the order of the requests.
package final class HTTP1Session: HTTPSession, HTTPExchangeDriver {
  struct Running {
    let exchange: HTTPExchange
    var writer: HTTP1ResponseWriter
    /// The client waits for status 100 and has not got it.
    var owesContinue: Bool
    var hasHead = false
    var isSent = false
    var isHandlerRunning = false
  }

  /// Output is produced up to this and then as soon as it has been sent.
  private static let outputBytesMax = 65_536
  /// Answers go out together up to here: each sending costs as much as a short request.
  private static let outputBytesTogether = 16_384
  /// Bytes of the next requests that are kept while one is running.
  private static let pipelineBytesMax = 16_384
  /// Requests that are begun in one turn of the loop before others have theirs: many short ones may
  /// have come together.
  private static let requestsPerTurnMax = 8

  let environment: HTTPEnvironment
  let peer: String
  private let scheme: String
  private let identity: PeerIdentity?
  // A handler may outlive the connection it came by.
  private weak let host: (any HTTPSessionHost)?
  var parser: HTTP1RequestParser
  var running: Running?
  private var refusal: [UInt8] = []
  private var counted = SessionFigures(version: .http1)
  /// Bytes of an unfinished request that its handler keeps.
  private var keptBytes = 0
  /// Bytes of the response that wait for the peer, as the loop knows them.
  private var unsentCount = 0
  var waitsSince: ContinuousClock.Instant
  var age: ConnectionAge
  /// The handler of the running exchange has been started.
  private var hasStarted = false
  /// How the running exchange has ended is counted.
  private var hasCounted = false
  private var hasInputEnded = false
  /// The turn of the loop in which the last request has begun, and how many have begun in it.
  private var turn: UInt64 = 0
  private var begunInTurn = 0
  /// The next request has come and waits for its turn, or for the end of a pause.
  var isWaiting = false
  private var isPaused = false
  private var failures: FailurePace
  private var isDraining = false
  package private(set) var isFinished = false
  package private(set) var leavesInput = false

  package init(
    environment: HTTPEnvironment, peer: String, scheme: String, identity: PeerIdentity? = nil,
    host: any HTTPSessionHost
  ) {
    self.environment = environment
    self.peer = peer
    self.scheme = scheme
    self.identity = identity
    self.host = host
    parser = HTTP1RequestParser(limits: environment.limits)
    waitsSince = environment.loop.now
    age = ConnectionAge(
      environment.limits.life, now: waitsSince, jitter: .random(in: LifeLimits.jitters))
    failures = FailurePace(
      environment.limits.floods.failedRequests, now: waitsSince,
      pause: .random(in: FailurePace.pauses))
  }

  // MARK: Input

  package var wantsInput: Bool {
    if hasInputEnded || isFinished { return false }
    guard let running else { return !isWaiting }
    if running.exchange.isRequestComplete {
      return parser.bufferedCount < Self.pipelineBytesMax
    }
    return running.exchange.unreadCount < environment.limits.streamWindowBytes
  }

  package func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !isFinished else { return }
    if parser.isIdle || running != nil { waitsSince = environment.loop.now }
    unsafe parser.append(bytes)
    goOn()
  }

  private func goOn() {
    guard !isWaiting else { return }
    advance()
    startHandler()
  }

  /// Goes through what has been received, up to the end of a request that is running.
  private func advance() {
    while !isFinished {
      if running?.exchange.isRequestComplete == true { return }
      do throws(HTTP1Error) {
        guard let event = try parser.next() else { return }
        switch event {
        case .head(let head): begin(head)
        case .body(let bytes): running?.exchange.received(bytes)
        case .end: running?.exchange.receivedEnd()
        }
      } catch {
        return refuse(status: error.status, reason: error.reason)
      }
    }
  }

  /// Runs the handler of a request that has begun, after everything that came with its head: most
  /// handlers then need not wait for their body.
  private func startHandler() {
    guard let exchange = running?.exchange, !hasStarted, !isFinished else { return }
    hasStarted = true
    running?.isHandlerRunning = true
    environment.handlerStarted()
    environment.metrics.http1Requests.add()
    exchange.run(environment.handler)
    environment.loop.beginWork()
  }

  private func begin(_ head: HTTP1RequestHead) {
    let exchange = HTTPExchange(
      head: HTTPRequestHead(
        method: head.method, scheme: scheme, authority: head.authority, target: head.target,
        fields: head.fields, peer: peer, version: .http1,
        identity: identity),
      loop: environment.loop, queueBytesMax: environment.limits.responseQueueBytesMax,
      driver: self)
    hasStarted = false
    hasCounted = false
    if environment.loop.turn != turn { begunInTurn = 0 }
    turn = environment.loop.turn
    begunInTurn += 1
    counted.started += 1
    counted.lastStarted = environment.loop.moment
    environment.lastStarted = counted.lastStarted
    running = Running(
      exchange: exchange, writer: HTTP1ResponseWriter(request: head),
      owesContinue: head.expectsContinue)
  }

  /// Answers in place of the handler and closes, unless the handler has begun its own answer.
  func refuse(status: Int, reason: String) {
    environment.refused(
      "http1.refused", cause: "http1_\(status)", peer: peer,
      ["status": .int(status), "reason": .string(reason)])
    let hasHead = running?.hasHead ?? false
    leavesInput = true
    abandon(.malformedBody)
    if !hasHead { refusal = HTTP1ResponseWriter.refusal(status: status, reason: reason) }
    finish()
  }

  package func receiveEnd() {
    hasInputEnded = true
    guard let running else { return endIfNothingFollows() }
    // A client may end its side after a whole request and still read the response.
    if !running.exchange.isRequestComplete || (running.hasHead && isUnending) { leave() }
    host?.sessionChanged()
  }

  /// Whether nobody knows when the response will be complete. A client that has ended its side and
  /// one that has gone look the same until something is sent, so the second could keep such a response
  /// open for ever.
  private var isUnending: Bool {
    running.map { !$0.exchange.isResponseComplete && !$0.exchange.hasReturned } ?? false
  }

  private func leave() {
    abandon(.connectionLost)
    finish()
  }

  package func connectionLost() {
    abandon(.connectionLost)
    isFinished = true
  }

  /// Lets the handler of a request that cannot be answered know.
  func abandon(_ error: HTTPStreamError) {
    guard let running else { return }
    if !hasCounted { counted.failed += 1 }
    hasCounted = true
    running.exchange.fail(error)
    countUnsent(0)
    running.exchange.cancelHandler()
    if !running.isHandlerRunning { forgetExchange() }
  }

  private func forgetExchange() {
    running?.exchange.detach()
    running = nil
    countUnsent(0)
  }

  /// Tells the loop how much waits for the peer.
  private func countUnsent(_ count: Int) {
    environment.hold(count - unsentCount)
    unsentCount = count
  }

  func finish() {
    isFinished = true
    host?.sessionChanged()
  }

  // MARK: Output

  package func produce(into output: inout [UInt8]) -> Bool {
    let start = output.count
    var count = start
    repeat {
      count = output.count
      write(into: &output)
    } while output.count > count && output.count - start < Self.outputBytesTogether
    // Whether a body has come to its end shows when it gives nothing.
    return output.count > count
  }

  private func write(into output: inout [UInt8]) {
    if !refusal.isEmpty {
      output += refusal
      refusal = []
    }
    guard var running, !isFinished else { return }
    let exchange = running.exchange
    if exchange.takeReset() != nil {
      // HTTP/1.1 has no other way to end a response early.
      running.exchange.cancelHandler()
      isFinished = true
      return
    }
    if running.owesContinue && !running.hasHead && wantsContinue {
      output.append(text: "HTTP/1.1 100 Continue\r\n\r\n")
      running.owesContinue = false
    }
    if hasInputEnded && isUnending && exchange.phase == .started { return leave() }
    if let head = exchange.takeHead() {
      // A body that nobody has read stands between us and the next request.
      let closes = isDraining || age.isOld || !exchange.isRequestComplete
      running.writer.writeHead(
        head, knownLength: exchange.isResponseComplete ? exchange.unsentCount : nil,
        closes: closes, into: &output)
      running.hasHead = true
    }
    if running.hasHead && !running.isSent {
      running.writer.writeBody(
        from: exchange, limit: min(Self.outputBytesMax, environment.outputBytesMax), into: &output)
      countUnsent(exchange.unsentCount)
      if exchange.isResponseComplete && exchange.unsentCount == 0 {
        running.writer.writeEnd(trailers: exchange.takeTrailers(), into: &output)
        running.isSent = true
      }
    }
    self.running = running
    if running.isSent { endExchange() }
  }

  private var wantsContinue = false

  /// Goes on to the next request when both the response and the handler have come to their end.
  private func endExchange() {
    guard let running, running.isSent else { return }
    if !hasCounted { counted.succeeded += 1 }
    hasCounted = true
    guard running.writer.keepsAlive, !isDraining, running.exchange.isRequestComplete else {
      leavesInput = !running.exchange.isRequestComplete || parser.bufferedCount > 0
      if !running.isHandlerRunning { forgetExchange() }
      return finish()
    }
    guard !running.isHandlerRunning else { return }
    forgetExchange()
    wantsContinue = false
    waitsSince = environment.loop.now
    let isFollowed = parser.bufferedCount > 0
    if let end = failures.answered(
      status: running.writer.status, isFollowed: isFollowed, now: environment.loop.now)
    {
      pause(until: end)
    } else if isFollowed, !mayBeginNow {
      isWaiting = true
      host?.sessionHasWaiting()
    }
    goOn()
    endIfNothingFollows()
  }

  /// Lets the next request wait, and reads nothing more: the client has asked for too much in vain.
  private func pause(until end: ContinuousClock.Instant) {
    environment.refused("http1.paused", cause: "failed_requests", peer: peer)
    isWaiting = true
    isPaused = true
    environment.loop.schedule(at: end) { [weak self] in
      self?.isPaused = false
      self?.host?.sessionHasWaiting()
    }
  }

  private var mayBeginNow: Bool {
    environment.loop.turn != turn || begunInTurn < Self.requestsPerTurnMax
  }

  private func endIfNothingFollows() {
    if hasInputEnded, running == nil, !isWaiting { return finish() }
    host?.sessionChanged()
  }

  // MARK: Exchange

  package func exchangeWantsBody(_ exchange: HTTPExchange) {
    guard running?.exchange === exchange, running?.owesContinue == true else { return }
    wantsContinue = true
    host?.sessionChanged()
  }

  package func exchange(_ exchange: HTTPExchange, consumed count: Int) {
    waitsSince = environment.loop.now
    host?.sessionChanged()
  }

  package func exchange(_ exchange: HTTPExchange, keepsMore count: Int) -> Bool {
    environment.keep(count, on: &keptBytes, peer: peer)
  }

  package func exchangeHasOutput(_ exchange: HTTPExchange) {
    if running?.exchange === exchange { countUnsent(exchange.unsentCount) }
    host?.sessionChanged()
  }

  package func exchangeHandlerReturned(_ exchange: HTTPExchange) {
    environment.handlerReturned()
    guard running?.exchange === exchange else { return }
    running?.isHandlerRunning = false
    if isFinished {
      forgetExchange()
    } else {
      endExchange()
    }
  }

  package func startWaiting() {
    guard isWaiting, !isPaused, !isFinished else { return }
    isWaiting = false
    goOn()
    endIfNothingFollows()
  }

  package var idleSince: ContinuousClock.Instant? {
    running == nil && !isWaiting ? waitsSince : nil
  }

  package func evict() {
    guard running == nil, !isWaiting else { return }
    report("evicted")
    finish()
  }

  package var isProven: Bool { counted.isProven }

  package var figures: SessionFigures {
    var figures = counted
    figures.open = running == nil ? 0 : 1
    return figures
  }

  // What waits here waits for the socket, which its connection looks after.
  package func look(now: ContinuousClock.Instant) {}

  package func stalled(now: ContinuousClock.Instant) -> Duration? { nil }

  package var heldBytes: Int { unsentCount }

  package func endHolding(cause: String) {
    environment.refused("connection.cut", cause: cause, peer: peer)
    abandon(.connectionLost)
    finish()
  }

  /// Its answer is the last of the connection.
  package func exchangeReportsBomb(_ exchange: HTTPExchange) {
    environment.refused("http1.refused", cause: "compression_bomb", peer: peer)
    isDraining = true
  }

  package func drain() {
    isDraining = true
    if running == nil && !parser.isInHead { finish() }
  }

  package func interrupt() { running?.exchange.interrupt() }

  package func cancel() {
    abandon(.connectionLost)
    finish()
  }
}
