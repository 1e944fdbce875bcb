internal import Wire

/// Compiles the options of a message type, and of those inside it, to plans.
struct RuleCompiler {
  private let pool: DescriptorPool
  /// The plan of the root, and of what is inside it.
  private(set) var plans: [MessagePlan] = []
  private var indexOfName: [String: Int] = [:]
  /// Types whose plans are not made yet.
  private var waiting: [MessageDescriptor] = []

  init(_ pool: DescriptorPool, root: MessageDescriptor) throws(RuleError) {
    self.pool = pool
    _ = index(of: root)
    while let type = waiting.popLast() {
      guard let index = indexOfName[type.fullName] else { continue }
      plans[index] = try plan(type)
    }
    dropIdleChildren()
  }

  private mutating func index(of type: MessageDescriptor) -> Int {
    if let index = indexOfName[type.fullName] { return index }
    indexOfName[type.fullName] = plans.count
    plans.append(MessagePlan())
    waiting.append(type)
    return plans.count - 1
  }

  /// Leaves out the way into messages where nothing is checked, however deep.
  private mutating func dropIdleChildren() {
    var isBusy = plans.map(\.hasOwnRules)
    var changed = true
    while changed {
      changed = false
      for (index, plan) in plans.enumerated() where !isBusy[index] {
        if plan.fields.contains(where: { $0.child.map { isBusy[$0] } ?? false }) {
          isBusy[index] = true
          changed = true
        }
      }
    }
    for index in plans.indices {
      for field in plans[index].fields.indices {
        if let child = plans[index].fields[field].child, !isBusy[child] {
          plans[index].fields[field].child = nil
        }
      }
      plans[index].fields.removeAll { !$0.hasRules && $0.child == nil }
    }
  }

  // MARK: Messages

  private mutating func plan(_ type: MessageDescriptor) throws(RuleError) -> MessagePlan {
    var plan = MessagePlan()
    let options = try options(of: type.fullName, type.options)
    var grouped: Set<Int> = []
    for number in options.numbers where number != 4 {
      throw RuleError(
        element: type.fullName, rule: Self.messageRule(number), reason: "is not supported")
    }
    for group in try read(
      type.fullName, "message.oneof",
      { () throws(WireError) in
        try options.messages(4)
      })
    {
      let group = try groupPlan(group, type)
      grouped.formUnion(group.members)
      plan.groups.append(group)
    }
    for (index, name) in type.oneofs.enumerated() {
      if let group = try oneofPlan(index, name, type) { plan.groups.append(group) }
    }
    for (index, field) in type.fields.enumerated() {
      var own = try fieldPlan(index, field, type)
      // Which of several fields is set is for the caller to say.
      if grouped.contains(index), !own.isRequired { own.ignoresZero = true }
      plan.fields.append(own)
    }
    return plan
  }

  private static func messageRule(_ number: Int) -> String {
    switch number {
    case 3, 5: "cel"
    default: "message[\(number)]"
    }
  }

  private func groupPlan(
    _ rules: RuleFields, _ type: MessageDescriptor
  ) throws(RuleError) -> GroupPlan {
    let names = rules.texts(1)
    var members: [Int] = []
    for name in names {
      guard let index = type.fields.firstIndex(where: { $0.name == name }),
        !members.contains(index)
      else {
        throw RuleError(
          element: type.fullName, rule: "message.oneof",
          reason: "names `\(name)`, which is no field of the message or named twice")
      }
      members.append(index)
    }
    guard let first = names.first else {
      throw RuleError(element: type.fullName, rule: "message.oneof", reason: "names no field")
    }
    return GroupPlan(
      rule: "message.oneof", name: first, fieldNames: names, members: members,
      isRequired: rules.flag(2))
  }

  private func oneofPlan(
    _ index: Int, _ name: String, _ type: MessageDescriptor
  ) throws(RuleError) -> GroupPlan? {
    let rules = try options(of: "\(type.fullName).\(name)", type.oneofOptions[index])
    for number in rules.numbers where number != 1 {
      throw RuleError(
        element: "\(type.fullName).\(name)", rule: "oneof[\(number)]", reason: "is not supported")
    }
    guard rules.flag(1) else { return nil }
    let members = type.fields.indices.filter { type.fields[$0].oneofIndex == index }
    return GroupPlan(
      rule: "required", name: name, fieldNames: members.map { type.fields[$0].name },
      members: members, isRequired: true)
  }

