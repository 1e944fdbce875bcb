internal import Codings
internal import HTTP
internal import HTTP2
internal import RPC

/// What all attempts of a call have in common.
struct CallPlan: Sendable {
  private static let userAgent = "grpc-swift-klinke/1.0"

  let path: String
  let deadline: ContinuousClock.Instant?
  let coding: Coding?
  let policy: MethodConfig.Policy
  private let http: HTTP2Client
  private let metadata: Metadata
  private let waitForReady: Bool
  private let requestBytesMax: Int
  private let responseBytesMax: Int

  init(
    _ path: String, _ options: CallOptions, _ config: MethodConfig?, http: HTTP2Client,
    messageBytesMax: Int
  ) {
    self.path = path
    self.http = http
    metadata = options.metadata
    coding = Coding(options.compression)
    waitForReady = options.waitForReady ?? config?.waitForReady ?? false
    let own = options.effectiveDeadline
    let configured = config?.timeout.map { ContinuousClock.now + $0 }
    deadline = configured.map { time in own.map { min($0, time) } ?? time } ?? own
    requestBytesMax = config?.requestBytesMax ?? .max
    responseBytesMax = min(config?.responseBytesMax ?? .max, messageBytesMax)
    switch config?.policy ?? .none {
    // A second run is only safe where the contract says so.
    case .hedging where options.idempotency == .unknown: policy = .none
    case let known: policy = known
    }
  }

  var timeLeft: Duration? { deadline.map { $0 - .now } }

  /// What is done when an attempt of a call has failed that makes one after another. Those that send
  /// several requests do so where others are hedged: as soon as one has failed, and not beside it.
  var retryPolicy: RetryPolicy? {
    switch policy {
    case .retry(let policy): policy
    case .hedging(let policy):
      RetryPolicy(
        attemptsMax: policy.attemptsMax, initialBackoff: .zero, backoffMax: .zero,
        backoffMultiplier: 1, retryableCodes: policy.nonFatalCodes)
    case .none: nil
    }
  }

  /// Refuses a request that the config says is too long.
  func check(_ message: [UInt8]) throws(RPCError) {
    guard message.count <= requestBytesMax else {
      throw RPCError(
        transport: .resourceExhausted,
        "a request of \(message.count) bytes is longer than the limit of \(requestBytesMax)")
    }
  }

  /// Begins an attempt after so many others.
  func start(
    _ body: HTTPRequestBody, attemptsBefore: Int
  ) async throws(AttemptFailure) -> GRPCClientStream {
    var fields = HTTPFields()
    if let timeLeft {
      guard timeLeft > .zero else {
        throw AttemptFailure(
          error: RPCError(
            transport: .deadlineExceeded, "the deadline had passed before the call"),
          reach: .unsent, pushback: .none)
      }
      fields.add("grpc-timeout", Timeout.encode(timeLeft))
    }
    fields.add("te", "trailers")
    fields.add("content-type", "application/grpc")
    if let coding { fields.add("grpc-encoding", coding.rawValue) }
    fields.add("grpc-accept-encoding", GRPCFields.acceptedCodings)
    fields.add("user-agent", CallPlan.userAgent)
    if attemptsBefore > 0 { fields.add("grpc-previous-rpc-attempts", String(attemptsBefore)) }
    fields.add(metadata)
    do {
      let stream = try await http.request(
        method: "POST", target: path, fields: fields, body: body, deadline: deadline,
        waitForReady: waitForReady)
      return GRPCClientStream(
        stream, target: http.targetName, deadline: deadline, coding: coding,
        messageBytesMax: responseBytesMax)
    } catch {
      throw AttemptFailure(
        error: RPCError(error, target: http.targetName, deadline: deadline),
        reach: AttemptFailure.Reach(error), pushback: .none)
    }
  }
}

extension Coding {
  /// What requests are compressed with; `nil` is not at all.
  init?(_ compression: Compression) {
    switch compression {
    case .identity: return nil
    case .gzip: self = .gzip
    case .deflate: self = .deflate
    }
  }
}
