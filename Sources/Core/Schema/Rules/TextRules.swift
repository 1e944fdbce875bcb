/// Rules of strings and bytes.
extension ValueRulesReader {
  func text(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow(Set(1...17).union([18, 19, 20, 21, 22, 23, 33, 35]), in: rules, "string")
    var checks: [Check<String>] = []
    checks += ValueBounds(const: rules.text(1)).checks("string") { "`\($0)`" }
    checks += LengthBounds(
      exactly: rules.count(19), least: rules.count(2), most: rules.count(3)
    ).checks(
      ("string.len", "string.min_len", "string.max_len"), unit: ("character", "characters")
    ) { $0.unicodeScalars.count }
    checks += LengthBounds(
      exactly: rules.count(20), least: rules.count(4), most: rules.count(5)
    ).checks(
      ("string.len_bytes", "string.min_bytes", "string.max_bytes"), unit: ("byte", "bytes")
    ) { $0.utf8.count }
    if let text = rules.text(6) { checks.append(try pattern(text)) }
    checks += parts(rules)
    checks += ValueBounds(oneOf: rules.texts(10), notOneOf: rules.texts(11))
      .checks("string") { $0 }
    for format in TextFormat.allCases where rules.flag(format.rawValue) {
      checks += self.format(format)
    }
    return .text(checks)
  }

  private func pattern(_ text: String) throws(RuleError) -> Check<String> {
    let pattern = try compiled(text, "string.pattern")
    return Check("string.pattern", words(pattern)) { pattern.matches($0.unicodeScalars) }
  }

  private func compiled(_ text: String, _ rule: String) throws(RuleError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      throw self.error(rule, "is no expression that can be used: \(error)")
    }
  }

  private func words(_ pattern: Pattern) -> String {
    format.isEmpty ? "must match \(pattern.text)" : "must be \(format)"
  }

  private func parts(_ rules: RuleFields) -> [Check<String>] {
    var checks: [Check<String>] = []
    if let prefix = rules.text(7) {
      let bytes = Array(prefix.utf8)
      checks.append(
        Check("string.prefix", "must begin with `\(prefix)`") { $0.utf8.starts(with: bytes) })
    }
    if let suffix = rules.text(8) {
      let bytes = Array(suffix.utf8.reversed())
      checks.append(
        Check("string.suffix", "must end with `\(suffix)`") {
          $0.utf8.reversed().starts(with: bytes)
        })
    }
    if let part = rules.text(9) {
      let bytes = Array(part.utf8)
      checks.append(
        Check("string.contains", "must have `\(part)` in it") {
          ByteSearch.find(bytes, in: Array($0.utf8))
        })
    }
    if let part = rules.text(23) {
      let bytes = Array(part.utf8)
      checks.append(
        Check("string.not_contains", "must not have `\(part)` in it") {
          !ByteSearch.find(bytes, in: Array($0.utf8))
        })
    }
    return checks
  }

  /// An empty text has a rule of its own, as it is usually one that was forgotten.
  private func format(_ format: TextFormat) -> [Check<String>] {
    let rule = "string.\(format.rule)"
    let text = "must be \(format.words)"
    // The empty reference is a reference to the document itself.
    guard format != .uriReference else { return [Check(rule, text) { format.matches($0) }] }
    return [
      Check("\(rule)_empty", "is empty, \(text)") { !$0.isEmpty },
      Check(rule, text) { $0.isEmpty || format.matches($0) },
    ]
  }

  func bytes(_ rules: RuleFields) throws(RuleError) -> ValueRules {
    try allow(Set(1...9).union([13, 15]), in: rules, "bytes")
    var checks: [Check<[UInt8]>] = []
    if let const = rules.bytes(1) {
      checks.append(Check("bytes.const", "must be the one value allowed") { $0 == const })
    }
    checks += LengthBounds(
      exactly: rules.count(13), least: rules.count(2), most: rules.count(3)
    ).checks(("bytes.len", "bytes.min_len", "bytes.max_len"), unit: ("byte", "bytes")) { $0.count }
    if let text = rules.text(4) {
      let pattern = try compiled(text, "bytes.pattern")
      checks.append(
        Check("bytes.pattern", words(pattern)) { bytes in
          guard let text = String(validating: bytes, as: UTF8.self) else { return false }
          return pattern.matches(text.unicodeScalars)
        })
    }
    if let prefix = rules.bytes(5) {
      checks.append(
        Check("bytes.prefix", "does not begin as it must") { $0.starts(with: prefix) })
    }
    if let suffix = rules.bytes(6) {
      checks.append(
        Check("bytes.suffix", "does not end as it must") {
          $0.reversed().starts(with: suffix.reversed())
        })
    }
    if let part = rules.bytes(7) {
      checks.append(
        Check("bytes.contains", "lacks bytes that must be in it") { ByteSearch.find(part, in: $0) })
    }
    let (allowed, refused) = (Set(rules.allBytes(8)), Set(rules.allBytes(9)))
    if !allowed.isEmpty {
      checks.append(Check("bytes.in", "is none of the values allowed") { allowed.contains($0) })
    }
    if !refused.isEmpty {
      checks.append(Check("bytes.not_in", "is a refused value") { !refused.contains($0) })
    }
    if rules.flag(15) {
      checks.append(
        Check("bytes.uuid", "must be the 16 bytes of a UUID") { $0.count == 16 })
    }
    return .bytes(checks)
  }
}

enum ByteSearch {
  /// Whether `part` occurs in `bytes`. Knuth, Morris and Pratt: linear, whoever chose the bytes.
  static func find(_ part: [UInt8], in bytes: [UInt8]) -> Bool {
    guard !part.isEmpty else { return true }
    // For each place of the part, how much of its beginning ends there.
    var borders = Array(repeating: 0, count: part.count)
    var length = 0
    for index in 1..<part.count {
      while length > 0, part[index] != part[length] { length = borders[length - 1] }
      if part[index] == part[length] { length += 1 }
      borders[index] = length
    }
    length = 0
    for byte in bytes {
      while length > 0, byte != part[length] { length = borders[length - 1] }
      if byte == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}
