internal import HTTP
internal import Reactor

/// A stream that a client has opened, between the library and the handler.
final class HTTP2ServerStream: HTTP2Stream, HTTPExchangeDriver {
  // Kept by a handler that outlives the connection, and let go of with its exchange.
  private let session: HTTP2ServerSession
  private(set) var exchange: HTTPExchange?
  /// The session has this stream in its list of those with something to send.
  var isDirty = false
  private(set) var isHandlerRunning = false
  /// The handler runs for nobody, and the session counts it as such.
  var isAbandoned = false
  /// The session has this stream in its list of those to be started, because of its body.
  private(set) var isDue = false
  /// Bytes that wait for the peer, as the session knows them.
  private var unsentCount = 0
  /// The body of an answer in place of a handler.
  var refusal: [UInt8] = []
  private var hasBlock = false

  init(id: Int32, session: HTTP2ServerSession) {
    self.session = session
    super.init(id: id)
  }

  /// Makes the exchange for the request that has been received.
  func begin(
    _ head: HTTPRequestHead, queueBytesMax: Int, _ awaitedBytesMax: Int, _ loop: EventLoop
  ) {
    exchange = HTTPExchange(
      head: head, loop: loop, streamID: id, queueBytesMax: queueBytesMax,
      awaitedBytesMax: awaitedBytesMax, driver: self)
  }

  func startHandler(in environment: HTTPEnvironment) {
    isHandlerRunning = true
    environment.handlerStarted()
    exchange?.run(environment.handler)
  }

  /// Lets a handler begin that has waited for the body.
  func continueHandler() {
    isDue = false
    exchange?.performAwaiting()
  }

  /// The stream has ended otherwise than by its response.
  func abort(_ error: HTTPStreamError) {
    exchange?.fail(error)
    // What waited for the peer is gone now, however long the handler goes on.
    countUnsent(0)
    exchange?.cancelHandler()
  }

  override func takeOutput(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let exchange else { return unsafe takeRefusal(into: buffer) }
    let count = unsafe exchange.takeOutput(into: buffer)
    countUnsent(exchange.unsentCount)
    return count
  }

  /// Tells the session how much waits for the peer on this stream.
  private func countUnsent(_ count: Int) {
    guard count != unsentCount else { return }
    session.unsent(count - unsentCount)
    unsentCount = count
  }

  private func takeRefusal(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(refusal.count, buffer.count)
    for index in 0..<count { unsafe buffer[index] = refusal[index] }
    refusal.removeFirst(count)
    return count
  }

  override var outputEnd: OutputEnd {
    guard let exchange else { return refusal.isEmpty ? .ended : .open }
    guard exchange.isBodySent else { return .open }
    return exchange.hasTrailers ? .trailers : .ended
  }

  override func takeTrailers() -> HTTPFields { exchange?.takeTrailers() ?? HTTPFields() }

  // A second block is trailers, which no handler of ours asks for.
  override var takesBlock: Bool { !hasBlock }

  override func finishBlock() { hasBlock = true }

  // MARK: HTTPExchangeDriver

  // There is no status 100 to send: the window says the same.
  func exchangeWantsBody(_ exchange: HTTPExchange) {}

  func exchangeIsDue(_ exchange: HTTPExchange) {
    guard !isDue else { return }
    isDue = true
    session.isDue(self)
  }

  func exchange(_ exchange: HTTPExchange, consumed count: Int) {
    session.consume(self, count)
  }

  func exchange(_ exchange: HTTPExchange, keepsMore count: Int) -> Bool {
    session.keep(count)
  }

  func exchangeReportsBomb(_ exchange: HTTPExchange) { session.reportBomb() }

  func exchangeHasOutput(_ exchange: HTTPExchange) {
    countUnsent(exchange.unsentCount)
    session.markDirty(self)
  }

  func exchangeHandlerReturned(_ exchange: HTTPExchange) {
    isHandlerRunning = false
    session.handlerReturned(self)
  }

  /// Lets go of the exchange, which knows this stream and would keep it.
  func release() {
    countUnsent(0)
    exchange.take()?.detach()
  }
}
