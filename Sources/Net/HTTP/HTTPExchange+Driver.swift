/// What the driver of a stream does with its exchange.
extension HTTPExchange {
  /// Bytes of the request that the handler has not taken.
  package var unreadCount: Int { inbound.count }

  /// Throws away what the handler has not taken, and returns how much that was: the peer may send
  /// as much on other streams.
  package func dropUnread() -> Int { inbound.isEmpty ? 0 : inbound.takeAll().count }

  /// Whether the request has arrived completely.
  package var isRequestComplete: Bool { inbound.isEnded }

  /// Bytes of the response that have not been sent.
  package var unsentCount: Int { outbound.count }

  /// Whether the handler has ended the response; bytes may still be queued.
  package var isResponseComplete: Bool { outbound.isEnded }

  /// Whether the handler has ended the response and all of its body has gone out.
  package var isBodySent: Bool { outbound.isEnded && outbound.isEmpty }

  /// Whether fields follow the body.
  package var hasTrailers: Bool { trailers != nil }

  /// Whether somebody may still read what comes of the body.
  package var takesBody: Bool {
    if case .gone = phase { return false }
    return !hasReturned
  }

  /// Takes a piece of the body, which may be the last one.
  package func received(_ bytes: consuming [UInt8], isEnd: Bool = false) {
    inbound.append(bytes)
    if isEnd { inbound.end() }
    inboundChanged()
  }

  package func received(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe inbound.append(bytes)
    inboundChanged()
  }

  package func receivedEnd() {
    inbound.end()
    inboundChanged()
  }

  private func inboundChanged() {
    guard let awaitingBody else { return inbound.wake() }
    let isDue =
      inbound.isEnded || inbound.count >= awaitedBytesMax
      || awaitingBody.canBegin(with: inbound.unread)
    if isDue || !owesRest(), !isDetached { driver.exchangeIsDue(self) }
  }

  /// The stream is gone: the handler gets the error from whatever it waits for.
  package func fail(_ error: HTTPStreamError) {
    phase = .gone
    responseHead = nil
    inbound.fail(error)
    outbound.fail(error)
  }

  /// The connection forgets the exchange and will not be told anything any more.
  package func detach() {
    keep(0)
    isDetached = true
  }

  /// The peer has sent something small that is large when inflated.
  package func reportBomb() {
    if !isDetached { driver.exchangeReportsBomb(self) }
  }

  package func takeHead() -> HTTPResponseHead? {
    defer { responseHead = nil }
    return responseHead
  }

  package func takeTrailers() -> HTTPFields? {
    defer { trailers = nil }
    return trailers
  }

  package func takeReset() -> UInt32? {
    defer { resetCode = nil }
    return resetCode
  }

  package func takeOutput(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = unsafe outbound.take(into: buffer)
    wakeWriter()
    return count
  }

  package func takeOutput(into output: inout [UInt8], limit: Int) -> Int {
    let count = outbound.take(into: &output, limit: limit)
    wakeWriter()
    return count
  }

  /// Tells the loop how much of the request is kept; false when that is too much.
  @discardableResult
  func keep(_ count: Int) -> Bool {
    guard count != keptCount, !isDetached else { return true }
    defer { keptCount = count }
    return driver.exchange(self, keepsMore: count - keptCount)
  }

  /// Half of the queue must have gone before the writer runs again, or it would run for each frame.
  private func wakeWriter() {
    if outbound.count <= queueBytesMax / 2 { outbound.wake() }
  }
}
