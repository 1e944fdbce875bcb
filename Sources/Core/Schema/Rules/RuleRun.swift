internal import Wire

/// One message on its way through the rules.
struct RuleRun {
  private(set) var violations: [RuleViolation] = []
  private let pool: DescriptorPool
  private let plans: [MessagePlan]
  private let now: Int128
  /// Where the run is; made a text only for violations.
  private var path: [Part] = []

  private enum Part {
    case field(String)
    case index(Int)
    case key(String)
  }

  init(pool: DescriptorPool, plans: [MessagePlan], now: Int128) {
    self.pool = pool
    self.plans = plans
    self.now = now
  }

  private var isFull: Bool { violations.count >= FieldRules.violationsMax }

  private mutating func report(_ rule: String, _ text: String) {
    guard !isFull else { return }
    var field = ""
    for part in path {
      switch part {
      case .field(let name): field += field.isEmpty ? name : "." + name
      case .index(let index): field += "[\(index)]"
      case .key(let key): field += "[\(key)]"
      }
    }
    violations.append(RuleViolation(field: field, rule: rule, text: text))
  }

  // MARK: Messages

  mutating func message(
    _ plan: Int, _ type: MessageDescriptor, _ bytes: Span<UInt8>, depth: Int = 0
  ) throws(WireError) {
    guard depth < JSONWriter.depthMax else { throw WireError(.recursionLimitExceeded) }
    let plan = plans[plan]
    let values = try WireFields(type, bytes)
    for field in plan.fields where !isFull {
      path.append(.field(field.field.name))
      try self.field(field, values.all(field.index), bytes, depth: depth)
      path.removeLast()
    }
    for group in plan.groups { check(group, type, values) }
  }

  private mutating func check(
    _ group: GroupPlan, _ type: MessageDescriptor, _ values: WireFields
  ) {
    let count = group.members.count { isSet(type.fields[$0], values.all($0)) }
    let names = group.fieldNames.joined(separator: ", ")
    path.append(.field(group.name))
    if count > 1 {
      report(group.rule, "must not be set together: at most one of \(names)")
    } else if count == 0, group.isRequired {
      report(group.rule, "is required: one of \(names)")
    }
    path.removeLast()
  }

  /// Whether the field is set; without presence, whether it has more than its zero value.
  private func isSet(
    _ field: FieldDescriptor, _ own: ArraySlice<WireFields.Occurrence>
  ) -> Bool {
    guard let last = own.last else { return false }
    if field.hasPresence || field.shape == .map { return true }
    if field.shape == .repeated {
      // An empty packed field is no item.
      return own.contains { !$0.isLengthDelimited || !$0.range.isEmpty || !field.kind.isPackable }
    }
    return !isZero(field, last)
  }

  private func isZero(_ field: FieldDescriptor, _ value: WireFields.Occurrence) -> Bool {
    value.isLengthDelimited ? value.range.isEmpty : ScalarBits.isZero(value.bits, field.kind)
  }

  // MARK: Fields

  private mutating func field(
    _ plan: FieldPlan, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    let isSet = isSet(plan.field, own)
    guard isSet || !plan.isRequired else { return report("required", "is required") }
    guard isSet || !(plan.ignoresZero || plan.field.hasPresence) else { return }
    switch plan.field.shape {
    case .singular: try single(plan, own, bytes, depth: depth)
    case .repeated: try items(plan, own, bytes, depth: depth)
    case .map: try entries(plan, own, bytes, depth: depth)
    }
  }

  private mutating func single(
    _ plan: FieldPlan, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    guard plan.field.kind == .message, own.count > 1 else {
      let value = own.last
      if plan.ignoresZero, value.map({ isZero(plan.field, $0) }) ?? true { return }
      try element(
        plan, bits: value?.bits ?? 0, bytes.extracting(value?.range ?? 0..<0), depth: depth)
      return
    }
    // Several occurrences of a singular message merge, which is what their bytes in a row say.
    var merged: [UInt8] = []
    for occurrence in own { merged += [UInt8](copying: bytes.extracting(occurrence.range)) }
    try element(plan, bits: 0, merged.span, depth: depth)
  }

