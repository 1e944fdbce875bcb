/// What options say about a field: those of `google.api`, the declared rules, and our own.
package struct FieldOptions: Hashable, Sendable {
  /// A call without it is refused.
  package var isRequired = false
  /// Set by the server; what a caller sends is not looked at.
  package var isOutput = false
  /// Never shown: a password, a token.
  package var isSecret = false
  /// What a value has to be; for a list its elements.
  package var rules = ValueRules()
  /// Fewest and most elements of a list.
  package var items = Bounds()

  package init() {}
}

/// Least and most, both included.
package struct Bounds: Hashable, Sendable {
  package var least: Int64?
  package var most: Int64?

  package init() {}
}

/// The part of the declared rules that other languages of schemas have words for.
package struct ValueRules: Hashable, Sendable {
  /// Characters of a string.
  package var length = Bounds()
  /// An RE2 expression; empty for none.
  package var pattern = ""
  /// `uuid`, `email`, `uri` or empty.
  package var format = ""
  /// The only strings; empty for any.
  package var choices: [String] = []
  /// Of a 32-bit integer.
  package var number = Bounds()

  package init() {}
}

extension FieldOptions {
  /// `extensions` holds the fields of `google.protobuf.FieldOptions` that descriptor.proto does not
  /// declare.
  init(extensions: OptionBytes) {
    self.init()
    // google.api.field_behavior: REQUIRED 2, OUTPUT_ONLY 3.
    let behavior = extensions.numbers(1052)
    isRequired = behavior.contains(2)
    isOutput = behavior.contains(3)
    isSecret = extensions.number(50011) == 1
    guard let rules = extensions.message(1159) else { return }
    if rules.number(25) == 1 { isRequired = true }
    self.rules = ValueRules(rules)
    // IGNORE_IF_ZERO_VALUE: an empty value passes, whatever else is asked for.
    if rules.number(27) == 1 { self.rules.allowEmpty() }
    guard let list = rules.message(18) else { return }
    items.least = list.number(1).map { Int64(truncatingIfNeeded: $0) }
    items.most = list.number(2).map { Int64(truncatingIfNeeded: $0) }
    if let element = list.message(4) { self.rules = ValueRules(element) }
  }
}

extension ValueRules {
  /// Reads `buf.validate.FieldRules`.
  fileprivate init(_ rules: OptionBytes) {
    self.init()
    if let text = rules.message(14) { read(text) }
    for kind: UInt64 in [3, 5] {
      guard let bounds = rules.message(kind) else { continue }
      let values = [2, 3, 4, 5].map { bounds.number($0).map { Int64(truncatingIfNeeded: $0) } }
      number.most = values[0].map { $0 - 1 } ?? values[1]
      number.least = values[2].map { $0 + 1 } ?? values[3]
    }
  }

  fileprivate mutating func allowEmpty() {
    length.least = nil
    pattern = ""
    format = ""
    choices = []
    number = Bounds()
  }

  private mutating func read(_ text: OptionBytes) {
    let exact = text.number(19).map { Int64(truncatingIfNeeded: $0) }
    length.least = exact ?? text.number(2).map { Int64(truncatingIfNeeded: $0) }
    length.most = exact ?? text.number(3).map { Int64(truncatingIfNeeded: $0) }
    pattern = text.string(6)
    choices = text.strings(10)
    if text.number(12) == 1 { format = "email" }
    if text.number(17) == 1 { format = "uri" }
    if text.number(22) == 1 { format = "uuid" }
  }
}
