public import Wire

/// The client's side of an open call, at the level of encoded messages.
///
/// One task sends and one receives; they may be the same.
public protocol ClientStream: AnyObject, Sendable {
  /// Sends a request; suspends while the server does not take more.
  ///
  /// Once the server has ended the call it takes nothing: then this throws the status, or returns
  /// `false` if the call has succeeded without the message. `compress` is whether the compression
  /// of the call's options is used.
  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) -> Bool

  /// Says that no more requests come.
  func finishSending() async throws(RPCError)

  /// The next response; `nil` when the call succeeded and there are no more.
  func receive() async throws(RPCError) -> [UInt8]?

  /// The metadata before the responses; waits until it is there.
  func initialMetadata() async throws(RPCError) -> Metadata

  /// The metadata that came with the status; empty before.
  func trailingMetadata() async -> Metadata

  /// Gives the call up: whoever waits on it, and whoever uses it later, fails with CANCELLED.
  func cancel() async
}

extension ClientStream {
  /// Runs a call of one request: sends it, and then takes the responses, each when the one before it
  /// has been dealt with.
  package func onlyRequest(
    _ message: [UInt8], onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    _ = try await send(message, compress: true)
    try await finishSending()
    while let response = try await receive() { try await onResponse(response) }
  }
}

/// Sends the requests of a call.
public struct RequestWriter<Request: Message>: Sendable {
  private let stream: any ClientStream

  init(_ stream: any ClientStream) { self.stream = stream }

  /// Sends a request; suspends while the server does not take more.
  ///
  /// A server may end a call before it has read everything. Then this throws the call's status, or
  /// returns `false` if the call has succeeded: there is no point in sending more.
  ///
  /// `compress` is whether the compression of the call's options is used for this message.
  @discardableResult
  public func send(_ request: Request, compress: Bool = true) async throws(RPCError) -> Bool {
    try await stream.send(request.wireBytes(), compress: compress)
  }

  /// Says that no more requests come.
  public func finish() async throws(RPCError) { try await stream.finishSending() }
}

/// The responses of a call, in order.
///
/// ```swift
/// for try await response in responses { … }
/// ```
///
/// There is one stream of responses however often it is iterated, and one task reads it.
public struct ResponseStream<Response: Message>: Sendable {
  private let stream: any ClientStream

  init(_ stream: any ClientStream) { self.stream = stream }

  /// The next response; `nil` when the call succeeded and there are no more.
  public func next() async throws(RPCError) -> Response? {
    guard let bytes = try await stream.receive() else { return nil }
    return try Response(response: bytes)
  }

  /// The metadata before the responses; waits until it is there.
  public func initialMetadata() async throws(RPCError) -> Metadata {
    try await stream.initialMetadata()
  }

  /// The metadata that came with the status; empty before the last response has been read.
  public func trailingMetadata() async -> Metadata { await stream.trailingMetadata() }
}

extension ResponseStream: AsyncSequence {
  /// Reads the stream.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let responses: ResponseStream

    /// The next response; `nil` when the call succeeded and there are no more.
    public func next() async throws(RPCError) -> Response? { try await responses.next() }

    /// The next response; `nil` when the call succeeded and there are no more.
    public func next(
      isolation actor: isolated (any Actor)?
    ) async throws(RPCError) -> Response? {
      try await responses.next()
    }
  }

  /// An iterator over what is left.
  public func makeAsyncIterator() -> Iterator { Iterator(responses: self) }
}
