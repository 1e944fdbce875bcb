package import HTTP
internal import Reactor

/// A request that has been sent, or begun, and the response to it. May be used from anywhere; runs
/// on the loop of its connection. One task reads and one may write.
///
/// Each function fails when the deadline of the request passes or the calling task is cancelled;
/// the server is then told with RST_STREAM(CANCEL), and also when the last reference goes away
/// before the response has ended.
package actor HTTP2ClientStream {
  private static let queueBytesMax = 65_536

  private let loop: EventLoop
  private let stream: ClientStream
  private let deadline: ContinuousClock.Instant?

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  init(loop: EventLoop, stream: ClientStream, deadline: ContinuousClock.Instant?) {
    self.loop = loop
    self.stream = stream
    self.deadline = deadline
  }

  deinit {
    let stream = stream
    loop.execute { stream.connection?.reset(stream, code: HTTP2ErrorCode.cancel) }
  }

  /// The head of the response, when it has come.
  package func response() async throws(HTTPClientError) -> HTTPResponseHead {
    while true {
      let wakes = stream.reading.wakes
      if let head = stream.head { return head }
      if let failure = stream.failure { throw failure }
      try await wait(stream.reading, since: wakes)
    }
  }

  /// The head of the response if it has come.
  package var head: HTTPResponseHead? { stream.head }

  /// The next piece of the response's body; nil at its end.
  package func readBody() async throws(HTTPClientError) -> [UInt8]? {
    while true {
      let wakes = stream.reading.wakes
      // What came before a failure is still handed over: it may be a whole message.
      if !stream.received.isEmpty {
        let bytes = stream.takeReceived()
        stream.connection?.consume(stream, bytes.count)
        return bytes
      }
      if let failure = stream.failure { throw failure }
      if stream.hasReceivedEnd { return nil }
      try await wait(stream.reading, since: wakes)
    }
  }

  /// The whole body of the response, at most `limit` bytes.
  package func collectBody(limit: Int) async throws(HTTPClientError) -> [UInt8] {
    var body: [UInt8] = []
    while let bytes = try await readBody() {
      if body.isEmpty { body = bytes } else { body += bytes }
      if body.count > limit {
        reset()
        throw .responseTooLarge(bytesMax: limit)
      }
    }
    return body
  }

  /// The trailers; nil before the end of the body and when there are none.
  package var trailers: HTTPFields? { stream.trailers }

  /// Sends a piece of the request's body; returns when the server has taken enough of the queue.
  /// False: the server has answered without reading everything, and wants no more.
  @discardableResult
  package func write(_ bytes: [UInt8]) async throws(HTTPClientError) -> Bool {
    if let failure = stream.failure { throw failure }
    if stream.connection == nil { return false }
    stream.append(bytes)
    while true {
      let wakes = stream.writing.wakes
      guard stream.connection != nil else { return false }
      guard stream.unsentCount > Self.queueBytesMax else { return true }
      try await wait(stream.writing, since: wakes)
      if let failure = stream.failure { throw failure }
    }
  }

  /// Ends the request's body.
  package func finish() { stream.endOutput() }

  /// Gives up on the exchange.
  package func reset(code: UInt32 = HTTP2ErrorCode.cancel) {
    stream.connection?.reset(stream, code: code)
    stream.fail(.closed)
  }

  private func wait(_ waiter: Waiter, since wakes: Int) async throws(HTTPClientError) {
    switch await waiter.wait(until: deadline, since: wakes) {
    case .woken: return
    case .timedOut: throw give(up: .timedOut)
    case .cancelled: throw give(up: .cancelled)
    }
  }

  private func give(up error: HTTPClientError) -> HTTPClientError {
    stream.connection?.reset(stream, code: HTTP2ErrorCode.cancel)
    stream.fail(error)
    return error
  }
}
