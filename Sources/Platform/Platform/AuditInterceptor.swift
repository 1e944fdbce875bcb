package import RPC
package import Telemetry

/// Leaves an audit row for every call of an audited method, also for the refused ones, unless there
/// was no room for them.
///
/// A success that changed something has written its row in the change's own transaction by then.
package struct AuditInterceptor: ServerInterceptor {
  private let write: @Sendable (AuditEvent) async throws(RPCError) -> Void
  private let log: Logger

  package init(
    log: Logger, write: @escaping @Sendable (AuditEvent) async throws(RPCError) -> Void
  ) {
    self.log = log
    self.write = write
  }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    var context = context
    let trail = AuditTrail()
    context[AuditTrailKey.self] = trail
    do throws(RPCError) {
      let response = try await next(message, context)
      if context.method.audited, !trail.isWritten {
        try await record(trail, context, RPCCode.ok.name)
      }
      return response
    } catch {
      // A foreign id is written down for every method: somebody tries doors.
      let isForeign = error.reason == "FOREIGN_RESOURCE" || error.reason == "FOREIGN_TENANT"
      if (context.method.audited && !trail.isDismissed) || isForeign {
        do throws(RPCError) {
          try await record(trail, context, error.meant(in: context).code.name)
        } catch let second {
          // The caller learns why the call failed; that the row is missing is for the log.
          log.error(
            "audit.write_failed",
            [
              "method": .string(context.method.path), "outcome": .string(error.code.name),
              "cause": .string(second.debugDescription),
            ])
        }
      }
      throw error
    }
  }

  private func record(
    _ trail: AuditTrail, _ context: ServerContext, _ outcome: String
  ) async throws(RPCError) {
    guard let event = trail.event(context, outcome: outcome) else {
      let (kind, id) = context.caller.auditActor
      log.warning(
        "audit.no_tenant",
        [
          "method": .string(context.method.path), "outcome": .string(outcome),
          "actor_kind": .string(kind), "actor_id": .string(id), "peer": .string(context.peer),
        ])
      return
    }
    guard Task.isCancelled else { return try await write(event) }
    // The caller is gone or its deadline has passed, but what was tried must be written down. A task
    // of its own is not cancelled; it is awaited, and the database bounds how long it takes.
    let write = write
    let written = Task { () async -> Result<Void, RPCError> in
      do throws(RPCError) {
        return .success(try await write(event))
      } catch {
        return .failure(error)
      }
    }
    try await written.value.get()
  }
}
