internal import HTTP
internal import Reactor

/// A request of ours and its response, as the connection sees it. Belongs to the loop.
///
/// Unchecked, because the actor that callers hold runs on the same loop.
final class ClientStream: HTTP2Stream, @unchecked Sendable {
  /// The connection that the stream is on; nil when it has ended.
  weak var connection: ClientConnection?
  let reading: Waiter
  let writing: Waiter
  private(set) var head: HTTPResponseHead?
  private(set) var trailers: HTTPFields?
  private(set) var failure: HTTPClientError?
  private var outbound = BodyQueue()

  /// Whether the request has a body, which may be empty.
  private let hasBody: Bool
  private let headerListBytesMax: Int

  init(loop: EventLoop, connection: ClientConnection, hasBody: Bool) {
    self.hasBody = hasBody
    headerListBytesMax = connection.headerListBytesMax
    reading = Waiter(loop: loop)
    writing = Waiter(loop: loop)
    self.connection = connection
    super.init(id: 0)
  }

  // MARK: Sending

  var unsentCount: Int { outbound.count }

  /// Whether the end of the request has not been given to the library.
  var isSending: Bool { hasBody && !(outbound.isEnded && outbound.isEmpty) }

  func append(_ bytes: [UInt8]) {
    outbound.append(bytes)
    connection?.resume(self)
  }

  func endOutput() {
    outbound.end()
    connection?.resume(self)
  }

  override func takeOutput(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = unsafe outbound.take(into: buffer)
    writing.wake()
    return count
  }

  override var outputEnd: OutputEnd { outbound.isEnded && outbound.isEmpty ? .ended : .open }

  // MARK: Receiving

  override func finishBlock() {
    guard let block = block.take() else { return }
    if block.isTooLarge {
      fail(.responseHeaderTooLarge(bytesMax: headerListBytesMax))
    } else if head == nil {
      // 1xx comes before the answer and says nothing that we asked for.
      guard block.status >= 200 else { return }
      head = HTTPResponseHead(status: block.status, fields: block.fields)
    } else {
      trailers = block.fields
    }
  }

  /// The stream has ended as the peer said; without a whole response that is a failure. `goAway` is
  /// what the server has said about the end of the connection, if it has.
  func close(code: UInt32, goAway: String?) {
    connection = nil
    guard failure == nil else { return }
    if code == HTTP2ErrorCode.refusedStream {
      let reason = goAway ?? "it reset the stream with REFUSED_STREAM"
      fail(isSent ? .refused(reason: reason) : .unsent(reason: reason))
    } else if code != HTTP2ErrorCode.noError || !hasReceivedEnd {
      fail(.reset(code: code))
    } else {
      wake()
    }
  }

  /// The connection has ended.
  func lose(_ cause: HTTPClientError) {
    connection = nil
    fail(isSent ? cause : .unsent(reason: cause.description))
  }

  /// The first failure is the cause, those that follow are its consequences.
  func fail(_ error: HTTPClientError) {
    // A response that is complete stays one, whatever becomes of the connection.
    if failure == nil && !(hasReceivedEnd && head != nil) { failure = error }
    wake()
  }

  func wake() {
    reading.wake()
    writing.wake()
  }
}
