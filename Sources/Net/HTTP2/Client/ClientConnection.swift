internal import HTTP
internal import Reactor
internal import TLS

/// What a connection tells whoever has made it.
protocol ClientConnectionOwner: AnyObject {
  /// The connection takes no more requests, for this reason. Told once; those that run go on if
  /// the server has announced the end.
  func connectionEnded(_ connection: ClientConnection, _ cause: HTTPClientError)

  /// A request has ended, or the server allows more of them.
  func connectionHasRoom(_ connection: ClientConnection)
}

/// One connection of a client and the requests on it. Belongs to the loop.
///
/// Unchecked, because the actor that owns it runs on the same loop.
final class ClientConnection: ReadinessHandler, TurnObserver, @unchecked Sendable {
  private static let outputBytesMax = 256 * 1_024
  /// Bytes of TLS records without data, each of which may ask for new keys. Half of them may be
  /// the beginning of one that has some.
  private static let bytesWithoutDataMax = 32 * 1_024

  private enum Phase {
    /// TLS is being agreed on.
    case handshaking
    /// Our preface goes out; the server's has not come.
    case greeting
    /// Requests may be sent.
    case open
    /// Requests that have been sent are answered, then it closes.
    case draining
    case closed
  }

  let loop: EventLoop
  weak var owner: (any ClientConnectionOwner)?
  /// Some request has been answered, or will be.
  private(set) var wasUseful = false
  /// The server has complained about our pings.
  private(set) var wasNoisy = false
  private let transport: Transport
  private let engine: HTTP2Engine
  /// Woken when the server has sent its settings, or never will.
  private let opening: Waiter
  private let readsPerTurnMax: Int
  private var openingFailure: HTTPClientError?
  private var phase: Phase
  private var isObserving = false
  /// What the server has said about the end of the connection.
  private var goAway: String?
  private var firstBytes: [UInt8] = []
  private var keepalive: KeepaliveState?
  private var keepaliveTimer: TimerID?
  private var pending: [UInt8] = []
  private var pendingStart = 0
  private(set) var interest: Interest = []
  private var readBuffer: [UInt8] = []
  private var isReadingLater = false

  init(
    _ descriptor: consuming FileDescriptor, loop: EventLoop, limits: HTTPLimits,
    tls: TLSContext?, serverName: String?, keepalive: KeepaliveState.Configuration?,
    readsPerTurnMax: Int = 16
  ) {
    self.loop = loop
    self.readsPerTurnMax = readsPerTurnMax
    let connection = tls.map { context in
      TLSConnection(context, descriptor: descriptor.rawValue, serverName: serverName)
    }
    transport = Transport(descriptor: descriptor, tls: connection)
    phase = tls == nil ? .greeting : .handshaking
    engine = HTTP2Engine(client: limits, now: loop.now)
    opening = Waiter(loop: loop)
    self.keepalive = keepalive.map { KeepaliveState($0, now: loop.now) }
  }

  /// The header of a response may have so many bytes.
  var headerListBytesMax: Int { engine.limits.headerListBytesMax }

  private var descriptor: Int32 { transport.descriptor.rawValue }

  /// Requests that have not ended.
  var streamsCount: Int { engine.streams.count }

  var isOpen: Bool { phase == .open }

  /// Whether one more request may be begun.
  var hasRoom: Bool { phase == .open && streamsCount < engine.peerStreamsMax }

  // MARK: Opening

  /// Makes the connection ready for requests: the server has told its settings.
  func open(deadline: ContinuousClock.Instant) async throws(HTTPClientError) {
    do {
      try loop.register(descriptor, interest: .read, handler: self)
    } catch {
      phase = .closed
      throw .unreachable(error)
    }
    interest = .read
    let wakes = opening.wakes
    if phase == .handshaking { continueHandshake() } else { changed() }
    var outcome = Waiter.Outcome.woken
    if phase == .handshaking || phase == .greeting {
      outcome = await opening.wait(until: deadline, since: wakes)
    }
    switch (phase, outcome) {
    case (.handshaking, .timedOut): close(.tls(.handshakeFailed(reason: "no answer in time")))
    case (.greeting, .timedOut): close(.notHTTP2(.silent))
    case (.handshaking, _), (.greeting, _): close(.cancelled)
    case (.open, _), (.draining, _), (.closed, _): break
    }
    if let openingFailure { throw openingFailure }
  }

  private func continueHandshake() {
    guard let tls = transport.tls else { return }
    switch tls.handshake() {
    case .done:
      guard tls.isHTTP2 else { return close(.tls(.noHTTP2)) }
      phase = .greeting
      setInterest(.read)
      changed()
      // What came with the last message of the handshake is not reported again.
      read()
    case .wantsRead: setInterest(.read)
    case .wantsWrite: setInterest(.write)
    case .failed(let error): close(.tls(error))
    }
  }

