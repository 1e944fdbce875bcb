/// Why a body cannot be read or written any further.
package enum HTTPStreamError: Error, Hashable, Sendable {
  /// The peer has given up on this stream, with an HTTP/2 error code.
  case reset(code: UInt32)
  /// The connection has ended.
  case connectionLost
  /// The body is longer than the reader allows.
  case bodyTooLarge(limit: Int)
  /// There is no room for a long message while others are unfinished.
  case overloaded
  /// The body breaks the rules of its framing.
  case malformedBody
  /// The peer let a time limit pass.
  case timedOut
  /// The task that waits was cancelled.
  case cancelled
  /// We have ended the stream ourselves.
  case finished
}

/// The error codes of HTTP/2 (RFC 9113 section 7) that we use.
package enum HTTP2ErrorCode {
  package static let noError: UInt32 = 0x0
  package static let protocolError: UInt32 = 0x1
  package static let internalError: UInt32 = 0x2
  package static let flowControlError: UInt32 = 0x3
  package static let settingsTimeout: UInt32 = 0x4
  package static let streamClosed: UInt32 = 0x5
  package static let frameSizeError: UInt32 = 0x6
  package static let refusedStream: UInt32 = 0x7
  package static let cancel: UInt32 = 0x8
  package static let enhanceYourCalm: UInt32 = 0xB

  /// The name in RFC 9113 section 7.
  package static func name(_ code: UInt32) -> String? {
    let names = [
      "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT",
      "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR",
      "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ]
    return code < names.count ? names[Int(code)] : nil
  }
}
