package import Reactor

/// One request and its response, the same for HTTP/1.1 and HTTP/2.
///
/// ```swift
/// func handle(_ exchange: HTTPExchange) async {
///   exchange.respond(status: 200, fields: ["content-type": "text/plain"], body: Array("ok".utf8))
/// }
/// ```
///
/// A response is one of: ``respond(status:fields:body:trailers:)``;
/// ``finishHeadersOnly(status:fields:)``; or ``start(status:fields:)``, any number of
/// ``write(_:)``, ``finish(trailers:)``. What a turn of the loop produces goes out together at its
/// end.
///
/// The sendability is unchecked because the exchange belongs to its loop: every function checks
/// that it runs there.
package final class HTTPExchange: @unchecked Sendable {
  /// What has become of the response.
  package enum Phase: Sendable {
    /// Nothing has been said; next is started, finished or gone.
    case waiting
    /// The head is on its way; next is finished or gone.
    case started
    /// Everything has been handed over.
    case finished
    /// The stream has ended without us, or we have reset it.
    case gone
  }

  package let head: HTTPRequestHead
  package let loop: EventLoop
  package internal(set) var phase = Phase.waiting

  /// The driver's number for the stream; 0 for HTTP/1.1.
  package let streamID: Int32

  /// For drivers: what the handler has said so far. `takeHead` and friends empty it.
  package internal(set) var responseHead: HTTPResponseHead?
  package internal(set) var trailers: HTTPFields?
  package internal(set) var resetCode: UInt32?

  /// Since when the handler waits for the rest of a message.
  package var owedSince: ContinuousClock.Instant? { owed?.since }
  var owed: Owed?
  var keptCount = 0
  var inbound = BodyQueue()
  var outbound = BodyQueue()
  let queueBytesMax: Int
  /// Whether the response has a body: that of HEAD has none.
  private let sendsBody: Bool
  /// Called unless ``isDetached``. Constant, so that a call of it keeps it alive without a reference.
  let driver: any HTTPExchangeDriver
  var isDetached = false
  /// Has a last look at the head of the response, whoever makes it.
  package var responseHeadFilter: ((inout HTTPResponseHead) -> Void)?
  /// What serves the request, until something of its body has come.
  var awaitingBody: (any BodyWork)?
  /// So much of the body begins it in any case, for a peer may have no more room before it is read.
  let awaitedBytesMax: Int
  /// In which the handler runs.
  var task: LoopTask?
  /// Nobody wants the handler's answer any more.
  var isCancelled = false
  /// Of ``limit(until:_:)``.
  var timer: TimerID?
  /// The handler has returned.
  package internal(set) var hasReturned = false
  /// The server ends and has cancelled the handler, whose last words are still sent.
  package internal(set) var isInterrupted = false

  /// A time that few requests have; an empty place for it costs them nothing, where one for the
  /// instant, whose layout is not known here, costs each of them.
  final class Owed {
    let since: ContinuousClock.Instant

    init(since: ContinuousClock.Instant) { self.since = since }
  }

  /// An exchange over any connection. Its body is complete when `body` is given, otherwise it
  /// comes through ``received(_:)`` and ``receivedEnd()``.
  package init(
    head: HTTPRequestHead, loop: EventLoop, streamID: Int32 = 0, queueBytesMax: Int = 65_536,
    awaitedBytesMax: Int = 4_096, driver: any HTTPExchangeDriver
  ) {
    self.head = head
    sendsBody = !head.isHead
    self.loop = loop
    self.streamID = streamID
    self.queueBytesMax = queueBytesMax
    self.awaitedBytesMax = awaitedBytesMax
    self.driver = driver
  }

  // MARK: Request

  /// The next piece of the request's body; nil at its end. Reading gives the peer room to send.
  package func readBody() async throws(HTTPStreamError) -> [UInt8]? {
    while true {
      loop.preconditionOnLoop()
      if let failure = inbound.failure { throw failure }
      if !inbound.isEmpty {
        let bytes = inbound.takeAll()
        if !isDetached { driver.exchange(self, consumed: bytes.count) }
        return bytes
      }
      if inbound.isEnded { return nil }
      if !isDetached { driver.exchangeWantsBody(self) }
      await waitForBody()
      if Task.isCancelled && inbound.isEmpty && !inbound.isEnded {
        throw inbound.failure ?? .cancelled
      }
    }
  }

  /// The whole body of the request if all of it has come by now. Like ``readBody()``, and instead
  /// of it: what is taken here does not come again.
  package func takeCompleteBody() -> [UInt8]? {
    loop.preconditionOnLoop()
    guard inbound.isEnded, inbound.failure == nil else { return nil }
    let bytes = inbound.takeAll()
    if !bytes.isEmpty, !isDetached { driver.exchange(self, consumed: bytes.count) }
    return bytes
  }

  /// The next piece of the body for a reader that keeps bytes of an unfinished message until then.
  ///
  /// Fails with ``HTTPStreamError/overloaded`` when the messages of all peers together are more
  /// than the loop keeps; a few short ones of a connection always have room. A peer that owes the
  /// rest of a message may not be silent for long.
  package func readBody(keeping count: Int) async throws(HTTPStreamError) -> [UInt8]? {
    guard keep(count) else { throw .overloaded }
    owed = count > 0 ? Owed(since: loop.now) : nil
    defer { owed = nil }
    let bytes = try await readBody()
    // What is complete is kept no more.
    if bytes == nil { keep(0) }
    return bytes
  }

  /// The whole body of the request, or an error as soon as it is longer than `limit`.
  package func collectBody(limit: Int) async throws(HTTPStreamError) -> [UInt8] {
    guard var body = try await readBody() else { return [] }
    while body.count <= limit {
      guard let more = try await readBody(keeping: body.count) else { return body }
      body += more
    }
    throw .bodyTooLarge(limit: limit)
  }

  private func waitForBody() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // This may run as a job of its own, after what is waited for.
        let isDue = !inbound.isEmpty || inbound.isEnded || inbound.failure != nil
        if isDue || Task.isCancelled { continuation.resume() } else { inbound.park(continuation) }
      }
    } onCancel: {
      loop.execute { [self] in inbound.wake() }
    }
  }

  // MARK: Response

  /// Sends a whole response. `content-length` is added unless there are trailers.
  package func respond(
    status: Int, fields: consuming HTTPFields = HTTPFields(), body: consuming [UInt8] = [],
    trailers: consuming HTTPFields? = nil
  ) {
    if trailers == nil, status != 204, status != 304, !fields.contains("content-length") {
      fields.add("content-length", String(body.count))
    }
    guard begin(status: status, fields: fields) else { return }
    if sendsBody { outbound.append(body) }
    phase = .finished
    self.trailers = trailers
    outbound.end()
    hasOutput()
  }

  /// Sends the head of a response whose body follows. Nothing happens when the stream has ended.
  package func start(status: Int, fields: HTTPFields) {
    if begin(status: status, fields: fields) { hasOutput() }
  }

  private func hasOutput() {
    if !isDetached { driver.exchangeHasOutput(self) }
  }

  /// Settles the head of the response; false when the stream has ended.
  private func begin(status: Int, fields: consuming HTTPFields) -> Bool {
    loop.preconditionOnLoop()
    switch phase {
    case .waiting:
      phase = .started
      var head = HTTPResponseHead(status: status, fields: fields)
      if let filter = responseHeadFilter {
        // What it knows is of no use afterwards, and the answer may take long.
        responseHeadFilter = nil
        filter(&head)
      }
      responseHead = head
      return true
    case .started, .finished: preconditionFailure("an exchange has one response")
    case .gone: return false
    }
  }

  /// Sends a piece of the body. Returns when the peer has taken enough of what is queued.
  package func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
    try writeNow(bytes)
    guard sendsBody else { return }
    while outbound.count > queueBytesMax && outbound.failure == nil {
      await waitForRoom()
      if Task.isCancelled { throw outbound.failure ?? .cancelled }
    }
    if let failure = outbound.failure { throw failure }
  }

  /// Whether ``write(_:)`` would not wait with so many bytes.
  package func hasRoom(for count: Int) -> Bool { outbound.count + count <= queueBytesMax }

  /// Sends a piece of the body for which there is room.
  package func writeNow(_ bytes: [UInt8]) throws(HTTPStreamError) {
    guard try mayWrite() else { return }
    outbound.append(bytes)
    hasOutput()
  }

  /// The same in two parts, so that a frame need not be made of a message first.
  package func writeNow(
    _ bytes: Span<UInt8>, after prefix: Span<UInt8>
  ) throws(HTTPStreamError) {
    guard try mayWrite() else { return }
    outbound.append(bytes, after: prefix)
    hasOutput()
  }

  private func mayWrite() throws(HTTPStreamError) -> Bool {
    loop.preconditionOnLoop()
    if let failure = outbound.failure { throw failure }
    switch phase {
    case .waiting: preconditionFailure("a body comes after its head")
    case .started: break
    case .finished, .gone: throw .finished
    }
    return sendsBody
  }

  /// Ends the response.
  package func finish(trailers: HTTPFields? = nil) {
    loop.preconditionOnLoop()
    switch phase {
    case .waiting: preconditionFailure("an end comes after the head")
    case .started:
      phase = .finished
      self.trailers = trailers
      outbound.end()
      hasOutput()
    case .finished, .gone: break
    }
  }

  /// Ends the response with a last piece of its body, which waits for no room.
  package func finish(last bytes: [UInt8]) {
    loop.preconditionOnLoop()
    if phase == .started, sendsBody { outbound.append(bytes) }
    finish()
  }

  /// Sends a response that is one block of fields: gRPC calls it Trailers-Only.
  package func finishHeadersOnly(status: Int, fields: HTTPFields) {
    start(status: status, fields: fields)
    finish()
  }

  /// Ends the stream without an answer, or in the middle of one.
  package func reset(code: UInt32) {
    loop.preconditionOnLoop()
    guard phase != .gone else { return }
    // The connection's window has room for other streams only when it gets this back.
    let unread = dropUnread()
    if unread > 0, !isDetached { driver.exchange(self, consumed: unread) }
    resetCode = code
    fail(.finished)
    hasOutput()
  }

  private func waitForRoom() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDue = outbound.count <= queueBytesMax || outbound.failure != nil
        if isDue || Task.isCancelled { continuation.resume() } else { outbound.park(continuation) }
      }
    } onCancel: {
      loop.execute { [self] in outbound.wake() }
    }
  }
}
