package import RPC
package import Schema
private import Telemetry

/// Refuses requests that break the rules declared in their `.proto` files, all faults of a message
/// at once.
///
/// Stands innermost: what it finds is told only to those who may call the method. Of a stream of
/// requests each message is checked when the handler takes it, and the first bad one ends the call.
package struct ValidationInterceptor: ServerInterceptor, RequestInspector {
  private let rules: FieldRules

  /// Checks every request of a contract.
  package init(_ pool: DescriptorPool) {
    rules = FieldRules(pool, messages: pool.services.lazy.flatMap(\.methods).map(\.inputType))
  }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    if let message { try check(message, context.method) }
    return try await next(message, context)
  }

  package func inspect(
    _ message: [UInt8], number: Int, context: ServerContext
  ) async throws(RPCError) {
    try check(message, context.method, number: number)
  }

  /// - Parameter number: which message of a stream it is; nil when there is but one.
  private func check(
    _ message: [UInt8], _ method: MethodInfo, number: Int? = nil
  ) throws(RPCError) {
    var faults = Violations(message: number)
    do throws(RuleFailure) {
      let now = WallClock.now()
      let violations = try rules.violations(
        in: message, of: method.requestType, now: (Int64(now.seconds), Int32(now.nanoseconds)))
      for violation in violations {
        faults.add(violation.field, violation.text, reason: violation.rule)
      }
    } catch {
      throw Self.refusal(error, method, number)
    }
    try faults.throwIfAny()
  }

  private static func refusal(
    _ failure: RuleFailure, _ method: MethodInfo, _ number: Int?
  ) -> RPCError {
    switch failure {
    case .malformed(let error):
      let which = number.map { "message \($0) is" } ?? "malformed request:"
      return RPCError(
        .invalidArgument, "\(which) not a \(method.requestType)", reason: "MALFORMED_REQUEST",
        detail: "\(error)")
    case .unusable(let error):
      return RPCError(
        .internal, "the rules of the request cannot be checked", reason: "UNUSABLE_RULE",
        detail: "\(error)")
    }
  }
}
