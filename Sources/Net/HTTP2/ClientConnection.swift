internal import HTTP
internal import Reactor
internal import TLS

/// One connection of a client and the requests on it. Belongs to the loop.
///
/// Unchecked, because the actor that owns it runs on the same loop.
final class ClientConnection: ReadinessHandler, TurnObserver, @unchecked Sendable {
  private static let outputBytesMax = 256 * 1_024
  private static let readsPerTurnMax = 16

  private let loop: EventLoop
  private let transport: Transport
  private let engine: HTTP2Engine
  /// Woken when TLS has been agreed on, or not.
  private let opening: Waiter
  private var openingFailure: HTTPClientError?
  private var isOpen = false
  private var isClosed = false
  private var isObserving = false
  /// The server has announced the end of the connection, with these words.
  private var goAway: String?
  private var pending: [UInt8] = []
  private var pendingStart = 0
  private var interest: Interest = []
  private var readBuffer: [UInt8] = []

  /// Whether a request may be begun.
  var isUsable: Bool { isOpen && !isClosed && goAway == nil }

  init(
    _ descriptor: consuming FileDescriptor, loop: EventLoop, limits: HTTPLimits,
    tls: TLSContext?, serverName: String?
  ) {
    self.loop = loop
    let connection = tls.map { context in
      TLSConnection(context, descriptor: descriptor.rawValue, serverName: serverName)
    }
    transport = Transport(descriptor: descriptor, tls: connection)
    engine = HTTP2Engine(client: limits)
    opening = Waiter(loop: loop)
  }

  private var descriptor: Int32 { transport.descriptor.rawValue }

  /// Makes the connection ready for requests.
  func open(deadline: ContinuousClock.Instant) async throws(HTTPClientError) {
    do {
      try loop.register(descriptor, interest: .read, handler: self)
    } catch {
      isClosed = true
      throw .unreachable(error)
    }
    interest = .read
    if transport.tls == nil {
      isOpen = true
    } else {
      continueHandshake()
      let wakes = opening.wakes
      if !isOpen && !isClosed, case .timedOut = await opening.wait(until: deadline, since: wakes) {
        close(.tls(.handshakeFailed(reason: "no answer in time")))
      }
    }
    if let openingFailure { throw openingFailure }
    if !isOpen {
      close(.cancelled)
      throw .cancelled
    }
  }

  private func continueHandshake() {
    guard let tls = transport.tls else { return }
    switch tls.handshake() {
    case .done:
      guard tls.isHTTP2 else { return close(.tls(.noHTTP2)) }
      isOpen = true
      opening.wake()
      setInterest(.read)
      changed()
    case .wantsRead: setInterest(.read)
    case .wantsWrite: setInterest(.write)
    case .failed(let error): close(.tls(error))
    }
  }

  // MARK: Requests

  func begin(
    _ stream: ClientStream, _ pseudo: [(String, String)], _ fields: HTTPFields, hasBody: Bool
  ) -> Bool {
    changed()
    return engine.request(stream, pseudo, fields, hasBody: hasBody)
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
    guard !isClosed else { return }
    if !isOpen { return continueHandshake() }
    if readiness.contains(.write) { changed() }
    if readiness.contains(.read) { read() }
  }

  private func read() {
    if readBuffer.isEmpty { readBuffer = [UInt8](repeating: 0, count: 65_536) }
    for _ in 0..<Self.readsPerTurnMax {
      let result = unsafe readBuffer.withUnsafeMutableBytes { unsafe transport.read(into: $0) }
      switch result {
      case .bytes(let count):
        let isSound = unsafe readBuffer.withUnsafeBufferPointer { bytes in
          unsafe engine.receive(UnsafeBufferPointer(rebasing: bytes[..<count]))
        }
        act()
        changed()
        guard isSound else {
          return close(.connectionLost(reason: "the server does not speak HTTP/2"))
        }
      case .wouldBlock: return
      case .end: return close(.connectionLost(reason: goAway ?? "closed by the server"))
      case .failed(let code): return close(.connectionLost(reason: systemMessage(code)))
      }
    }
    // There may be more, which TLS would not let epoll report.
    loop.execute { [weak self] in
      guard let self, !self.isClosed else { return }
      self.read()
    }
  }

  private func act() {
    let events = engine.takeEvents()
    for event in events {
      switch event {
      case .headers(let stream), .data(let stream): client(stream.stream).wake()
      case .ended(let stream):
        let stream = client(stream.stream)
        // Answered before everything was read: the server wants no more (RFC 9113 section 8.1).
        if stream.isSending { engine.reset(stream, code: HTTP2ErrorCode.noError) }
        stream.wake()
      case .closed(let stream, let code):
        let stream = client(stream.stream)
        engine.forget(stream)
        engine.consume(stream, stream.received.count)
        stream.close(code: code)
      case .goAway(_, let code):
        let text = engine.goAwayText
        goAway = "closed by the server with GOAWAY \(code)\(text.isEmpty ? "" : ": \(text)")"
      case .sentEnd, .trailersDue, .ping, .pingAcknowledged: break
      }
    }
    engine.recycle(events)
  }

  private func client(_ stream: HTTP2Stream) -> ClientStream {
    unsafe unsafeDowncast(stream, to: ClientStream.self)
  }

  // MARK: Output

  private func changed() {
    guard !isObserving, !isClosed else { return }
    isObserving = true
    loop.atEndOfTurn(self)
  }

  func turnEnded() {
    isObserving = false
    guard isOpen, !isClosed else { return }
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
        return close(.connectionLost(reason: "sending failed"))
      }
      pendingStart = position
      guard pendingStart == pending.count else { return setInterest([.read, .write]) }
      pending.removeAll(keepingCapacity: true)
    } while true
    setInterest(.read)
    if engine.isFinished || goAway != nil && engine.streams.isEmpty {
      close(.connectionLost(reason: goAway ?? "closed"))
    }
  }

  private func setInterest(_ wanted: Interest) {
    guard wanted != interest else { return }
    interest = wanted
    loop.update(descriptor, interest: wanted)
  }

  // MARK: End

  /// Ends the connection and every request on it.
  func close(_ error: HTTPClientError) {
    guard !isClosed else { return }
    isClosed = true
    if !isOpen { openingFailure = error }
    transport.tls?.close()
    loop.deregister(descriptor)
    _ = transport.descriptor.shutdownSending()
    for stream in engine.streams.values {
      stream.isClosed = true
      client(stream).connection = nil
      client(stream).fail(error)
      engine.forget(stream)
    }
    opening.wake()
  }
}
