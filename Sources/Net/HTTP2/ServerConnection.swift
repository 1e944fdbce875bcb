private import CNghttp2
internal import HTTP
internal import Reactor
internal import TLS
private import Telemetry

/// One accepted connection: the socket, and the protocol that is spoken on it.
///
/// Readiness brings bytes in. What comes of them at once goes out at once, while it is still in the
/// processor's caches and its memory can serve the next connection; what the tasks of the turn
/// produce goes out together at its end.
final class ServerConnection: ReadinessHandler, TurnObserver, HTTPSessionHost {
  private enum Phase {
    /// TLS is being agreed on.
    case handshake
    /// The first bytes decide between HTTP/2 and HTTP/1.1.
    case sniffing([UInt8])
    case open(any HTTPSession)
    /// Our side is closed; what the peer still sends is read and dropped.
    case lingering
    case closed
  }

  /// Open streams whose end is much to do.
  private static let streamsWorthATurn = 8
  /// Unsent bytes above which nothing more is read.
  private static let pendingBytesMax = 256 * 1_024
  /// Bytes of TLS records without data, each of which may ask for new keys. Half of them may be
  /// the beginning of one that has some.
  private static let bytesWithoutDataMax = 32 * 1_024
  private static let lingerTimeout = Duration.seconds(2)
  /// How long a connection without a byte may hold up the end of the server. Closing it at once
  /// would fail a client that has just connected, and whose first request is on its way.
  private static let openingTimeoutWhenDraining = Duration.seconds(2)
  /// What is read and dropped of a peer that goes on sending when we have ended the connection.
  private static let lingerBytesMax = 1_024 * 1_024

  let number = EntityNumber.next()
  private let began: ContinuousClock.Instant
  private let owner: ServerLoop
  private let transport: Transport
  private let peer: String
  /// Who the peer has proved to be in the handshake.
  private var identity: PeerIdentity?
  private var phase: Phase
  private var phaseSince: ContinuousClock.Instant
  private var pending: [UInt8] = []
  private var pendingStart = 0
  private var sending: SendWatch
  private(set) var interest: Interest = .read
  private var isObserving = false
  /// The session may have something to send since it was last asked.
  private var hasChanged = false
  private var share: ReadShare
  private var wait = TurnWait()
  private var isDraining = false
  private var lingeredBytes = 0

  private var environment: HTTPEnvironment { owner.environment }

  init(
    _ descriptor: consuming FileDescriptor, peer: String, tls context: TLSContext?,
    owner: ServerLoop
  ) {
    self.owner = owner
    self.peer = peer
    let tls = context.map { TLSConnection($0, descriptor: descriptor.rawValue) }
    transport = Transport(descriptor: descriptor, tls: tls)
    phase = tls == nil ? .sniffing([]) : .handshake
    began = owner.environment.loop.now
    phaseSince = began
    share = ReadShare(now: began)
    sending = SendWatch(now: began)
  }

  var descriptor: Int32 { transport.descriptor.rawValue }

  var isSecure: Bool { transport.tls != nil }

  /// What its protocol tells; nil while that is not agreed on.
  var figures: SessionFigures? {
    switch phase {
    case .open(let session): session.figures
    case .handshake, .sniffing, .lingering, .closed: nil
    }
  }

  func snapshot() -> HTTPServerSnapshot.Connection {
    let (local, remote) = transport.descriptor.addresses
    return HTTPServerSnapshot.Connection(
      id: number, local: local, remote: remote, began: began, cipher: transport.tls?.cipher,
      peer: identity, figures: figures)
  }

  // MARK: Readiness

  func ready(_ readiness: Readiness) {
    // A handshake takes longer than most requests.
    if case .handshake = phase { return waitForTurn() }
    if readiness.contains(.write) {
      sessionChanged()
      if waitsToAnswer { waitForTurn() }
    }
    if readiness.contains(.read) {
      if share.isBusy || wait.isWaiting {
        waitForTurn()
      } else {
        read(owner.readsAtOnce.bytesMax(in: environment.loop.turn))
      }
      if hasChanged { flush() }
    }
    // With nothing to read or write the hang-up would be reported for ever.
    if readiness.contains(.hangup), interest.isEmpty { close() }
  }

