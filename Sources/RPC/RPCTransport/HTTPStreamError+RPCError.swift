internal import HTTP
internal import RPC

extension RPCError {
  /// What the end of an HTTP stream means for the call on it.
  init(_ error: HTTPStreamError) {
    switch error {
    case .reset: self = .cancelled
    }
  }
}
