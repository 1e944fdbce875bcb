internal import Ops
internal import Reactor
internal import Redis
internal import Telemetry

/// Asks Redis how it is.
struct RedisProbe: Sendable {
  private let redis: Redis

  init(url: String, group: EventLoopGroup, log: Logger) throws(StartError) {
    do throws(RedisError) {
      redis = try Redis(url: url, group: group, log: log)
    } catch {
      throw .system("REDIS_URL: \(error)")
    }
  }

  func health() async -> DependencyHealth {
    do throws(RedisError) {
      try await redis.ping(deadline: .now + .seconds(1))
      return .operational
    } catch {
      // The reason is in Redis's own log lines; a probe says only that there is no answer.
      return .down
    }
  }

  func close() async { await redis.close() }
}
