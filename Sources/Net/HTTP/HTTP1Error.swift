/// Why an HTTP/1.1 request is refused. After any of these the connection closes, since what
/// follows on it cannot be told from the rest of the request.
package enum HTTP1Error: Error, Hashable, Sendable {
  case malformedRequestLine
  case malformedTarget
  case requestLineTooLong
  case unsupportedVersion
  case unsupportedMethod
  /// A line that ends in LF alone, or has a CR in the middle.
  case bareLineEnd
  /// A field line that begins with white space: obsolete folding.
  case foldedField
  /// A name that is not a token (also one with a space before its colon), a control character in
  /// a value, or no colon.
  case malformedField
  case fieldsTooLarge
  case tooManyFields
  case missingHost
  case duplicateHost
  case malformedHost
  case malformedContentLength
  case conflictingContentLength
  /// Both length and coding: the classic of request smuggling (RFC 9112 section 6.1).
  case lengthAndCoding
  /// A coding other than `chunked` alone.
  case unsupportedCoding
  /// `Transfer-Encoding` on HTTP/1.0.
  case codingOnHTTP10
  case malformedChunk
  /// Chunks that are mostly extensions.
  case chunkOverhead
  case bodyTooLarge
  case unsupportedExpectation

  /// The status of the refusal.
  package var status: Int {
    switch self {
    case .malformedRequestLine, .malformedTarget, .bareLineEnd, .foldedField, .malformedField,
      .missingHost, .duplicateHost, .malformedHost, .malformedContentLength,
      .conflictingContentLength, .lengthAndCoding, .codingOnHTTP10, .malformedChunk,
      .chunkOverhead:
      400
    case .bodyTooLarge: 413
    case .requestLineTooLong: 414
    case .unsupportedExpectation: 417
    case .fieldsTooLarge, .tooManyFields: 431
    case .unsupportedMethod, .unsupportedCoding: 501
    case .unsupportedVersion: 505
    }
  }

  /// What the client is told.
  package var reason: String {
    switch self {
    case .malformedRequestLine: "malformed request line"
    case .malformedTarget: "malformed request target"
    case .requestLineTooLong: "request line too long"
    case .unsupportedVersion: "only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here"
    case .unsupportedMethod: "CONNECT is not supported"
    case .bareLineEnd: "lines end in CR LF"
    case .foldedField: "folded header field"
    case .malformedField: "malformed header field"
    case .fieldsTooLarge: "header fields too large"
    case .tooManyFields: "too many header fields"
    case .missingHost: "missing Host"
    case .duplicateHost: "more than one Host"
    case .malformedHost: "malformed Host"
    case .malformedContentLength: "malformed Content-Length"
    case .conflictingContentLength: "more than one Content-Length"
    case .lengthAndCoding: "both Content-Length and Transfer-Encoding"
    case .unsupportedCoding: "only the transfer coding chunked is supported"
    case .codingOnHTTP10: "Transfer-Encoding in HTTP/1.0"
    case .malformedChunk: "malformed chunk"
    case .chunkOverhead: "too much chunk extension"
    case .bodyTooLarge: "request body too large"
    case .unsupportedExpectation: "only 100-continue can be expected"
    }
  }
}
