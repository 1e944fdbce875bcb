public import Wire

/// The requests of a streaming call, in order.
///
/// ```swift
/// for try await request in requests { … }
/// ```
///
/// There is one stream of requests however often it is iterated, and one task reads it.
public struct RequestStream<Request: Message>: Sendable {
  private let stream: any CallStream

  init(_ stream: any CallStream) { self.stream = stream }

  /// The next request; `nil` when the caller sends no more.
  public func next() async throws(RPCError) -> Request? {
    guard let bytes = try await stream.nextMessage() else { return nil }
    return try Request(request: bytes)
  }
}

extension RequestStream: AsyncSequence {
  /// Reads the stream.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let requests: RequestStream

    /// The next request; `nil` when the caller sends no more.
    public func next() async throws(RPCError) -> Request? { try await requests.next() }

    /// The next request; `nil` when the caller sends no more.
    public func next(
      isolation actor: isolated (any Actor)?
    ) async throws(RPCError) -> Request? {
      try await requests.next()
    }
  }

  /// An iterator over what is left.
  public func makeAsyncIterator() -> Iterator { Iterator(requests: self) }
}
