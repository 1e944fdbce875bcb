package import Reactor
package import Telemetry

/// A Redis or Valkey server, used from the loops of a group.
///
/// ```swift
/// let count = try await redis.command("INCR", "logins", deadline: deadline).integer
/// ```
///
/// Each loop has one connection; commands of many callers share it in order.
package final class Redis: Sendable {
  private let group: EventLoopGroup
  private let connections: [RedisConnection]

  /// The most a command may take when the caller has no deadline, or a later one.
  private static let commandMax = Duration.seconds(2)

  package init(url: String, group: EventLoopGroup, log: Logger = .silent) throws(RedisError) {
    let url = try RedisURL(url)
    self.group = group
    connections = group.loops.map { RedisConnection(loop: $0, url: url, log: log) }
  }

  /// Runs a command whose name and arguments are texts.
  package func command(
    _ arguments: String..., deadline: ContinuousClock.Instant? = nil
  ) async throws(RedisError) -> RedisReply {
    try await command(arguments.map { Array($0.utf8) }, deadline: deadline)
  }

  /// Runs a command; its name is the first argument.
  package func command(
    _ arguments: [[UInt8]], deadline: ContinuousClock.Instant? = nil
  ) async throws(RedisError) -> RedisReply {
    precondition(!arguments.isEmpty, "a command has a name")
    let loop = EventLoop.current ?? group.next()
    let connection = connections.first { $0.loop === loop } ?? connections[0]
    let latest = connection.loop.now + Self.commandMax
    let request = RedisRequest(arguments, deadline: deadline.map { min($0, latest) } ?? latest)
    let result: Result<RedisReply, RedisError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if connection.loop.isCurrent {
          connection.submit(request, continuation)
        } else {
          connection.loop.execute { connection.submit(request, continuation) }
        }
      }
    } onCancel: {
      // The command may be on its way; its reply is dropped when it comes.
      connection.loop.execute { request.complete(.failure(.cancelled)) }
    }
    return try result.get()
  }

  /// Whether the server answers.
  package func ping(deadline: ContinuousClock.Instant? = nil) async throws(RedisError) {
    _ = try await command("PING", deadline: deadline)
  }

  /// Closes every connection. What waits fails with `closed`.
  package func close() async {
    for connection in connections { await connection.loop.run { connection.close() } }
  }
}
