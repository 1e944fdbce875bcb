/// What is checked of one message type, compiled from its options.
struct MessagePlan: Sendable {
  var fields: [FieldPlan] = []
  var groups: [GroupPlan] = []

  /// Whether the type itself declares a rule.
  var hasOwnRules: Bool { !groups.isEmpty || fields.contains(where: \.hasRules) }
}

/// What is checked of one field.
struct FieldPlan: Sendable {
  /// Index into the descriptor's fields.
  let index: Int
  let field: FieldDescriptor
  var isRequired = false
  var ignoresZero = false
  /// Rules of the value; for repeated fields of each item, for maps of each entry's value.
  var value: ElementPlan?
  /// Rules of a map's keys.
  var keys: ElementPlan?
  /// Rules of the number of items or entries.
  var counts: [Check<Int>] = []
  var isUnique = false
  /// Index of the plan of the message inside; nil when there is nothing to check in it.
  var child: Int?

  var hasRules: Bool {
    isRequired || value != nil || keys != nil || !counts.isEmpty || isUnique
  }
}

/// What is checked of one value.
struct ElementPlan: Sendable {
  var rules: ValueRules
  var ignoresZero = false
  /// Whether the value is inside of one of the wrapper messages.
  var isWrapped = false
}

/// Fields of which a number may be set: a oneof, or one made by a message's rules.
struct GroupPlan: Sendable {
  let rule: String
  /// What the violation is about: the oneof's name or the first field's.
  let name: String
  /// Names of the fields, for the message.
  let fieldNames: [String]
  /// Indices into the descriptor's fields.
  let members: [Int]
  let isRequired: Bool
}

extension FieldDescriptor {
  /// Number of `(buf.validate.field)` in field options, and of its likes in the others.
  static let rulesOption = 1159
  /// Number of `(klinke.options.v1.format)`.
  static let formatOption = 50_013
}