  private mutating func items(
    _ plan: FieldPlan, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    var items = UniqueItems()
    var count = 0
    for occurrence in own where !isFull {
      guard occurrence.isLengthDelimited, plan.field.kind.isPackable else {
        try item(
          plan, &items, count, occurrence.bits, bytes.extracting(occurrence.range), depth: depth)
        count += 1
        continue
      }
      for bits in try PackedValues.bits(bytes.extracting(occurrence.range), plan.field.kind) {
        try item(plan, &items, count, bits, bytes.extracting(0..<0), depth: depth)
        count += 1
      }
    }
    for check in plan.counts where !check.holds(count) { report(check.rule, check.text(count)) }
    if plan.isUnique, !items.isUnique { report("repeated.unique", "must not have an item twice") }
  }

  private mutating func item(
    _ plan: FieldPlan, _ items: inout UniqueItems, _ index: Int, _ bits: UInt64,
    _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    if plan.isUnique { items.add(bits, bytes, plan.field.kind) }
    guard plan.value != nil || plan.child != nil else { return }
    path.append(.index(index))
    try element(plan, bits: bits, bytes, depth: depth)
    path.removeLast()
  }

  private mutating func entries(
    _ plan: FieldPlan, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    let entry = pool.message(of: plan.field)
    guard let keyField = entry.field(number: 1), let keyIndex = entry.index(number: 1),
      let valueIndex = entry.index(number: 2)
    else { return }
    // The last entry of a key is the one that counts.
    var order: [String] = []
    var last: [String: Range<Int>] = [:]
    for occurrence in own {
      let part = bytes.extracting(occurrence.range)
      let key = try WireFields(entry, part).all(keyIndex).last
      let text = try keyText(
        keyField, key?.bits ?? 0, part.extracting(key?.range ?? 0..<0))
      if last.updateValue(occurrence.range, forKey: text) == nil { order.append(text) }
    }
    for check in plan.counts where !check.holds(order.count) {
      report(check.rule, check.text(order.count))
    }
    for text in order where !isFull {
      let part = bytes.extracting(last[text] ?? 0..<0)
      let values = try WireFields(entry, part)
      path.append(.key(label(keyField, text)))
      if let keys = plan.keys {
        let key = values.all(keyIndex).last
        try check(keys, key?.bits ?? 0, part.extracting(key?.range ?? 0..<0), keyField)
      }
      let value = values.all(valueIndex).last
      try element(
        plan, bits: value?.bits ?? 0, part.extracting(value?.range ?? 0..<0), depth: depth)
      path.removeLast()
    }
  }

  private func keyText(
    _ field: FieldDescriptor, _ bits: UInt64, _ bytes: Span<UInt8>
  ) throws(WireError) -> String {
    switch field.kind {
    case .string: return try text(bytes, field)
    case .bool: return bits == 0 ? "false" : "true"
    case .uint32, .uint64, .fixed32, .fixed64:
      return String(ScalarBits.unsigned(bits, field.kind))
    default: return String(ScalarBits.signed(bits, field.kind))
    }
  }

  /// A key as it stands in a path.
  private func label(_ field: FieldDescriptor, _ key: String) -> String {
    guard field.kind == .string else { return key }
    var quoted: [UInt8] = []
    JSONText.append(quoted: JSONError.clipped(key).utf8, to: &quoted)
    return String(decoding: quoted, as: UTF8.self)
  }

  // MARK: Values

