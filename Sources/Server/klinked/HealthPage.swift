internal import Gateway
internal import HTTP
internal import Ops
internal import Platform
internal import Postgres
internal import RPC
internal import Telemetry

/// The detailed health for load balancers and people: `GET /health`.
///
/// 503 when two or more dependencies are down, as one broken dependency must not take every copy of
/// the server out of service.
struct HealthPage: Sendable {
  private let database: ServiceDatabase
  private let redis: RedisProbe

  init(database: Database, redis: RedisProbe) {
    self.database = ServiceDatabase(database)
    self.redis = redis
  }

  func databaseHealth() async -> DependencyHealth {
    do throws(RPCError) {
      _ = try await database.rowsWithoutTenant("SELECT 1 AS one", deadline: .now + .seconds(1))
      return .operational
    } catch {
      // Too busy is not broken.
      return error.code == .resourceExhausted ? .degraded : .down
    }
  }

  func redisHealth() async -> DependencyHealth { await redis.health() }

  var route: PlainRoute {
    PlainRoute("GET", "/health") { exchange in
      async let database = Self.timed { await databaseHealth() }
      async let redis = Self.timed { await redisHealth() }
      let checks = [("database", await database), ("redis", await redis)]
      let downCount = checks.count { $0.1.health == .down }
      let status = downCount >= 2 ? "unhealthy" : downCount == 1 ? "degraded" : "healthy"
      let parts = checks.map { name, check in
        #""\#(name)":{"status":"\#(check.health.rawValue)","latency":\#(check.milliseconds)}"#
      }
      let body =
        #"{"status":"\#(status)","timestamp":"\#(WallClock.timestamp())","#
        + #""checks":{\#(parts.joined(separator: ","))}}"#
      exchange.respond(
        status: downCount >= 2 ? 503 : 200,
        fields: ["content-type": "application/json", "cache-control": "no-store"],
        body: Array(body.utf8))
    }
  }

  private static func timed(
    _ probe: () async -> DependencyHealth
  ) async -> (health: DependencyHealth, milliseconds: Int) {
    let start = ContinuousClock.now
    let health = await probe()
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return (health, Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
  }
}
