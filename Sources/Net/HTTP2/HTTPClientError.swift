private import HTTP
package import Reactor
package import TLS

/// Why a request of ours has no answer, or only a part of one. The cause is the true one: a caller
/// must be able to tell a wrong name from a server that is down and from one that is slow.
package enum HTTPClientError: Error, Hashable, Sendable {
  /// No connection: the name is unknown, nobody listens, no route, no answer in time.
  case unreachable(SocketError)
  case tls(TLSError)
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
  case responseTooLarge
  /// The client has been closed, or the stream ended by us.
  case closed
}

extension HTTPClientError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let error): error.description
    case .tls(let error): error.description
    case .refused(let reason): "the server took no request: \(reason)"
    case .reset(let code): "the server reset the stream with code \(code)"
    case .connectionLost(let reason): "connection lost: \(reason)"
    case .timedOut: "deadline exceeded"
    case .cancelled: "cancelled"
    case .responseTooLarge: "the response header is too large"
    case .closed: "the client has been closed"
    }
  }
}

/// Where a client connects to.
package enum HTTPClientTarget: Hashable, Sendable, CustomStringConvertible {
  case host(String, port: UInt16)
  case unix(path: String)

  package var description: String {
    switch self {
    case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// What `:authority` says unless a request says otherwise. A path is not a legal one.
  var authority: String {
    switch self {
    case .host: description
    case .unix: "localhost"
    }
  }
}