  /// Checks one value and goes into the message it is.
  private mutating func element(
    _ plan: FieldPlan, bits: UInt64, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    let field = valueField(plan.field)
    if let value = plan.value {
      if value.isWrapped {
        try checkWrapped(value, bytes, pool.message(of: field))
      } else {
        try check(value, bits, bytes, field)
      }
    }
    if let child = plan.child {
      try message(child, pool.message(of: field), bytes, depth: depth + 1)
    }
  }

  /// The field that tells the type of a value: for a map, that of its entries.
  private func valueField(_ field: FieldDescriptor) -> FieldDescriptor {
    guard field.shape == .map else { return field }
    return pool.message(of: field).field(number: 2) ?? field
  }

  private mutating func checkWrapped(
    _ plan: ElementPlan, _ bytes: Span<UInt8>, _ wrapper: MessageDescriptor
  ) throws(WireError) {
    guard let field = wrapper.field(number: 1) else { return }
    let value = try WireFields(wrapper, bytes).all(0).last
    try check(plan, value?.bits ?? 0, bytes.extracting(value?.range ?? 0..<0), field)
  }

  private mutating func check(
    _ plan: ElementPlan, _ bits: UInt64, _ bytes: Span<UInt8>, _ field: FieldDescriptor
  ) throws(WireError) {
    if plan.ignoresZero, bytes.isEmpty, ScalarBits.isZero(bits, field.kind) { return }
    switch plan.rules {
    case .floating(let checks, let kind): apply(checks, ScalarBits.floating(bits, kind))
    case .signed(let checks, let kind): apply(checks, ScalarBits.signed(bits, kind))
    case .unsigned(let checks, let kind): apply(checks, ScalarBits.unsigned(bits, kind))
    case .bool(let checks): apply(checks, bits != 0)
    case .enumeration(let checks): apply(checks, Int32(truncatingIfNeeded: bits))
    case .text(let checks): apply(checks, try text(bytes, field))
    case .bytes(let checks): apply(checks, [UInt8](copying: bytes))
    case .duration(let checks): apply(checks, try Nanoseconds.of(bytes))
    case .timestamp(let checks):
      apply(checks, TimestampValue(value: try Nanoseconds.of(bytes), now: now))
    case .typeURL(let checks): apply(checks, try texts(bytes, field).last ?? "")
    case .mask(let checks): apply(checks, try texts(bytes, field))
    }
  }

  private mutating func apply<Value>(_ checks: [Check<Value>], _ value: Value) {
    for check in checks where !check.holds(value) { report(check.rule, check.text(value)) }
  }

  private func text(
    _ bytes: Span<UInt8>, _ field: FieldDescriptor
  ) throws(WireError) -> String {
    guard let text = String(validating: [UInt8](copying: bytes), as: UTF8.self) else {
      throw WireError(.invalidUTF8, path: [field.number])
    }
    return text
  }

  /// Every text of field 1 of a message: a type URL, or the paths of a mask.
  private func texts(
    _ bytes: Span<UInt8>, _ field: FieldDescriptor
  ) throws(WireError) -> [String] {
    var reader = WireReader(bytes)
    var result: [String] = []
    while let own = try reader.nextField() {
      if own.number == 1, own.type == .lengthDelimited {
        result.append(try reader.string(own))
      } else {
        try reader.skip(own)
      }
    }
    return result
  }
}

/// The items of a repeated field as far as they are different.
private struct UniqueItems {
  private(set) var isUnique = true
  private var numbers: Set<UInt64> = []
  private var texts: Set<[UInt8]> = []

  mutating func add(_ bits: UInt64, _ bytes: Span<UInt8>, _ kind: FieldKind) {
    switch kind {
    case .string, .bytes:
      if !texts.insert([UInt8](copying: bytes)).inserted { isUnique = false }
    case .int32, .uint32, .sint32, .enumeration:
      if !numbers.insert(UInt64(UInt32(truncatingIfNeeded: bits))).inserted { isUnique = false }
    default:
      if !numbers.insert(bits).inserted { isUnique = false }
    }
  }
}