  // MARK: Fields

  private mutating func fieldPlan(
    _ index: Int, _ field: FieldDescriptor, _ type: MessageDescriptor
  ) throws(RuleError) -> FieldPlan {
    let element = "\(type.fullName).\(field.name)"
    let rules = try options(of: element, field.options)
    var plan = FieldPlan(index: index, field: field)
    guard rules.bits(27) != 3 else { return plan }
    plan.isRequired = rules.flag(25)
    plan.ignoresZero = try ignoresZero(rules, element)
    let reader = ValueRulesReader(element: element, format: try format(element, field.options))
    switch field.shape {
    case .singular: plan.value = try elementPlan(rules, field, reader)
    case .repeated: try addItems(rules, field, reader, &plan)
    case .map: try addEntries(rules, field, reader, &plan)
    }
    plan.child = child(of: field)
    return plan
  }

  /// The plan of the messages in a field; of a map, that of its values.
  private mutating func child(of field: FieldDescriptor) -> Int? {
    switch field.shape {
    case .map:
      guard let value = pool.message(of: field).field(number: 2) else { return nil }
      return child(of: value)
    case .singular, .repeated:
      guard field.kind == .message else { return nil }
      return index(of: pool.message(of: field))
    }
  }

  private func ignoresZero(_ rules: RuleFields, _ element: String) throws(RuleError) -> Bool {
    switch rules.bits(27) ?? 0 {
    case 0: return false
    case 1: return true
    case let other:
      throw RuleError(element: element, rule: "ignore", reason: "has no value \(other)")
    }
  }

  private func addItems(
    _ rules: RuleFields, _ field: FieldDescriptor, _ reader: ValueRulesReader,
    _ plan: inout FieldPlan
  ) throws(RuleError) {
    guard let own = try rulesOfType(rules, reader, number: 18, name: "repeated") else { return }
    try reader.allow([1, 2, 3, 4], in: own, "repeated")
    plan.counts = LengthBounds(least: own.count(1), most: own.count(2)).checks(
      ("", "repeated.min_items", "repeated.max_items"), unit: ("item", "items")
    ) { $0 }
    plan.isUnique = own.flag(3)
    if plan.isUnique, field.kind == .message || field.kind == .group {
      throw reader.error("repeated.unique", "is for scalars and enums")
    }
    let items = try read(reader.element, "repeated.items") { () throws(WireError) in
      try own.message(4)
    }
    guard let items, items.bits(27) != 3 else { return }
    plan.value = try elementPlan(items, field, reader, isElement: true)
  }

  private func addEntries(
    _ rules: RuleFields, _ field: FieldDescriptor, _ reader: ValueRulesReader,
    _ plan: inout FieldPlan
  ) throws(RuleError) {
    guard let own = try rulesOfType(rules, reader, number: 19, name: "map") else { return }
    try reader.allow([1, 2, 4, 5], in: own, "map")
    plan.counts = LengthBounds(least: own.count(1), most: own.count(2)).checks(
      ("", "map.min_pairs", "map.max_pairs"), unit: ("entry", "entries")
    ) { $0 }
    let entry = pool.message(of: field)
    for number in [4, 5] {
      let part = try read(reader.element, number == 4 ? "map.keys" : "map.values") {
        () throws(WireError) in try own.message(number)
      }
      guard let part, part.bits(27) != 3, let inner = entry.field(number: number - 3) else {
        continue
      }
      let element = try elementPlan(part, inner, reader, isElement: true)
      if number == 4 { plan.keys = element } else { plan.value = element }
    }
  }

  /// The rules of a field's shape; refuses those of any other type beside them.
  private func rulesOfType(
    _ rules: RuleFields, _ reader: ValueRulesReader, number: Int, name: String
  ) throws(RuleError) -> RuleFields? {
    for other in rules.numbers where ![25, 27, number].contains(other) {
      throw wrongType(other, reader, isFor: "a \(name) field")
    }
    return try read(reader.element, name) { () throws(WireError) in try rules.message(number) }
  }

  private func wrongType(
    _ number: Int, _ reader: ValueRulesReader, isFor what: String
  ) -> RuleError {
    switch number {
    case 23, 29: return reader.error("cel", "is not supported: say it in the service's code")
    default:
      return reader.error(
        Self.typeNames[number] ?? "field[\(number)]", "is not for \(what)")
    }
  }

