package import RPC
package import Schema
private import Telemetry
private import Wire

/// Refuses requests that break the rules declared in their `.proto` files, all faults at once.
///
/// Stands innermost: what it finds is told only to those who may call the method. Methods that take
/// a stream of requests are let through; their messages are not known yet.
package struct ValidationInterceptor: ServerInterceptor {
  private let rules: FieldRules

  /// Compiles the rules of every request of a contract; fails on a rule that cannot be checked.
  package init(_ pool: DescriptorPool) throws(RuleError) {
    rules = try FieldRules(
      pool, messages: pool.services.lazy.flatMap(\.methods).map(\.inputType))
  }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    if let message { try check(message, context.method) }
    return try await next(message, context)
  }

  private func check(_ message: [UInt8], _ method: MethodInfo) throws(RPCError) {
    var faults = Violations()
    do throws(WireError) {
      let now = WallClock.now()
      let violations = try rules.violations(
        in: message, of: method.requestType, now: (Int64(now.seconds), Int32(now.nanoseconds)))
      for violation in violations {
        faults.add(violation.field, violation.text, reason: violation.rule)
      }
    } catch {
      throw RPCError(
        .invalidArgument, "malformed request: not a \(method.requestType)",
        reason: "MALFORMED_REQUEST", detail: "\(error)")
    }
    try faults.throwIfAny()
  }
}
