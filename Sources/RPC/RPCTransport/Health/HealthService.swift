package import RPC

/// `grpc.health.v1.Health`: answers from ``HealthStatuses``.
package struct HealthService: Health {
  /// Names that List returns at most.
  private static let namesMax = 1_000

  private let statuses: HealthStatuses

  package init(_ statuses: HealthStatuses) { self.statuses = statuses }

  package func check(
    _ request: HealthCheckRequest, context: ServerContext
  ) async throws(RPCError) -> HealthCheckResponse {
    guard let status = statuses.status(of: request.service).status else {
      throw RPCError(.notFound, "unknown service", reason: "UNKNOWN_SERVICE")
    }
    return HealthCheckResponse(status: .init(status))
  }

  package func list(
    _ request: HealthListRequest, context: ServerContext
  ) async throws(RPCError) -> HealthListResponse {
    let all = statuses.all
    guard all.count <= HealthService.namesMax else {
      throw RPCError(.resourceExhausted, "there are too many services to list")
    }
    return HealthListResponse(
      statuses: all.mapValues { HealthCheckResponse(status: .init($0)) })
  }

  /// Ends with the server only: a client takes the one for the other.
  package func watch(
    _ request: HealthCheckRequest, responses: ResponseWriter<HealthCheckResponse>,
    context: ServerContext
  ) async throws(RPCError) {
    var last: HealthCheckResponse.ServingStatus?
    while !Task.isCancelled {
      let (status, version, isLast) = statuses.status(of: request.service)
      let current = status.map { HealthCheckResponse.ServingStatus($0) } ?? .serviceUnknown
      if current != last {
        try await responses.write(HealthCheckResponse(status: current))
        last = current
      }
      if isLast { throw .shutdown }
      await statuses.change(after: version)
    }
    throw .cancelled
  }
}

extension HealthCheckResponse.ServingStatus {
  fileprivate init(_ status: HealthStatuses.Status) {
    switch status {
    case .serving: self = .serving
    case .notServing: self = .notServing
    }
  }
}
