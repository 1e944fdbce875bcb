/// A value of a request that breaks a declared rule.
package struct RuleViolation: Hashable, Sendable {
  /// Path of proto names, `graph.nodes[3].say.text`; never empty.
  package let field: String
  /// The rule as protovalidate names it: `string.min_len`, `required`.
  package let rule: String
  /// What is wrong, going on after the field's path: `must have 1 to 120 characters, has 0`. Says
  /// nothing of the value itself but its length, so secrets may be checked, too.
  package let text: String
}

/// A declared rule that cannot be checked. The schema is part of the program, so a test finds it;
/// methods that meet it answer INTERNAL.
package struct RuleError: Error, Hashable, CustomStringConvertible {
  /// Full name of the field, oneof or message that the rule is declared for.
  package let element: String
  /// Name of the rule: `string.pattern`.
  package let rule: String
  package let reason: String

  package var description: String { "\(element): rule \(rule) \(reason)" }
}
