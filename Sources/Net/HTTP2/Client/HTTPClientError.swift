private import HTTP
package import Reactor
package import TLS

/// Why a request of ours has no answer, or only a part of one. The cause is the true one: a caller
/// must be able to tell a wrong name from a server that is down and from one that is slow.
package enum HTTPClientError: Error, Hashable, Sendable {
  /// No connection: the name is unknown, nobody listens, no route, no answer in time.
  case unreachable(SocketError)
  case tls(TLSError)
  /// There is a connection, but not to a server of HTTP/2.
  case notHTTP2(ForeignServer)
  /// The deadline of the request passed before there was a connection for it; with what that
  /// waited for.
  case notConnectedInTime(waitingFor: String)
  /// The request has not left this process; it may be sent again.
  case unsent(reason: String)
  /// The request has not left this process either, and to send it again at once would be in vain:
  /// connections end as soon as they are made, and the next attempt is not due.
  case pausing(reason: String)
  /// The server has not looked at the request; it may be sent again.
  case refused(reason: String)
  /// The server has ended the stream with this HTTP/2 error code.
  case reset(code: UInt32)
  /// The connection has ended in the middle of the exchange.
  case connectionLost(reason: String)
  /// The deadline of the request has passed.
  case timedOut
  /// The task that waits was cancelled.
  case cancelled
  /// The header of the response is above our limits.
  case responseHeaderTooLarge(bytesMax: Int)
  /// The body of the response is longer than was asked for.
  case responseTooLarge(bytesMax: Int)
  /// The header of the request is above the limit of the server.
  case requestHeaderTooLarge(bytes: Int, bytesMax: Int)
  /// So many requests wait for a connection already.
  case tooManyWaiting(Int)
  /// The client has been closed, or the stream ended by us.
  case closed

  /// What it means for a request that comes before the next attempt to connect is due.
  var beforeSending: HTTPClientError {
    if case .connectionLost(let reason) = self { .pausing(reason: reason) } else { self }
  }
}

/// What a server was that did not begin with SETTINGS.
package enum ForeignServer: Hashable, Sendable {
  /// It speaks TLS and we did not.
  case tls
  /// It answered with this line of HTTP/1.
  case http1(statusLine: String)
  /// It sent these bytes, as far as they can be printed.
  case other(String)
  /// It closed the connection without a word.
  case closed(reason: String)
  /// It said nothing in time.
  case silent
  /// It began as HTTP/2 and then broke its rules.
  case malformed
}

extension HTTPClientError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let error): error.description
    case .tls(let error): error.description
    case .notHTTP2(let server): server.description
    case .notConnectedInTime(let what): "the deadline passed while waiting for \(what)"
    case .unsent(let reason), .pausing(let reason): "the request was not sent: \(reason)"
    case .refused(let reason): "the server took no request: \(reason)"
    case .reset(let code):
      "the server reset the stream with \(HTTP2ErrorCode.name(code) ?? "code \(code)")"
    case .connectionLost(let reason): "connection lost: \(reason)"
    case .timedOut: "deadline exceeded"
    case .cancelled: "cancelled"
    case .responseTooLarge(let bytesMax):
      "the response is longer than the limit of \(bytesMax) bytes"
    case .responseHeaderTooLarge(let bytesMax):
      "the response header is larger than the limit of \(bytesMax) bytes"
    case .requestHeaderTooLarge(let bytes, let bytesMax):
      "the request header has \(bytes) bytes, the server takes \(bytesMax)"
    case .tooManyWaiting(let limit): "\(limit) requests wait for a connection already"
    case .closed: "the client has been closed"
    }
  }
}

extension ForeignServer: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tls: "the server speaks TLS on this port"
    case .http1(let line): "the server speaks HTTP/1, not HTTP/2: it answered \"\(line)\""
    case .other(let text): "the server does not speak HTTP/2: it sent \"\(text)\""
    case .closed(let reason): "the server closed the connection without a word of HTTP/2: \(reason)"
    case .silent: "the server took the connection and said nothing in time"
    case .malformed: "the server does not speak proper HTTP/2"
    }
  }

  /// What the first bytes of a server tell; nil for the frame that HTTP/2 begins with, SETTINGS
  /// on stream 0, as far as it has come.
  init?(firstBytes bytes: [UInt8]) {
    // Length, type, flags, stream.
    let expected: [UInt8?] = [0, nil, nil, 4, 0, 0, 0, 0, 0]
    let isSettings = zip(bytes, expected).allSatisfy { $1 == nil || $0 == $1 }
    if isSettings { return nil }
    if bytes.count > 1, bytes[0] == 0x15 || bytes[0] == 0x16, bytes[1] == 0x03 {
      self = .tls
    } else if bytes.starts(with: "HTTP/1".utf8) {
      self = .http1(statusLine: Self.line(bytes))
    } else {
      self = .other(Self.line(bytes))
    }
  }

  private static func line(_ bytes: [UInt8]) -> String {
    let line = bytes.prefix { $0 != 0x0d && $0 != 0x0a }
    return String(decoding: line.map { 0x20...0x7e ~= $0 ? $0 : 0x3f }, as: UTF8.self)
  }
}
