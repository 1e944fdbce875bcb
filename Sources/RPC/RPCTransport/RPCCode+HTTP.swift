internal import RPC

extension RPCCode {
  /// What a client makes of an HTTP answer that has no `grpc-status`.
  init(httpStatus: Int) {
    switch httpStatus {
    case 400, 431: self = .internal
    case 401: self = .unauthenticated
    case 403: self = .permissionDenied
    case 404: self = .unimplemented
    case 429, 502, 503, 504: self = .unavailable
    default: self = .unknown
    }
  }

  /// What a client makes of a stream that was reset without trailers.
  init(http2ErrorCode: UInt32) {
    switch http2ErrorCode {
    case 0x7: self = .unavailable
    case 0x8: self = .cancelled
    case 0xb: self = .resourceExhausted
    case 0xc: self = .permissionDenied
    case 0x0...0x6, 0x9, 0xa: self = .internal
    default: self = .unknown
    }
  }

  /// The value of `grpc-status`; a number without a meaning is ``RPCCode/unknown``.
  init(grpcStatus text: String) {
    guard let number = Int(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let code = RPCCode(rawValue: number)
    else {
      self = .unknown
      return
    }
    self = code
  }
}