  /// The rules of one value. `field` tells its type; its shape does not matter.
  private func elementPlan(
    _ rules: RuleFields, _ field: FieldDescriptor, _ reader: ValueRulesReader,
    isElement: Bool = false
  ) throws(RuleError) -> ElementPlan? {
    if isElement, rules.flag(25) {
      throw reader.error("required", "says nothing about an item, a key or a value")
    }
    let wrapped = field.kind == .message ? wrappedField(pool.message(of: field)) : nil
    let number = Self.ruleNumber(wrapped ?? field)
    for other in rules.numbers where other != 25 && other != 27 && other != number {
      throw wrongType(other, reader, isFor: "a field of type \(Self.typeName(field))")
    }
    let own = try read(reader.element, Self.typeNames[number] ?? "") { () throws(WireError) in
      try rules.message(number)
    }
    guard let own else { return nil }
    return ElementPlan(
      rules: try valueRules(own, wrapped ?? field, reader),
      ignoresZero: try ignoresZero(rules, reader.element), isWrapped: wrapped != nil)
  }

  private func valueRules(
    _ rules: RuleFields, _ field: FieldDescriptor, _ reader: ValueRulesReader
  ) throws(RuleError) -> ValueRules {
    switch field.kind {
    case .string: return try reader.text(rules)
    case .bytes: return try reader.bytes(rules)
    case .bool: return try reader.bool(rules)
    case .enumeration: return try reader.enumeration(rules, pool.enumeration(of: field))
    case .message, .group:
      switch field.typeName {
      case "google.protobuf.Duration": return try reader.duration(rules)
      case "google.protobuf.Timestamp": return try reader.timestamp(rules)
      case "google.protobuf.Any": return try reader.any(rules)
      default: return try reader.mask(rules)
      }
    default: return try reader.number(rules, field.kind)
    }
  }

  private func wrappedField(_ type: MessageDescriptor) -> FieldDescriptor? {
    type.wellKnown == .wrapper ? type.field(number: 1) : nil
  }

  // MARK: Options

  private func options(
    of element: String, _ bytes: [UInt8]
  ) throws(RuleError) -> RuleFields {
    guard !bytes.isEmpty else { return RuleFields() }
    return try read(element, "buf.validate") { () throws(WireError) in
      try RuleFields(bytes).message(FieldDescriptor.rulesOption) ?? RuleFields()
    }
  }

  private func format(_ element: String, _ bytes: [UInt8]) throws(RuleError) -> String {
    guard !bytes.isEmpty else { return "" }
    return try read(element, "format") { () throws(WireError) in
      try RuleFields(bytes).text(FieldDescriptor.formatOption) ?? ""
    }
  }

  private func read<R>(
    _ element: String, _ rule: String, _ body: () throws(WireError) -> R
  ) throws(RuleError) -> R {
    do throws(WireError) {
      return try body()
    } catch {
      throw RuleError(element: element, rule: rule, reason: "is malformed: \(error)")
    }
  }

  // MARK: Types of rules

  /// Members of `FieldRules.type` by number.
  private static let typeNames: [Int: String] = [
    1: "float", 2: "double", 3: "int32", 4: "int64", 5: "uint32", 6: "uint64", 7: "sint32",
    8: "sint64", 9: "fixed32", 10: "fixed64", 11: "sfixed32", 12: "sfixed64", 13: "bool",
    14: "string", 15: "bytes", 16: "enum", 18: "repeated", 19: "map", 20: "any", 21: "duration",
    22: "timestamp", 28: "field_mask",
  ]

  /// The member of `FieldRules.type` for a value's type; 0 when there is none.
  private static func ruleNumber(_ field: FieldDescriptor) -> Int {
    switch field.kind {
    case .enumeration: 16
    case .message, .group:
      switch field.typeName {
      case "google.protobuf.Any": 20
      case "google.protobuf.Duration": 21
      case "google.protobuf.Timestamp": 22
      case "google.protobuf.FieldMask": 28
      default: 0
      }
    default: typeNames.first { $0.value == field.kind.protoName }?.key ?? 0
    }
  }

  private static func typeName(_ field: FieldDescriptor) -> String {
    field.typeName.isEmpty ? field.kind.protoName : field.typeName
  }
}
