internal import Wire

/// The checks of one type of value.
enum ValueRules: Sendable {
  case floating([Check<Double>], FieldKind)
  case signed([Check<Int64>], FieldKind)
  case unsigned([Check<UInt64>], FieldKind)
  case bool([Check<Bool>])
  case enumeration([Check<Int32>])
  case text([Check<String>])
  case bytes([Check<[UInt8]>])
  /// A duration in nanoseconds.
  case duration([Check<Int128>])
  case timestamp([Check<TimestampValue>])
  case typeURL([Check<String>])
  case mask([Check<[String]>])
}

/// A point in time and the moment it is compared with.
struct TimestampValue: Sendable {
  /// Nanoseconds since 1970.
  let value: Int128
  let now: Int128
}

/// Makes checks of the messages of rules.
struct ValueRulesReader {
  /// Full name of the field.
  let element: String
  /// What a pattern asks for, in words; empty for none.
  let format: String

  func error(_ rule: String, _ reason: String) -> RuleError {
    RuleError(element: element, rule: rule, reason: reason)
  }

  /// Refuses rules whose numbers are not in the list.
  func allow(_ numbers: Set<Int>, in rules: RuleFields, _ type: String) throws(RuleError) {
    for number in rules.numbers where !numbers.contains(number) {
      throw error("\(type)[\(number)]", "is not supported")
    }
  }

  // MARK: Numbers

  /// The numbers of `const`, `lt`, `lte`, `gt`, `gte`, `in` and `not_in`, in that order, beginning
  /// with the first one: durations and timestamps begin at 2.
  private func bounds<Value>(
    _ rules: RuleFields, first: Int,
    one: (Int) throws(WireError) -> Value?, all: (Int) throws(WireError) -> [Value]
  ) throws(WireError) -> ValueBounds<Value> {
    ValueBounds(
      const: try one(first), lt: try one(first + 1), lte: try one(first + 2),
      gt: try one(first + 3), gte: try one(first + 4), oneOf: try all(first + 5),
      notOneOf: try all(first + 6))
  }

  func number(
    _ rules: RuleFields, _ kind: FieldKind
  ) throws(RuleError) -> ValueRules {
    let type = kind.protoName
    let isFloating = kind == .float || kind == .double
    try allow(Set(isFloating ? 1...8 : 1...7), in: rules, type)
    do throws(WireError) {
      switch kind {
      case .float, .double:
        var checks = try bounds(
          rules, first: 1, one: { rules.bits($0).map { ScalarBits.floating($0, kind) } },
          all: { (number) throws(WireError) in
            try rules.allBits(number, kind).map { ScalarBits.floating($0, kind) }
          }
        ).checks(type) { $0.description }
        if rules.flag(8) {
          checks.append(Check("\(type).finite", "must be a finite number") { $0.isFinite })
        }
        return .floating(checks, kind)
      case .uint32, .uint64, .fixed32, .fixed64:
        let bounds = try bounds(
          rules, first: 1, one: { rules.bits($0).map { ScalarBits.unsigned($0, kind) } },
          all: { (number) throws(WireError) in
            try rules.allBits(number, kind).map { ScalarBits.unsigned($0, kind) }
          })
        return .unsigned(bounds.checks(type) { String($0) }, kind)
      default:
        let bounds = try bounds(
          rules, first: 1, one: { rules.bits($0).map { ScalarBits.signed($0, kind) } },
          all: { (number) throws(WireError) in
            try rules.allBits(number, kind).map { ScalarBits.signed($0, kind) }
          })
        return .signed(bounds.checks(type) { String($0) }, kind)
      }
    } catch {
      throw self.error(type, "is malformed: \(error)")
    }
  }

  func bool(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow([1], in: rules, "bool")
    guard rules.bits(1) != nil else { return .bool([]) }
    let const = rules.flag(1)
    return .bool([Check("bool.const", "must be \(const)") { $0 == const }])
  }

  func enumeration(
    _ rules: RuleFields, _ type: EnumDescriptor
  ) throws(RuleError) -> ValueRules {
    try allow([1, 2, 3, 4], in: rules, "enum")
    let number: (UInt64) -> Int32 = { Int32(truncatingIfNeeded: $0) }
    var bounds = ValueBounds<Int32>(const: rules.bits(1).map(number))
    do throws(WireError) {
      bounds.oneOf = try rules.allBits(3, .enumeration).map(number)
      bounds.notOneOf = try rules.allBits(4, .enumeration).map(number)
    } catch {
      throw self.error("enum", "is malformed: \(error)")
    }
    var checks = bounds.checks("enum") { type.name(of: $0) ?? String($0) }
    if rules.flag(2) {
      checks.insert(
        Check("enum.defined_only", "is no value of \(type.fullName) that this server knows") {
          type.name(of: $0) != nil
        }, at: 0)
    }
    return .enumeration(checks)
  }

  // MARK: Time

