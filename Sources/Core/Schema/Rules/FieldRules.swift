package import Wire

/// The declared rules (`buf.validate`) of messages, checked on their wire bytes.
///
/// ```swift
/// let rules = try FieldRules(pool, messages: ["klinke.tenant.v1.CreateTenantRequest"])
/// let broken = try rules.violations(in: bytes, of: "klinke.tenant.v1.CreateTenantRequest", now: now)
/// ```
///
/// Compiled once, for the named messages and those inside them; then shared. No generated code takes
/// part, so a dynamic message is checked like any other.
package struct FieldRules: Sendable {
  /// More violations of one message are not looked for.
  package static let violationsMax = 1_000

  let pool: DescriptorPool
  let plans: [MessagePlan]
  private let indexOfName: [String: Int]

  /// Compiles the rules of messages by full name, and of the messages inside. A name that the pool
  /// does not know has no rules.
  package init(_ pool: DescriptorPool, messages: some Sequence<String>) throws(RuleError) {
    let compiler = try RuleCompiler(
      pool, roots: messages.compactMap { pool.message(named: $0) })
    self.pool = pool
    plans = compiler.plans
    indexOfName = compiler.indexOfName
  }

  /// Every value of an encoded message that breaks a rule, in the order of the declarations; empty
  /// for messages that the rules were not compiled for.
  ///
  /// Throws when the bytes are not a message, as far as they had to be read.
  ///
  /// - Parameter now: seconds and nanoseconds since 1970, for rules about the present.
  package func violations(
    in bytes: [UInt8], of message: String, now: (seconds: Int64, nanos: Int32)
  ) throws(WireError) -> [RuleViolation] {
    guard let index = indexOfName[message], let type = pool.message(named: message),
      !plans[index].fields.isEmpty || !plans[index].groups.isEmpty
    else { return [] }
    var run = RuleRun(
      rules: self, now: Int128(now.seconds) * 1_000_000_000 + Int128(now.nanos))
    try run.message(index, type, bytes.span)
    return run.violations
  }
}
