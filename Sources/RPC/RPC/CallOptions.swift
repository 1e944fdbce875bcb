/// What a client may say about one call.
public struct CallOptions: Sendable {
  /// Sent before the request.
  public var metadata: Metadata
  /// How long to wait, from the start of the call.
  public var timeout: Duration?
  /// When to stop waiting. The earlier of this and ``timeout`` counts.
  public var deadline: ContinuousClock.Instant?
  /// Whether the call waits while the server cannot be reached, instead of failing at once; `nil`
  /// leaves it to the service config, whose default is not to wait. Give such a call a deadline.
  public var waitForReady: Bool?
  /// How the requests are compressed on a wire. One of them goes uncompressed when it is sent so,
  /// which is for secrets beside text that a stranger chose.
  public var compression: Compression
  /// Receives the metadata of the answer, when set.
  public var responseMetadata: ResponseMetadata?
  /// What the contract says about a second run of the method.
  package var idempotency = Idempotency.unknown

  /// Options of one call.
  public init(
    metadata: Metadata = Metadata(), timeout: Duration? = nil,
    deadline: ContinuousClock.Instant? = nil, waitForReady: Bool? = nil,
    compression: Compression = .identity, responseMetadata: ResponseMetadata? = nil
  ) {
    self.metadata = metadata
    self.timeout = timeout
    self.deadline = deadline
    self.waitForReady = waitForReady
    self.compression = compression
    self.responseMetadata = responseMetadata
  }

  /// The instant at which a call that starts now gives up.
  package var effectiveDeadline: ContinuousClock.Instant? {
    guard let timeout else { return deadline }
    let end = ContinuousClock.now + timeout
    return deadline.map { min($0, end) } ?? end
  }

  /// The same for a method of the contract.
  func of(_ method: MethodInfo) -> CallOptions {
    var options = self
    options.idempotency = method.idempotency
    return options
  }
}
