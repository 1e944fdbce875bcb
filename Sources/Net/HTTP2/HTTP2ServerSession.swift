internal import HTTP
internal import Reactor
internal import Telemetry

/// HTTP/2 on a connection, the server's side.
final class HTTP2ServerSession: HTTPSession, LoopWorkSource {
  enum Drain {
    case none
    /// The first GOAWAY is out; streams are still taken until the peer has heard of it.
    case announced(until: ContinuousClock.Instant)
    /// The second GOAWAY is out; the connection ends with its last stream.
    case final
  }

  static let queueBytesMin = 8 * 1_024
  /// What may wait for the peer of a connection when the loop holds too much.
  static let crowdedBytes = 32 * 1_024
  /// The time in which handlers of one connection are started before others have their turn, and
  /// how many between two looks at the clock.
  private static let startsTimeMax = Duration.microseconds(250)
  private static let startsTimeOfStrangers = Duration.microseconds(100)
  private static let startsPerLook = 8

  let environment: HTTPEnvironment
  // Worked out from several limits, and needed for each stream.
  private let awaitedBytesMax: Int
  let peer: String
  private let scheme: String
  private let identity: PeerIdentity?
  // A handler may outlive the connection it came by.
  weak let host: (any HTTPSessionHost)?
  private(set) var engine: HTTP2Engine?
  private var dirty: [HTTP2ServerStream] = []
  /// Streams whose handlers start when the present events have been gone through, or go on because
  /// they have waited for the body and it has come.
  var starting: [HTTP2ServerStream] = []
  /// How many of them are to start.
  var unstartedHandlers = 0
  /// How many of them have been gone through, while that is done.
  private var startedCount = 0
  /// When no more of them are for now.
  private var startsEnd: ContinuousClock.Instant?
  private(set) var runningHandlers = 0
  var abandoned = AbandonedHandlers()
  var life: ConnectionLife
  var blockSince: ContinuousClock.Instant?
  var draining = Drain.none
  /// Why the connection ends, for the peer.
  var endText = ""
  /// The connection ends with what has been submitted, whatever runs.
  var isCut = false
  var stall = StallWatch()
  /// Bytes of responses that wait for the peer.
  private(set) var unsentBytes = 0
  private var keptBytes = 0
  var counted = SessionFigures(version: .http2)
  /// Bytes by which the window is larger than at first, of those that the loop has.
  var windowGrowth = 0
  /// Requests that had been started when the session was last looked at.
  var startedWhenLooked = 0
  let began: ContinuousClock.Instant
  /// Bytes of the peer are gone through, at the end of which the host hears of all that has changed.
  private var isReceiving = false
  /// Nothing more will be sent.
  private(set) var isOver = false

  init(
    environment: HTTPEnvironment, peer: String, scheme: String, identity: PeerIdentity? = nil,
    blocks: BlockPool? = nil, host: any HTTPSessionHost
  ) {
    self.environment = environment
    awaitedBytesMax = environment.limits.awaitedBytesMax
    self.peer = peer
    self.scheme = scheme
    self.identity = identity
    self.host = host
    began = environment.loop.now
    life = ConnectionLife(
      environment.limits, now: began, jitter: .random(in: LifeLimits.jitters))
    engine = HTTP2Engine(server: environment.limits, now: began, blocks: blocks) {
      [unowned self] id in
      HTTP2ServerStream(id: id, session: self)
    }
  }

  // MARK: Input

  var wantsInput: Bool { !isOver }

