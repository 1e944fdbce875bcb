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
  enum Phase {
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
  private static let unsentBytesMax = 256 * 1_024
  /// Bytes of TLS records without data, each of which may ask for new keys. Half of them may be
  /// the beginning of one that has some.
  private static let bytesWithoutDataMax = 32 * 1_024
  /// What is read and dropped of a peer that goes on sending when we have ended the connection.
  private static let lingerBytesMax = 1_024 * 1_024

  let number = EntityNumber.next()
  private let began: ContinuousClock.Instant
  let owner: ServerLoop
  let transport: Transport
  let peer: String
  /// Who the peer has proved to be in the handshake.
  private var identity: PeerIdentity?
  var phase: Phase
  var phaseSince: ContinuousClock.Instant
  var unsent: UnsentOutput
  private(set) var interest: Interest = .read
  private var isObserving = false
  /// The session may have something to send since it was last asked.
  private var hasChanged = false
  private var share: ReadShare
  /// When the first of what is being answered was received, if it was much.
  private var readBegan: ContinuousClock.Instant?
  var wait = TurnWait()
  var isDraining = false
  private var lingeredBytes = 0

  var environment: HTTPEnvironment { owner.environment }

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
    unsent = UnsentOutput(now: began)
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
      if share.isBusy || wait.isWaiting { waitForTurn() } else { readAtOnce() }
      if hasChanged { flush() }
      countReadAtOnce()
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

  private func readAtOnce() {
    let turn = environment.loop.turn
    guard let bytesMax = owner.readsAtOnce.bytesMax(in: turn, isProven: isProven) else {
      return waitForTurn()
    }
    read(bytesMax)
  }

  /// What has been read at once has been answered as well.
  private func countReadAtOnce() {
    guard let began = readBegan.take() else { return }
    let now = ContinuousClock.now
    share.answered(in: now - began, now: now)
    owner.readsAtOnce.took(now - began, in: environment.loop.turn)
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
    if readBegan == nil { readBegan = start }
    unsafe receive(bytes)
    let end = ContinuousClock.now
    share.read(bytes.count, for: end - start, now: end)
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
    // The time of a turn is the backlog's to count.
    readBegan = nil
    if !wait.isWaiting { share.rest(now: environment.loop.now) }
  }

  private func take(into buffer: UnsafeMutableRawBufferPointer) -> IOResult {
    // What is dropped need not be deciphered, and cannot be after a handshake that has failed.
    if case .lingering = phase { return unsafe transport.descriptor.read(into: buffer) }
    return unsafe transport.read(into: buffer)
  }

  private var wantsInput: Bool {
    guard unsent.count < Self.unsentBytesMax else { return false }
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
    if session.isFinished && unsent.isEmpty {
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

  var isSocketFull: Bool { !unsent.isEmpty }

  func flush() {
    hasChanged = false
    guard flushUnsent() else { return }
    guard case .open(let session) = phase else { return updateInterest() }
    while unsent.isEmpty {
      var output = owner.takeOutputBuffer()
      let hasMore = session.produce(into: &output)
      let isEmpty = output.isEmpty
      let sent = isEmpty ? 0 : transport.send(output, from: 0)
      if let sent, sent < output.count {
        unsent.keep(output, from: sent, now: environment.loop.now)
        environment.hold(unsent.count)
      }
      owner.recycle(&output)
      guard let sent else { return close() }
      if isEmpty { break }
      let isTurnOver = !environment.maySendMore(after: sent)
      guard hasMore else { break }
      if isTurnOver, unsent.isEmpty { return sessionChanged() }
    }
    if session.isFinished && unsent.isEmpty { return linger() }
    updateInterest()
  }

  /// Sends what an earlier turn could not; false while there is some left or when it has failed.
  private func flushUnsent() -> Bool {
    guard !unsent.isEmpty else { return true }
    guard let sent = unsent.send(over: transport, now: environment.loop.now) else {
      close()
      return false
    }
    environment.hold(-sent)
    guard unsent.isEmpty else {
      updateInterest()
      return false
    }
    return true
  }

  func updateInterest() {
    var wanted: Interest = wantsInput ? (waitsToAnswer ? .write : .read) : []
    if !unsent.isEmpty { wanted.insert(.write) }
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
}