  func duration(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow(Set(2...8), in: rules, "duration")
    let bounds = try timeBounds(rules, "duration")
    return .duration(bounds.checks("duration") { Nanoseconds.text(duration: $0) })
  }

  func timestamp(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow(Set(2...9), in: rules, "timestamp")
    // 7 and 8 are lists for durations and other rules here.
    var bounds = try timeBounds(rules, "timestamp")
    bounds.oneOf = []
    bounds.notOneOf = []
    var checks = bounds.checks("timestamp", show: { Nanoseconds.text(timestamp: $0) })
      .map { check in
        Check<TimestampValue>(
          check.rule, { check.text($0.value) }, holds: { check.holds($0.value) })
      }
    if rules.flag(7) {
      checks.append(Check("timestamp.lt_now", "must be in the past") { $0.value < $0.now })
    }
    if rules.flag(8) {
      checks.append(Check("timestamp.gt_now", "must be in the future") { $0.value > $0.now })
    }
    if let within = rules.bytes(9) {
      let most = try nanoseconds(within, "timestamp")
      checks.append(
        Check("timestamp.within", "must be within \(Nanoseconds.text(duration: most)) of now") {
          abs($0.value - $0.now) <= most
        })
    }
    return .timestamp(checks)
  }

  private func timeBounds(
    _ rules: RuleFields, _ type: String
  ) throws(RuleError) -> ValueBounds<Int128> {
    var values: [Int: Int128] = [:]
    for number in 2...6 {
      if let bytes = rules.bytes(number) { values[number] = try nanoseconds(bytes, type) }
    }
    var bounds = ValueBounds(
      const: values[2], lt: values[3], lte: values[4], gt: values[5], gte: values[6])
    for bytes in rules.allBytes(7) { bounds.oneOf.append(try nanoseconds(bytes, type)) }
    for bytes in rules.allBytes(8) { bounds.notOneOf.append(try nanoseconds(bytes, type)) }
    return bounds
  }

  private func nanoseconds(_ bytes: [UInt8], _ type: String) throws(RuleError) -> Int128 {
    do throws(WireError) {
      return try Nanoseconds.of(bytes.span)
    } catch {
      throw self.error(type, "is malformed: \(error)")
    }
  }

  // MARK: Any and masks

  func any(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow([2, 3], in: rules, "any")
    let bounds = ValueBounds(oneOf: rules.texts(2), notOneOf: rules.texts(3))
    return .typeURL(bounds.checks("any") { $0 })
  }

  func mask(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow([1, 2, 3], in: rules, "field_mask")
    var checks: [Check<[String]>] = []
    do throws(WireError) {
      if let const = try rules.message(1)?.texts(1) {
        checks.append(
          Check("field_mask.const", "must name \(const.joined(separator: ", "))") { $0 == const })
      }
    } catch {
      throw self.error("field_mask", "is malformed: \(error)")
    }
    let covers: @Sendable ([String], String) -> Bool = { (list, path) in
      list.contains { path == $0 || path.hasPrefix($0 + ".") }
    }
    let (allowed, refused) = (rules.texts(2), rules.texts(3))
    if !allowed.isEmpty {
      let words = allowed.joined(separator: ", ")
      checks.append(
        Check("field_mask.in", "may name only \(words)") { $0.allSatisfy { covers(allowed, $0) } })
    }
    if !refused.isEmpty {
      let words = refused.joined(separator: ", ")
      checks.append(
        Check("field_mask.not_in", "must not name \(words)") {
          !$0.contains { covers(refused, $0) }
        })
    }
    return .mask(checks)
  }
}

/// `Timestamp` and `Duration` as one number.
enum Nanoseconds {
  static func of(_ bytes: Span<UInt8>) throws(WireError) -> Int128 {
    var reader = WireReader(bytes)
    var seconds: Int64 = 0
    var nanos: Int32 = 0
    while let field = try reader.nextField() {
      switch (field.number, field.type) {
      case (1, .varint): seconds = try reader.int64(field)
      case (2, .varint): nanos = try reader.int32(field)
      default: try reader.skip(field)
      }
    }
    return Int128(seconds) * 1_000_000_000 + Int128(nanos)
  }

  /// `1.5 s`, for people.
  static func text(duration value: Int128) -> String {
    let parts = value.quotientAndRemainder(dividingBy: 1_000_000_000)
    let sign = value < 0 ? "-" : ""
    let whole = "\(sign)\(parts.quotient.magnitude)"
    guard parts.remainder != 0 else { return "\(whole) s" }
    var digits = String(parts.remainder.magnitude)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits) s"
  }

  static func text(timestamp value: Int128) -> String {
    var seconds = value / 1_000_000_000
    var nanos = value % 1_000_000_000
    if nanos < 0 {
      nanos += 1_000_000_000
      seconds -= 1
    }
    let parts = SecondsNanos(seconds: Int64(clamping: seconds), nanos: Int32(nanos))
    return parts.timestampText.map { String(decoding: $0, as: UTF8.self) } ?? "\(seconds) s"
  }
}
