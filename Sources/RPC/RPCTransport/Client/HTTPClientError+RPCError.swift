internal import HTTP2
internal import RPC

extension RPCError {
  /// Why a call has no answer. The message names the true cause: whoever reads UNAVAILABLE must know
  /// whether to look at a name, a port, a certificate or the server.
  init(_ error: HTTPClientError, deadline: ContinuousClock.Instant?) {
    // Whatever failed after the deadline failed because of it, or makes no difference any more.
    let isLate = deadline.map { $0 <= .now } ?? false
    switch error {
    case .timedOut: self.init(transport: .deadlineExceeded, "the deadline passed")
    case .reset(let code):
      let status = RPCCode(http2ErrorCode: code)
      if isLate, status == .cancelled {
        self.init(transport: .deadlineExceeded, "the deadline passed")
      } else {
        self.init(transport: status, error.description)
      }
    case .unreachable(let cause):
      self.init(
        transport: isLate ? .deadlineExceeded : .unavailable,
        "cannot connect to the server: \(cause)")
    case .tls(let cause):
      self.init(transport: .unavailable, "cannot connect to the server by TLS: \(cause)")
    case .refused, .connectionLost, .closed:
      self.init(transport: .unavailable, error.description)
    case .cancelled: self.init(transport: .cancelled, "the caller was cancelled")
    case .responseTooLarge:
      self.init(transport: .resourceExhausted, error.description)
    }
  }

  /// An error made on the client's side of the wire.
  init(transport code: RPCCode, _ message: String) {
    self.init(received: code, message: message, details: [], metadata: Metadata())
  }
}
