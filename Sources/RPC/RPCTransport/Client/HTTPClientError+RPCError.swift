internal import HTTP2
internal import RPC

extension RPCError {
  /// Why a call has no answer. The message names the true cause and, where somebody can do something
  /// about it, what: whoever reads UNAVAILABLE must know whether to look at a name, a port, a
  /// certificate or the server.
  init(_ error: HTTPClientError, target: String, deadline: ContinuousClock.Instant?) {
    // Whatever failed after the deadline failed because of it, or makes no difference any more.
    let isLate = deadline.map { $0 <= .now } ?? false
    switch error {
    case .timedOut: self.init(transport: .deadlineExceeded, "no answer before the deadline")
    case .notConnectedInTime: self.init(transport: .deadlineExceeded, error.description)
    case .reset(let code):
      let status = RPCCode(http2ErrorCode: code)
      if isLate, status == .cancelled {
        self.init(transport: .deadlineExceeded, "no answer before the deadline")
      } else {
        self.init(transport: status, error.description)
      }
    case .unreachable, .tls, .notHTTP2:
      let advice = error.advice.map { "; \($0)" } ?? ""
      self.init(
        transport: isLate ? .deadlineExceeded : .unavailable,
        "cannot connect to \(target): \(error)\(advice)")
    case .unsent, .pausing, .refused:
      self.init(transport: .unavailable, "\(target): \(error); it may be sent again")
    case .connectionLost:
      self.init(
        transport: .unavailable,
        "\(target): \(error); whether the call took effect is not known")
    case .closed: self.init(transport: .unavailable, error.description)
    case .cancelled: self.init(transport: .cancelled, "the caller was cancelled")
    case .responseHeaderTooLarge, .responseTooLarge, .requestHeaderTooLarge:
      self.init(
        transport: .resourceExhausted, "\(error); send less metadata or raise that limit")
    case .tooManyWaiting:
      self.init(transport: .resourceExhausted, "\(target): \(error); call less or add servers")
    }
  }

  /// An error made on the client's side of the wire.
  init(transport code: RPCCode, _ message: String) {
    self.init(received: code, message: message, details: [], metadata: Metadata())
  }
}
