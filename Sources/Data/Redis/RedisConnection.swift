internal import Reactor
internal import Telemetry

/// The connection of one loop: commands out in order, replies in in the same order.
///
/// It connects with the first command and again after it broke. While the server is away commands
/// fail at once instead of piling up: what asks Redis has something better to do than to wait.
///
/// Unchecked: after `init` everything is touched on the loop only.
final class RedisConnection: ReadinessHandler, TurnObserver, @unchecked Sendable {
  private enum Phase {
    /// Nobody has asked yet, or the pause after a failure is over.
    case idle
    /// Commands wait in `unanswered` and are written when it is open.
    case connecting
    case open(ReplyReader)
    /// Commands fail until the timer ends it.
    case pausing
    case closed
  }

  let loop: EventLoop
  private let url: RedisURL
  private let log: Logger
  private let resolver = Resolver()
  private var phase = Phase.idle
  private var descriptor: Int32 = -1
  private var unanswered: [RedisRequest] = []
  private var answered = 0
  private var outgoing: [UInt8] = []
  private var isWriting = false
  private var willFlush = false
  private var failures = 0
  private var expiry: (at: ContinuousClock.Instant, timer: TimerID)?
  private var buffer = [UInt8](repeating: 0, count: 16_384)

  /// Commands without a reply; more are refused.
  static let unansweredMax = 4096
  private static let connectMax = Duration.seconds(2)
  /// How long after its deadline the oldest command may go unanswered before the connection is
  /// given up.
  private static let grace = Duration.seconds(1)

  init(loop: EventLoop, url: RedisURL, log: Logger) {
    self.loop = loop
    self.url = url
    self.log = log
  }

  // MARK: Commands

  func submit(_ request: RedisRequest, _ continuation: RedisRequest.Continuation) {
    guard request.begin(continuation) else { return }
    guard request.deadline > loop.now else { return request.complete(.failure(.timeout)) }
    guard unanswered.count - answered < Self.unansweredMax else {
      return request.complete(.failure(.overloaded))
    }
    switch phase {
    case .closed: return request.complete(.failure(.closed))
    case .pausing: return request.complete(.failure(.connectionLost))
    case .idle:
      phase = .connecting
      append(request)
      connect()
    case .connecting: append(request)
    case .open:
      append(request)
      flushLater()
    }
  }

  private func append(_ request: RedisRequest) {
    unanswered.append(request)
    RedisCommand.append(request.arguments, to: &outgoing)
    watch(request.deadline)
  }

  // MARK: Opening and ending

  private func connect() {
    let deadline = loop.now + Self.connectMax
    // Nobody awaits the task; it ends by its deadline, and a connection closed meanwhile drops the
    // socket.
    Task(executorPreference: loop) { [self] in
      do throws(SocketError) {
        let addresses = try await addresses()
        let socket = try await loop.connect(to: addresses, deadline: deadline)
        opened(socket)
      } catch {
        fail("\(error)")
      }
    }
  }

  private func addresses() async throws(SocketError) -> [SocketAddress] {
    switch url.place {
    case .unix(let path): [try ListenAddress.unix(path: path).socketAddress()]
    case .tcp(let host, let port): try await resolver.resolve(host: host, port: port)
    }
  }

  private func opened(_ socket: consuming FileDescriptor) {
    guard case .connecting = phase, let reader = ReplyReader() else { return }
    descriptor = socket.release()
    do throws(SocketError) {
      try loop.register(descriptor, interest: .read, handler: self)
    } catch {
      return fail("\(error)")
    }
    failures = 0
    phase = .open(reader)
    var greeting: [UInt8] = []
    var requests: [RedisRequest] = []
    for command in url.greeting {
      let request = RedisRequest(
        command.map { Array($0.utf8) }, deadline: loop.now + Self.connectMax)
      RedisCommand.append(request.arguments, to: &greeting)
      requests.append(request)
      watch(request.deadline)
    }
    outgoing = greeting + outgoing
    unanswered = requests + unanswered
    flush()
  }

