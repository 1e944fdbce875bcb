/// How the calls of one method went since the start of the process.
package struct CallFigures: Sendable, Hashable {
  /// `klinke.tenant.v1.TenantService/GetTenant`
  package let method: String
  package let started: Int
  package let succeeded: Int
  /// How long those that ended took, counted by the bounds of `Histogram.seconds`.
  package let durations: [Int]

  package init(method: String, started: Int, succeeded: Int, durations: [Int]) {
    self.method = method
    self.started = started
    self.succeeded = succeeded
    self.durations = durations
  }

  // Each count is of a moment of its own, so that a difference may be below nothing.

  /// Calls that have ended otherwise.
  package var failed: Int { max(0, ended - succeeded) }

  /// Calls that have not ended.
  package var running: Int { max(0, started - ended) }

  private var ended: Int { durations.reduce(0, +) }

  /// What has come since an earlier moment.
  package func since(_ before: CallFigures) -> CallFigures {
    CallFigures(
      method: method, started: started - before.started, succeeded: succeeded - before.succeeded,
      durations: zip(durations, before.durations).map { $0 - $1 })
  }
}

extension Router {
  /// The figures of every method, in the order of their registration. Empty for a router that
  /// measures nothing.
  package var callFigures: [CallFigures] {
    methods.compactMap { info in method(path: info.path)?.meter?.figures }
  }
}
