/// What a client may say about one call.
public struct CallOptions: Sendable {
  /// Sent before the request.
  public var metadata: Metadata
  /// How long to wait, from the start of the call.
  public var timeout: Duration?
  /// When to stop waiting. The earlier of this and ``timeout`` counts.
  public var deadline: ContinuousClock.Instant?
  /// Receives the metadata of the answer, when set.
  public var responseMetadata: ResponseMetadata?

  /// Options of one call.
  public init(
    metadata: Metadata = Metadata(), timeout: Duration? = nil,
    deadline: ContinuousClock.Instant? = nil, responseMetadata: ResponseMetadata? = nil
  ) {
    self.metadata = metadata
    self.timeout = timeout
    self.deadline = deadline
    self.responseMetadata = responseMetadata
  }

  /// The instant at which a call that starts now gives up.
  package var effectiveDeadline: ContinuousClock.Instant? {
    guard let timeout else { return deadline }
    let end = ContinuousClock.now + timeout
    return deadline.map { min($0, end) } ?? end
  }
}