  func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let engine, !isOver else { return }
    isReceiving = true
    life.received(now: environment.loop.now)
    engine.now = environment.loop.now
    _ = unsafe engine.receive(bytes)
    reportRefusedStreams(engine)
    // First, so that nothing of what came with it is begun.
    cutIfFaulty(engine)
    act(on: engine)
    cutIfFaulty(engine)
    blockSince = engine.openBlockID == nil ? nil : blockSince ?? environment.loop.now
    isReceiving = false
    host?.sessionChanged()
  }

  private func act(on engine: HTTP2Engine) {
    let events = engine.takeEvents()
    let startedBefore = counted.started
    for event in events {
      switch event {
      case .headers(let stream): with(stream) { receivedHeaders($0, engine) }
      case .data(let stream): with(stream) { receivedData($0, engine) }
      case .ended(let stream): with(stream) { $0.exchange?.receivedEnd() }
      // The peer need not send a body that nobody will read (RFC 9113 section 8.1).
      case .sentEnd(let stream): engine.reset(stream.stream, code: HTTP2ErrorCode.noError)
      case .closed(let stream, let code): with(stream) { closed($0, code: code, engine) }
      case .goAway: break
      case .ping: receivedPing(engine)
      case .pingAcknowledged(.goAway): announcementHeard(engine)
      case .pingAcknowledged(.keepalive): break
      case .pingAcknowledged(.window): growWindows(engine)
      }
    }
    engine.recycle(events)
    if counted.started > startedBefore {
      counted.lastStarted = environment.loop.moment
      environment.lastStarted = counted.lastStarted
    }
    startHandlers()
  }

  /// Runs the handlers of new requests after everything that has come with their heads: most of
  /// them then need not wait for their body.
  private func startHandlers() {
    guard !starting.isEmpty, !isCut, !isCrowded else { return }
    if starting.count > Self.startsPerLook {
      startsEnd = .now + (isProven ? Self.startsTimeMax : Self.startsTimeOfStrangers)
    } else {
      startsEnd = nil
    }
    environment.loop.beginWork(from: self)
    // Handlers run until they first wait, but they cannot open streams.
    starting.removeFirst(min(startedCount, starting.count))
    startedCount = 0
    waitForStarts()
  }

  /// Starts the next handler. One by one: what the last one has sent decides whether it may.
  func performNext() -> Bool {
    while startedCount < starting.count {
      // The rest waits for its turn, or for the peer to take what it has asked for.
      guard !isCut, !isCrowded, hasTimeToStart else { return false }
      let stream = starting[startedCount]
      startedCount += 1
      if stream.isDue {
        stream.continueHandler()
      } else {
        if !stream.isClosed, holdsBack(stream) { continue }
        unstartedHandlers -= 1
        if stream.isClosed { continue }
        runningHandlers += 1
        environment.metrics.http2Requests.add()
        stream.startHandler(in: environment)
      }
      return true
    }
    return false
  }

  private var hasTimeToStart: Bool {
    guard startedCount > 0, startedCount % Self.startsPerLook == 0, let startsEnd else {
      return true
    }
    return ContinuousClock.now < startsEnd
  }

  func startWaiting() { startHandlers() }

  /// Has the handlers started that were held back.
  func start(held: [HTTP2ServerStream]) {
    // Before those that have come later; a handler that returns at once may bring us here while
    // they are gone through.
    starting.insert(contentsOf: held, at: min(startedCount, starting.count))
    waitForStarts()
  }

  /// Has the rest of the handlers started when that may be.
  func waitForStarts() {
    if !starting.isEmpty, !isCut, !isCrowded { host?.sessionHasWaiting() }
  }

  private func with(_ reference: StreamReference, _ body: (HTTP2ServerStream) -> Void) {
    reference.withStream { unsafe body(unsafeDowncast($0, to: HTTP2ServerStream.self)) }
  }

  private func receivedHeaders(_ stream: HTTP2ServerStream, _ engine: HTTP2Engine) {
    guard stream.exchange == nil, !stream.isClosed, !isCut else { return }
    guard let head = goodHead(of: stream, engine) else { return }
    guard runningHandlers + unstartedHandlers < environment.limits.runningHandlersMax else {
      environment.refused("http2.refused", cause: "handlers", peer: peer)
      engine.reset(stream, code: HTTP2ErrorCode.refusedStream)
      engine.count(.refusal)
      return
    }
    starting.append(stream)
    unstartedHandlers += 1
    counted.started += 1
    stream.begin(head, queueBytesMax: queueBytesMax(engine), awaitedBytesMax, environment.loop)
  }

  /// The head that has come; nil when it is such that the request is refused, which has been done.
  private func goodHead(
    of stream: HTTP2ServerStream, _ engine: HTTP2Engine
  ) -> HTTPRequestHead? {
    if let head = stream.repeatedHead.take() { return head }
    guard let block = stream.block.take() else { return nil }
    if block.isTooLarge {
      refuseHeader(stream, block)
    } else if block.isMalformed || block.namesTwoHosts {
      environment.refused("http2.refused", cause: "malformed_request", peer: peer)
      engine.reset(stream, code: HTTP2ErrorCode.protocolError)
      engine.count(.provokedReset)
    } else if block.isConnect {
      refuse(stream, status: 501, "connect", "CONNECT is not supported")
    } else {
      let head = HTTPRequestHead(
        method: block.method, authority: block.authority, target: block.path,
        fields: block.fields, scheme: scheme, peer: peer, version: .http2, identity: identity)
      engine.knownHead.found(head)
      return head
    }
    return nil
  }

  private func receivedData(_ stream: HTTP2ServerStream, _ engine: HTTP2Engine) {
    let bytes = stream.takeReceived()
    if let exchange = stream.exchange, exchange.takesBody {
      exchange.received(bytes, isEnd: stream.hasReceivedEnd)
    } else {
      engine.consume(stream, bytes.count)
    }
  }

  private func closed(_ stream: HTTP2ServerStream, code: UInt32, _ engine: HTTP2Engine) {
    if let exchange = stream.exchange {
      if code == HTTP2ErrorCode.noError { counted.succeeded += 1 } else { counted.failed += 1 }
      let isAnswered = exchange.isBodySent
      // A handler that goes on after its answer may still read.
      if !stream.isHandlerRunning || !isAnswered || code != HTTP2ErrorCode.noError {
        engine.consume(stream, exchange.dropUnread())
        if stream.isHandlerRunning { abandon(stream, .reset(code: code)) }
      }
      if abandoned.remove(stream) { unstartedHandlers -= 1 }
    }
    if !stream.isHandlerRunning { forget(stream, engine) }
  }

  private func forget(_ stream: HTTP2ServerStream, _ engine: HTTP2Engine) {
    stream.release()
    engine.forget(stream)
    if engine.streams.isEmpty { life.becameIdle(now: environment.loop.now) }
  }

  func receiveEnd() { connectionLost() }

  func connectionLost() {
    isOver = true
    giveBackWindows()
    starting.removeAll()
    abandoned.removeHeld()
    unstartedHandlers = 0
    // They know the session.
    dirty.removeAll()
    guard let engine else { return }
    for case let stream as HTTP2ServerStream in engine.streams.all {
      stream.isClosed = true
      abandon(stream, .connectionLost)
      if !stream.isHandlerRunning { forget(stream, engine) }
    }
    // Streams whose handlers still run go one by one, and the library's session with them.
    if runningHandlers == 0 { self.engine = nil }
  }

  // MARK: Output

  func produce(into output: inout [UInt8]) -> Bool {
    guard let engine, !isOver else { return false }
    let outputBytesMax = environment.outputBytesMax
    submitDirty(engine)
    repeat {
      engine.produce(into: &output, limit: outputBytesMax)
      let isFaulty = cutIfFaulty(engine)
      if engine.events.isEmpty && !isFaulty { break }
      act(on: engine)
      submitDirty(engine)
    } while output.count < outputBytesMax && engine.hasOutput
    finishIfOver(engine)
    if !isOver { waitForStarts() }
    return output.count >= outputBytesMax
  }

  private func submitDirty(_ engine: HTTP2Engine) {
    guard !dirty.isEmpty else { return }
    for stream in dirty {
      stream.isDirty = false
      guard !stream.isClosed, let exchange = stream.exchange else { continue }
      if let code = exchange.takeReset() {
        engine.reset(stream, code: code)
      } else if let head = exchange.takeHead() {
        let hasMore = !exchange.isBodySent || exchange.hasTrailers
        engine.respond(stream, head, hasBody: hasMore)
      } else {
        engine.resume(stream)
      }
    }
    dirty.removeAll(keepingCapacity: true)
  }

  private func finishIfOver(_ engine: HTTP2Engine) {
    let hasFailed = engine.hasFailed || engine.failureCode != HTTP2ErrorCode.noError
    if hasFailed && !isCut {
      environment.refused(
        "http2.failed", cause: "http2_protocol", peer: peer,
        ["code": .int(Int(engine.failureCode))])
    }
    if hasFailed || engine.isFinished || isCut { isOver = true }
  }

  var isFinished: Bool { isOver }

  // A peer that has not yet heard of the end may still open streams, and its bytes in our closed
  // socket would reset the connection before it has read our last.
  var leavesInput: Bool {
    switch draining {
    case .none:
      isCut || engine.map { $0.hasFailed || $0.failureCode != HTTP2ErrorCode.noError } ?? false
    case .announced, .final: true
    }
  }

  // MARK: Streams

  /// So many bytes more, or fewer, wait for the peer.
  func unsent(_ more: Int) {
    unsentBytes += more
    environment.hold(more)
  }

  /// Counts bytes of unfinished requests.
  func keep(_ more: Int) -> Bool { environment.keep(more, on: &keptBytes, peer: peer) }

  func markDirty(_ stream: HTTP2ServerStream) {
    guard !stream.isDirty, !isOver else { return }
    stream.isDirty = true
    dirty.append(stream)
    if dirty.count == 1, !isReceiving { host?.sessionChanged() }
  }

  /// The handler of the stream may go on.
  func isDue(_ stream: HTTP2ServerStream) { starting.append(stream) }

  func consume(_ stream: HTTP2ServerStream, _ count: Int) {
    guard let engine, !isOver else { return }
    engine.consume(stream, count)
    if !isReceiving { host?.sessionChanged() }
  }

  func handlerReturned(_ stream: HTTP2ServerStream) {
    runningHandlers -= 1
    if let engine {
      if let exchange = stream.exchange { engine.consume(stream, exchange.dropUnread()) }
      if stream.isClosed { forget(stream, engine) }
      if isOver && runningHandlers == 0 { self.engine = nil }
    }
    abandonedReturned(stream)
    environment.handlerReturned()
  }
}
