private import Synchronization
package import Wire

/// The declared rules (`buf.validate`) of messages, checked on their wire bytes.
///
/// ```swift
/// let rules = FieldRules(pool, messages: ["klinke.tenant.v1.CreateTenantRequest"])
/// let broken = try rules.violations(in: bytes, of: "klinke.tenant.v1.CreateTenantRequest", now: now)
/// ```
///
/// Made once and shared. What a message and those inside it need is compiled when the first one is
/// checked. No generated code takes part, so a dynamic message is checked like any other.
package struct FieldRules: Sendable {
  /// More violations of one message are not looked for.
  package static let violationsMax = 1_000

  /// A message's plans, once somebody has needed them.
  private final class Slot: Sendable {
    let type: MessageDescriptor
    let plans = AtomicLazyReference<CompiledRules>()

    init(_ type: MessageDescriptor) { self.type = type }
  }

  private let pool: DescriptorPool
  private let slots: [String: Slot]

  /// The rules of messages by full name. A name that the pool does not know has no rules.
  package init(_ pool: DescriptorPool, messages: some Sequence<String>) {
    self.pool = pool
    var slots: [String: Slot] = [:]
    for name in messages where slots[name] == nil {
      slots[name] = pool.message(named: name).map(Slot.init)
    }
    self.slots = slots
  }

  /// Compiles the rules of all messages; throws at one that cannot be checked.
  package func compileAll() throws(RuleError) {
    for slot in slots.values { _ = try compiled(slot) }
  }

  /// Every value of an encoded message that breaks a rule, in the order of the declarations; empty
  /// for messages other than those named.
  ///
  /// - Parameter now: seconds and nanoseconds since 1970, for rules about the present.
  package func violations(
    in bytes: [UInt8], of message: String, now: (seconds: Int64, nanos: Int32)
  ) throws(RuleFailure) -> [RuleViolation] {
    guard let slot = slots[message] else { return [] }
    let rules: CompiledRules
    do throws(RuleError) {
      rules = try compiled(slot)
    } catch {
      throw .unusable(error)
    }
    guard !rules.isIdle else { return [] }
    var run = RuleRun(
      pool: pool, plans: rules.plans, now: Int128(now.seconds) * 1_000_000_000 + Int128(now.nanos))
    do throws(WireError) {
      try run.message(0, slot.type, bytes.span)
    } catch {
      throw .malformed(error)
    }
    return run.violations
  }

  /// Two threads may compile at once; both get what the first of them has stored.
  private func compiled(_ slot: Slot) throws(RuleError) -> CompiledRules {
    if let rules = slot.plans.load() { return rules }
    let compiler = try RuleCompiler(pool, root: slot.type)
    return slot.plans.storeIfNil(CompiledRules(compiler.plans))
  }
}

/// The plans of a message and of those inside it, its own first.
final class CompiledRules: Sendable {
  let plans: [MessagePlan]

  init(_ plans: [MessagePlan]) { self.plans = plans }

  /// Whether there is nothing to check, however deep.
  var isIdle: Bool { plans[0].fields.isEmpty && plans[0].groups.isEmpty }
}

/// Why a message could not be checked.
package enum RuleFailure: Error, Hashable {
  /// The bytes are not a message, as far as they had to be read.
  case malformed(WireError)
  /// The program declares a rule that it cannot check.
  case unusable(RuleError)
}
