internal import HTTP
internal import RPC

extension RPCError {
  /// What the end of an HTTP stream means for the call that a server runs on it.
  init(_ error: HTTPStreamError) {
    switch error {
    case .reset(let code):
      self.init(.cancelled, "the client gave the call up", detail: "reset with code \(code)")
    case .connectionLost: self.init(.cancelled, "the connection to the client was lost")
    case .timedOut: self.init(.cancelled, "the client stopped sending or taking data")
    case .cancelled, .finished: self = .cancelled
    case .bodyTooLarge(let limit):
      self.init(.resourceExhausted, "the request is longer than the limit of \(limit) bytes")
    case .overloaded:
      self.init(
        .resourceExhausted, "too many long messages at once; try again", reason: "OVERLOADED")
    case .malformedBody: self.init(.internal, "the request's body is malformed")
    }
  }
}
