package import HTTP
package import RPC

extension RPCError {
  /// What the end of an HTTP stream means for the call that a server runs on it.
  package init(_ error: HTTPStreamError) {
    switch error {
    case .reset(let code):
      self.init(.cancelled, "the client gave the call up", detail: "reset with code \(code)")
    case .connectionLost: self.init(.cancelled, "the connection to the client was lost")
    case .timedOut:
      self.init(
        .cancelled, "the client stopped sending or taking data", reason: "PEER_TIMED_OUT")
    case .cancelled, .finished: self = .cancelled
    case .bodyTooLarge(let limit): self = .messageTooLong(bytes: nil, bytesMax: limit)
    case .overloaded:
      self.init(
        .resourceExhausted, "too many long messages at once; try again", reason: "OVERLOADED")
    case .malformedBody:
      self.init(.invalidArgument, "the request's body is malformed", reason: "MALFORMED_BODY")
    }
  }
}
