package import OpsAPI
package import RPC

/// Whether a dependency works.
package enum DependencyHealth: String, Sendable, CaseIterable {
  case operational
  case degraded
  case down
  /// Not configured; never counted as a failure.
  case disabled
}

/// Asks a dependency how it is, within a time it chooses itself.
package typealias HealthProbe = @Sendable () async -> DependencyHealth

/// Tells how the platform is doing.
package struct OpsServer: OpsService {
  private let database: HealthProbe
  private let redis: HealthProbe

  package init(database: @escaping HealthProbe, redis: @escaping HealthProbe) {
    self.database = database
    self.redis = redis
  }

  package func getHealth(
    _ request: GetHealthRequest, context: ServerContext
  ) async throws(RPCError) -> GetHealthResponse {
    async let database = database()
    async let redis = redis()
    // Nothing calls Stripe or runs jobs yet: what is not there cannot be down.
    return GetHealthResponse(
      database: await database.rawValue, redis: await redis.rawValue,
      stripe: DependencyHealth.disabled.rawValue, queue: DependencyHealth.disabled.rawValue)
  }
}