  /// Looks at how the server begins; false when it is not with SETTINGS (RFC 9113 section 3.4).
  private func greet(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let room = 64 - firstBytes.count
    if room > 0 { unsafe firstBytes.append(contentsOf: bytes.prefix(room)) }
    if let server = ForeignServer(firstBytes: firstBytes) {
      close(.notHTTP2(server))
      return false
    }
    return true
  }

  private func greeted() {
    guard phase == .greeting, engine.hasPeerSettings else { return }
    phase = .open
    firstBytes = []
    scheduleKeepalive()
    opening.wake()
  }

  // MARK: Requests

  /// Sends the head of a request; throws when the connection cannot take it.
  func begin(
    _ stream: ClientStream, _ pseudo: HTTPFields, _ fields: HTTPFields, hasBody: Bool
  ) throws(HTTPClientError) {
    let size = pseudo.listSize + fields.listSize
    let sizeMax = engine.peerHeaderListBytesMax
    guard size <= sizeMax else { throw .requestHeaderTooLarge(bytes: size, bytesMax: sizeMax) }
    // A long silence may mean that nobody is there: the answer, or its absence, ends the doubt.
    let asks = keepalive?.began(now: loop.now) == .ping
    if asks { engine.ping(.keepalive) }
    changed()
    guard engine.request(stream, pseudo, fields, hasBody: hasBody) else {
      let cause = HTTPClientError.unsent(reason: "the connection has used up its streams")
      drain(cause)
      throw cause
    }
    if asks || keepaliveTimer == nil { scheduleKeepalive() }
  }

  func resume(_ stream: ClientStream) {
    engine.resume(stream)
    changed()
  }

  func consume(_ stream: ClientStream, _ count: Int) {
    engine.consume(stream, count)
    changed()
  }

  func reset(_ stream: ClientStream, code: UInt32) {
    engine.reset(stream, code: code)
    changed()
  }

  // MARK: Input

  func ready(_ readiness: Readiness) {
    if phase == .closed { return }
    if phase == .handshaking { return continueHandshake() }
    if readiness.contains(.write) { changed() }
    if readiness.contains(.read) || waitsToAnswer { read() }
  }

  private func read() {
    if readBuffer.isEmpty { readBuffer = [UInt8](repeating: 0, count: 65_536) }
    for _ in 0..<readsPerTurnMax {
      guard phase != .closed else { return }
      let result = unsafe readBuffer.withUnsafeMutableBytes { unsafe transport.read(into: $0) }
      switch result {
      case .bytes(let count): guard take(count) else { return }
      case .wouldBlock: return waitForMore()
      case .end: return lose("the server closed it")
      case .failed(let code): return lose(transport.tls?.failureReason ?? systemMessage(code))
      }
    }
    readLater()
  }

  /// There may be more, which TLS would not let epoll report. Others have their turn first: a server
  /// may send faster than we read.
  private func readLater() {
    guard transport.tls != nil, !isReadingLater else { return }
    isReadingLater = true
    loop.schedule(at: loop.now + .microseconds(1)) { [weak self] in
      self?.isReadingLater = false
      self?.read()
    }
  }

  /// What has come is no data, if it is anything.
  private func waitForMore() {
    if transport.tls?.bytesWithoutData ?? 0 > Self.bytesWithoutDataMax {
      return lose("the server sends TLS records without data")
    }
    updateInterest()
  }

  /// Handles what has been read; false when the connection has ended over it.
  private func take(_ count: Int) -> Bool {
    keepalive?.read(now: loop.now)
    engine.now = loop.now
    let isSound = unsafe readBuffer.withUnsafeBufferPointer { buffer in
      let bytes = unsafe UnsafeBufferPointer(rebasing: buffer[..<count])
      if phase == .greeting, unsafe !greet(bytes) { return true }
      return unsafe engine.receive(bytes)
    }
    guard phase != .closed else { return false }
    let roomBefore = hasRoom
    greeted()
    act()
    changed()
    if isSound {
      if !roomBefore, hasRoom { owner?.connectionHasRoom(self) }
      return true
    }
    lose("the server broke the rules of HTTP/2")
    return false
  }

  private func act() {
    let events = engine.takeEvents()
    for event in events {
      switch event {
      case .headers(let stream):
        wasUseful = true
        client(stream.stream).wake()
      case .data(let stream): client(stream.stream).wake()
      case .ended(let stream):
        let stream = client(stream.stream)
        // Answered before everything was read: the server wants no more (RFC 9113 section 8.1).
        if stream.isSending { engine.reset(stream, code: HTTP2ErrorCode.noError) }
        stream.wake()
      case .closed(let stream, let code):
        let stream = client(stream.stream)
        engine.forget(stream)
        engine.consume(stream, stream.received.count)
        stream.close(code: code, goAway: goAway)
        owner?.connectionHasRoom(self)
      case .goAway(let last, let code): announced(code, engine.goAwayText, last: last)
      case .pingAcknowledged(.window):
        if let windows = engine.tuner.answered(now: engine.now) { engine.setWindows(windows) }
      case .sentEnd, .ping, .pingAcknowledged(.keepalive),
        .pingAcknowledged(.goAway):
        break
      }
    }
    engine.recycle(events)
  }