  /// Gives the connection up; the next command after a pause makes another.
  private func fail(_ reason: String) {
    guard end() else { return }
    failures += 1
    log.warning("redis.connection_lost", ["reason": .string(reason)])
    phase = .pausing
    let pause = Duration.milliseconds(min(50 << min(failures - 1, 10), 1000))
    loop.schedule(at: loop.now + pause) { [weak self] in
      guard let self, case .pausing = phase else { return }
      phase = .idle
    }
    failAll(.connectionLost)
  }

  func close() {
    guard end() else { return }
    phase = .closed
    failAll(.closed)
  }

  private func failAll(_ error: RedisError) {
    let requests = unanswered[answered...]
    unanswered = []
    answered = 0
    outgoing = []
    for request in requests { request.complete(.failure(error)) }
  }

  private func end() -> Bool {
    if case .closed = phase { return false }
    if descriptor >= 0 {
      loop.deregister(descriptor)
      _ = FileDescriptor(owning: descriptor)
      descriptor = -1
    }
    if let expiry { loop.cancel(expiry.timer) }
    expiry = nil
    isWriting = false
    return true
  }

  // MARK: Bytes

  /// Writes once for all commands of this turn.
  private func flushLater() {
    guard !willFlush else { return }
    willFlush = true
    loop.atEndOfTurn(self)
  }

  func turnEnded() {
    willFlush = false
    flush()
  }

  private func flush() {
    guard case .open = phase, !outgoing.isEmpty else { return }
    let socket = FileDescriptor(owning: descriptor)
    let result = unsafe outgoing.withUnsafeBytes { unsafe socket.send($0) }
    descriptor = socket.release()
    switch result {
    case .bytes(let count): outgoing.removeFirst(count)
    case .wouldBlock: break
    case .end, .failed: return fail("the connection broke while writing")
    }
    guard isWriting == outgoing.isEmpty else { return }
    isWriting = !outgoing.isEmpty
    loop.update(descriptor, interest: isWriting ? [.read, .write] : .read)
  }

  func ready(_ readiness: Readiness) {
    if readiness.contains(.write) { flush() }
    guard readiness.contains(.read), case .open(let reader) = phase else { return }
    let socket = FileDescriptor(owning: descriptor)
    let result = unsafe buffer.withUnsafeMutableBytes { unsafe socket.read(into: $0) }
    descriptor = socket.release()
    switch result {
    case .bytes(let count):
      let isTaken = unsafe buffer.withUnsafeBytes { bytes in
        unsafe reader.feed(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      guard isTaken else { return fail("out of memory") }
      receive(reader)
    case .wouldBlock: break
    case .end: fail("the server closed the connection")
    case .failed: fail("the connection broke while reading")
    }
  }

  private func receive(_ reader: ReplyReader) {
    while case .open = phase {
      switch reader.next() {
      case .needsMore: return
      case .broken: return fail("the peer does not speak the protocol")
      case .reply(let reply):
        guard answered < unanswered.count else { return fail("a reply to no command") }
        let request = unanswered[answered]
        answered += 1
        if answered == unanswered.count {
          unanswered.removeAll(keepingCapacity: true)
          answered = 0
        } else if answered > 256 {
          unanswered.removeFirst(answered)
          answered = 0
        }
        if case .error(let text) = reply {
          request.complete(.failure(.server(text)))
        } else {
          request.complete(.success(reply))
        }
      }
    }
  }

  // MARK: Deadlines

  /// One timer for all commands, as they nearly always are answered long before.
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
    for request in unanswered[answered...] {
      if request.deadline > now {
        next = min(next ?? request.deadline, request.deadline)
      } else {
        request.complete(.failure(.timeout))
      }
    }
    if answered < unanswered.count, unanswered[answered].deadline <= now {
      let limit = unanswered[answered].deadline + Self.grace
      guard limit > now else { return fail("no answer to a command") }
      next = min(next ?? limit, limit)
    }
    if let next { watch(next) }
  }
}
