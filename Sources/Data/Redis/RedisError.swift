/// Why Redis gave no answer.
package enum RedisError: Error, Hashable, Sendable {
  /// The URL is neither `redis://[[user]:password@]host[:port][/number]` nor `unix:///path`.
  case malformedURL
  /// The connection broke or cannot be made. Whether the command took effect is unknown.
  case connectionLost
  /// The deadline passed first.
  case timeout
  /// Too many commands wait already.
  case overloaded
  /// The calling task was cancelled. Whether the command took effect is unknown.
  case cancelled
  /// The server refused the command; the text begins with a code such as `WRONGTYPE`.
  case server(String)
  /// The client has been closed by its owner.
  case closed
}

/// Bland on purpose: the server's text may quote keys.
extension RedisError: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String {
    switch self {
    case .malformedURL: "REDIS_URL is neither redis://host:6379 nor unix:///path"
    case .connectionLost: "the connection to Redis was lost"
    case .timeout: "Redis did not answer before the deadline"
    case .overloaded: "too many commands wait for Redis"
    case .cancelled: "the command was cancelled"
    case .server: "Redis refused the command"
    case .closed: "the Redis client is closed"
    }
  }

  package var debugDescription: String {
    switch self {
    case .server(let text): "\(description): \(text)"
    case .malformedURL, .connectionLost, .timeout, .overloaded, .cancelled, .closed: description
    }
  }
}