  /// The server takes no more requests on this connection.
  private func announced(_ code: UInt32, _ text: String, last: Int32) {
    let name = HTTP2ErrorCode.name(code) ?? "code \(code)"
    let printable = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }
    let words = text.isEmpty ? "" : " \"\(String(String.UnicodeScalarView(printable)))\""
    goAway = "the server ended the connection with GOAWAY \(name)\(words)"
    if code == HTTP2ErrorCode.enhanceYourCalm, text == "too_many_pings" { wasNoisy = true }
    drain(.connectionLost(reason: goAway ?? ""), last: last)
  }

  private func drain(_ cause: HTTPClientError, last: Int32 = .max) {
    guard phase == .open else { return }
    phase = .draining
    // Those that run and are not above the last will be answered.
    if engine.streams.all.contains(where: { $0.id <= last }) { wasUseful = true }
    changed()
    owner?.connectionEnded(self, cause)
  }

  private func client(_ stream: HTTP2Stream) -> ClientStream {
    unsafe unsafeDowncast(stream, to: ClientStream.self)
  }

  // MARK: Output

  private func changed() {
    guard !isObserving, phase != .closed else { return }
    isObserving = true
    loop.atEndOfTurn(self)
  }

  func turnEnded() {
    isObserving = false
    if phase == .handshaking || phase == .closed { return }
    flush()
  }

  private func flush() {
    repeat {
      if pending.isEmpty {
        pendingStart = 0
        engine.produce(into: &pending, limit: Self.outputBytesMax)
        if !engine.events.isEmpty { act() }
      }
      guard !pending.isEmpty else { break }
      guard let position = transport.send(pending, from: pendingStart) else {
        // The server may have said why before it stopped taking data.
        read()
        return lose(transport.tls?.failureReason ?? "the server takes no more data")
      }
      pendingStart = position
      guard pendingStart == pending.count else { return updateInterest() }
      pending.removeAll(keepingCapacity: true)
    } while true
    updateInterest()
    if engine.isFinished || phase == .draining && engine.streams.isEmpty {
      lose("the server broke the rules of HTTP/2")
    }
  }

  /// While the server does not take our answers to its records, nothing more is read: each try
  /// would only be told to wait for it.
  private func updateInterest() {
    var wanted: Interest = waitsToAnswer ? .write : .read
    if !pending.isEmpty { wanted.insert(.write) }
    setInterest(wanted)
  }

  private var waitsToAnswer: Bool { transport.tls?.waitsToAnswer ?? false }

  private func setInterest(_ wanted: Interest) {
    guard wanted != interest, phase != .closed else { return }
    interest = wanted
    loop.update(descriptor, interest: wanted)
  }

  // MARK: Keepalive

  private func scheduleKeepalive() {
    if let keepaliveTimer { loop.cancel(keepaliveTimer) }
    keepaliveTimer = nil
    guard let time = keepalive?.wakeUp(hasCalls: streamsCount > 0) else { return }
    keepaliveTimer = loop.schedule(at: time) { [weak self] in self?.checkKeepalive() }
  }

  private func checkKeepalive() {
    guard phase == .open || phase == .draining, let timeout = keepalive?.configuration.timeout
    else { return }
    switch keepalive?.check(now: loop.now, hasCalls: streamsCount > 0) {
    case .close: return lose("no answer to a keepalive PING within \(timeout)")
    case .ping:
      engine.ping(.keepalive)
      changed()
    case .some(.none), nil: break
    }
    scheduleKeepalive()
  }

  // MARK: End

  /// Takes no more requests and closes when those that run have ended.
  func retire() {
    drain(.closed)
    if streamsCount == 0 { close(.closed) }
  }

  /// The connection has ended without our will.
  private func lose(_ reason: String) {
    switch phase {
    case .handshaking: close(.tls(.handshakeFailed(reason: reason)))
    case .greeting:
      if let reason = transport.tls?.failureReason {
        close(.tls(.handshakeFailed(reason: reason)))
      } else {
        close(.notHTTP2(firstBytes.isEmpty ? .closed(reason: reason) : .malformed))
      }
    case .open, .draining: close(.connectionLost(reason: goAway ?? reason))
    case .closed: break
    }
  }

  /// Ends the connection and every request on it.
  func close(_ error: HTTPClientError) {
    let before = phase
    phase = .closed
    switch before {
    case .closed: return
    case .handshaking, .greeting: openingFailure = error
    case .open: owner?.connectionEnded(self, error)
    case .draining: break
    }
    if let keepaliveTimer { loop.cancel(keepaliveTimer) }
    transport.tls?.close()
    loop.deregister(descriptor)
    _ = transport.descriptor.shutdownSending()
    for stream in engine.streams.all {
      stream.isClosed = true
      client(stream).lose(error)
      engine.forget(stream)
    }
    opening.wake()
  }
}