  private func continueHandshake() {
    guard let tls = transport.tls else { return }
    switch tls.handshake() {
    case .done:
      identity = tls.peer.map {
        PeerIdentity(subject: $0.subject, names: $0.names, fingerprint: $0.fingerprint)
      }
      if tls.isHTTP2 {
        open(
          HTTP2ServerSession(
            environment: environment, peer: peer, scheme: "https", identity: identity,
            blocks: owner.blocks, host: self))
      } else {
        phase = .sniffing([])
      }
      setInterest(.read)
      // The first request may already be in TLS's buffer.
      read(ReadShare.bytesAtOnce, isTurn: true)
    case .wantsRead: setInterest(.read)
    case .wantsWrite: setInterest(.write)
    case .failed(let error):
      environment.metrics.refused("tls")
      environment.log.debug(
        "tls.failed", ["peer": .string(peer), "reason": .string(error.description)])
      // A client that was not yet refused has sent its request, which would reset the connection
      // before it has read the alert.
      lingerForPeer()
    }
  }

  /// Reads about so many bytes. If there are more, they wait for the next turn: of those of TLS,
  /// epoll may know nothing.
  private func read(_ bytesMax: Int, isTurn: Bool = false) {
    // What comes with the last message of the handshake is of the protocol that it decides.
    if case .handshake = phase { return continueHandshake() }
    var room = bytesMax
    while wantsInput {
      // A record of TLS is taken at once.
      let capacity = transport.tls == nil ? room : ServerLoop.readBufferBytes
      let buffer = unsafe UnsafeMutableBufferPointer(rebasing: owner.readBuffer[..<capacity])
      switch unsafe take(into: UnsafeMutableRawBufferPointer(buffer)) {
      case .bytes(let count):
        unsafe receiveTimed(UnsafeBufferPointer(rebasing: buffer[..<count]))
        // A socket that filled less than the buffer is empty; TLS gives a record at a time.
        if transport.tls == nil && count < capacity {
          wait.socketEmptied()
          return updateInterest()
        }
        room -= count
        if room <= 0 {
          updateInterest()
          share.beBusy(now: environment.loop.now)
          return waitForTurn()
        }
      case .wouldBlock: return waitForMore()
      // The socket says so again in the turn.
      case .end where !isTurn && leavesMuch: return waitForTurn()
      case .failed where !isTurn && leavesMuch: return waitForTurn()
      case .end: return receiveEnd()
      case .failed: return close()
      }
    }
    updateInterest()
  }

  /// What has come is no data, if it is anything.
  private func waitForMore() {
    wait.socketEmptied()
    let count = transport.tls?.bytesWithoutData ?? 0
    if count > Self.bytesWithoutDataMax { return end(cause: "tls_records") }
    if count > ReadShare.timedBytes { share.beBusy(now: environment.loop.now) }
    updateInterest()
  }

  private func receiveTimed(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= ReadShare.timedBytes else { return unsafe receive(bytes) }
    let start = ContinuousClock.now
    unsafe receive(bytes)
    let end = ContinuousClock.now
    share.read(bytes.count, for: end - start, now: end)
    owner.readsAtOnce.took(end - start, in: environment.loop.turn)
  }

  /// Whether the end of the connection is the end of many calls.
  private var leavesMuch: Bool {
    guard case .open(let session) = phase else { return false }
    return session.figures.open > Self.streamsWorthATurn
  }

  /// Whether more calls of the peer have succeeded than failed.
  private var isProven: Bool {
    guard case .open(let session) = phase else { return false }
    return session.isProven
  }

  // MARK: Turns

  private func waitForTurn() {
    guard !wait.isWaiting else { return }
    wait.begin(now: environment.loop.now)
    owner.backlog.add(self)
  }

  func sessionHasWaiting() {
    share.beBusy(now: environment.loop.now)
    waitForTurn()
  }

  /// It is the connection's turn.
  func workWaiting() {
    wait.end(now: environment.loop.now)
    if case .open(let session) = phase { session.startWaiting() }
    // Nothing more is read before what has been read is begun.
    if !wait.isWaiting {
      read(
        share.bytesInTurn(isAlone: owner.backlog.count == 1, isProven: isProven), isTurn: true)
    }
    if hasChanged { flush() }
    if !wait.isWaiting { share.rest(now: environment.loop.now) }
  }

