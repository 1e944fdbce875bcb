/// How the calls of one method went since the start of the process.
package struct CallFigures: Sendable, Hashable {
  /// `klinke.tenant.v1.TenantService/GetTenant`
  package let method: String
  package let started: Int
  package let succeeded: Int
  package let failed: Int
  /// How long those that ended took, counted by the bounds of `Histogram.seconds`.
  package let durations: [Int]

  package init(method: String, started: Int, succeeded: Int, failed: Int, durations: [Int]) {
    self.method = method
    self.started = started
    self.succeeded = succeeded
    self.failed = failed
    self.durations = durations
  }

  /// Calls that have not ended.
  package var running: Int { max(0, started - succeeded - failed) }
}

extension Router {
  /// The figures of every method, in the order of their registration. Empty for a router that
  /// measures nothing.
  package var callFigures: [CallFigures] {
    methods.compactMap { info in method(path: info.path)?.meter?.figures }
  }
}