  private func take(into buffer: UnsafeMutableRawBufferPointer) -> IOResult {
    // What is dropped need not be deciphered, and cannot be after a handshake that has failed.
    if case .lingering = phase { return unsafe transport.descriptor.read(into: buffer) }
    return unsafe transport.read(into: buffer)
  }

  private var wantsInput: Bool {
    guard pending.count - pendingStart < Self.pendingBytesMax else { return false }
    switch phase {
    case .handshake, .sniffing, .lingering: return true
    case .open(let session): return session.wantsInput
    case .closed: return false
    }
  }

  private func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch phase {
    case .sniffing(var first):
      unsafe first.append(contentsOf: bytes)
      sniff(first)
    case .open(let session): unsafe session.receive(bytes)
    case .lingering:
      lingeredBytes += bytes.count
      if lingeredBytes > Self.lingerBytesMax { close() }
    case .handshake, .closed: break
    }
  }

  /// Tells HTTP/2 by its preface, which is no request of HTTP/1.1.
  private func sniff(_ first: [UInt8]) {
    let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    let isHTTP2 = first.starts(with: preface) && transport.tls == nil
    if !isHTTP2, first.count < preface.count, preface.starts(with: first) {
      phase = .sniffing(first)
      return
    }
    let session: any HTTPSession =
      isHTTP2
      ? HTTP2ServerSession(
        environment: environment, peer: peer, scheme: "http", blocks: owner.blocks, host: self)
      : HTTP1Session(
        environment: environment, peer: peer, scheme: transport.tls == nil ? "http" : "https",
        identity: identity, host: self)
    open(session, received: first)
  }

  private func open(_ session: any HTTPSession, received first: [UInt8] = []) {
    phase = .open(session)
    if !first.isEmpty { unsafe first.withUnsafeBufferPointer { unsafe session.receive($0) } }
    // Last, so that a request which is already there is answered.
    if isDraining { session.drain() }
    sessionChanged()
  }

  private func receiveEnd() {
    guard case .open(let session) = phase else { return close() }
    session.receiveEnd()
    if session.isFinished && pending.isEmpty {
      flush()
    } else {
      updateInterest()
      sessionChanged()
    }
  }

  // MARK: Output

  func sessionChanged() {
    hasChanged = true
    guard !isObserving else { return }
    isObserving = true
    environment.loop.atEndOfTurn(self)
  }

  func turnEnded() {
    isObserving = false
    if hasChanged { flush() }
  }

  var isSocketFull: Bool { !pending.isEmpty }

  private func flush() {
    hasChanged = false
    guard flushPending() else { return }
    guard case .open(let session) = phase else { return updateInterest() }
    while pending.isEmpty {
      var output = owner.takeOutputBuffer()
      let hasMore = session.produce(into: &output)
      let isEmpty = output.isEmpty
      let sent = isEmpty ? 0 : transport.send(output, from: 0)
      if let sent, sent < output.count {
        pending = output.copy(from: sent)
        environment.hold(pending.count)
        pendingStart = 0
        sending.began(now: environment.loop.now)
      }
      owner.recycle(&output)
      guard let sent else { return close() }
      if isEmpty { break }
      let isTurnOver = !environment.maySendMore(after: sent)
      guard hasMore else { break }
      if isTurnOver, pending.isEmpty { return sessionChanged() }
    }
    if session.isFinished && pending.isEmpty { return linger() }
    updateInterest()
  }

  /// Sends what an earlier turn could not; false while there is some left or when it has failed.
  private func flushPending() -> Bool {
    guard !pending.isEmpty else { return true }
    guard let position = transport.send(pending, from: pendingStart) else {
      close()
      return false
    }
    sending.took(upTo: position, now: environment.loop.now)
    environment.hold(pendingStart - position)
    pendingStart = position
    if pendingStart == pending.count {
      pending = []
      pendingStart = 0
      return true
    }
    updateInterest()
    return false
  }

  private func updateInterest() {
    var wanted: Interest = wantsInput ? (waitsToAnswer ? .write : .read) : []
    if !pending.isEmpty { wanted.insert(.write) }
    setInterest(wanted)
  }

  private var waitsToAnswer: Bool { transport.tls?.waitsToAnswer ?? false }

  private func setInterest(_ wanted: Interest) {
    if case .closed = phase { return }
    guard wanted != interest else { return }
    let mayHoldBytes = transport.tls != nil && wanted.contains(.read) && !interest.contains(.read)
    interest = wanted
    environment.loop.update(descriptor, interest: wanted)
    if mayHoldBytes { waitForTurn() }
  }

  // MARK: Time and end

  /// Called about once a second.
  func checkDeadlines(now: ContinuousClock.Instant) {
    if !pending.isEmpty && now >= sending.since + environment.limits.sendTimeout {
      return end(cause: "send_timeout")
    }
    let waited = wait.total(now: now)
    switch phase {
    case .handshake, .sniffing:
      if now >= phaseSince + openingTimeout + waited { end(cause: "handshake_timeout") }
    case .open(let session):
      if let deadline = session.deadline, now >= deadline + waited { session.expire() }
      session.look(now: now)
    case .lingering:
      if now >= phaseSince + Self.lingerTimeout { close() }
    case .closed: break
    }
  }

  /// Bytes that wait for the peer.
  var heldBytes: Int {
    guard case .open(let session) = phase else { return pending.count - pendingStart }
    return session.heldBytes + pending.count - pendingStart
  }

  /// Since when there is no request; nil while there is one.
  var idleSince: ContinuousClock.Instant? {
    switch phase {
    case .handshake, .sniffing, .lingering: phaseSince
    case .open(let session): session.idleSince
    case .closed: nil
    }
  }

  /// How long the peer has taken nothing of what waits for it; nil when nothing waits.
  func stalled(now: ContinuousClock.Instant) -> Duration? {
    guard case .open(let session) = phase else { return nil }
    let stalled = session.stalled(now: now)
    guard !pending.isEmpty else { return stalled }
    return max(now - sending.since, stalled ?? .zero)
  }

  /// The loop holds too much for this one.
  func endHolding(cause: String) {
    guard case .open(let session) = phase else { return }
    if pending.isEmpty { session.endHolding(cause: cause) } else { end(cause: cause) }
  }

  /// Ends the idle connection at once, so that another has its place.
  func evict() {
    switch phase {
    case .handshake, .sniffing: return end(cause: "evicted")
    case .open(let session):
      session.evict()
      flush()
    case .lingering, .closed: break
    }
    close()
  }

  private func end(cause: String) {
    environment.refused("connection.cut", cause: cause, peer: peer)
    close()
  }

  private var openingTimeout: Duration {
    let timeout = environment.limits.handshakeTimeout
    return isDraining ? min(Self.openingTimeoutWhenDraining, timeout) : timeout
  }

  func drain() {
    isDraining = true
    switch phase {
    case .handshake, .sniffing, .lingering: break
    case .open(let session): session.drain()
    case .closed: break
    }
  }

  /// Cancels the handlers. The connection ends with their last words.
  func interrupt() {
    if case .open(let session) = phase { session.interrupt() }
  }

  /// Ends the connection now, telling the peer.
  func cancel() {
    if case .open(let session) = phase {
      session.cancel()
      flush()
    }
    close()
  }

  private func linger() {
    guard case .open(let session) = phase else { return }
    let leavesInput = session.leavesInput
    session.connectionLost()
    transport.tls?.close()
    if leavesInput { lingerForPeer() } else { close() }
  }

  /// Ends our side and waits until the peer has ended its own, for a while.
  private func lingerForPeer() {
    guard transport.descriptor.shutdownSending() else { return close() }
    phase = .lingering
    phaseSince = environment.loop.now
    updateInterest()
  }

  private func close() {
    if case .closed = phase { return }
    let last = phase
    environment.loop.deregister(descriptor)
    environment.hold(pendingStart - pending.count)
    pending = []
    pendingStart = 0
    phase = .closed
    if case .open(let session) = last { session.connectionLost() }
    owner.connectionClosed(self)
  }
}
