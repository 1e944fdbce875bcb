/// One rule about a value.
struct Check<Value: Sendable>: Sendable {
  /// The rule's name as protovalidate has it.
  let rule: String
  /// Says what is wrong with a value that breaks the rule.
  let text: @Sendable (Value) -> String
  let holds: @Sendable (Value) -> Bool

  init(
    _ rule: String, _ text: @escaping @Sendable (Value) -> String,
    holds: @escaping @Sendable (Value) -> Bool
  ) {
    self.rule = rule
    self.text = text
    self.holds = holds
  }

  init(_ rule: String, _ text: String, holds: @escaping @Sendable (Value) -> Bool) {
    self.init(rule, { _ in text }, holds: holds)
  }
}

/// Bounds and sets of values that have an order.
struct ValueBounds<Value: Comparable & Hashable & Sendable>: Sendable {
  var const: Value?
  var lt: Value?
  var lte: Value?
  var gt: Value?
  var gte: Value?
  var oneOf: [Value] = []
  var notOneOf: [Value] = []

  /// The checks, named after the rules' type; `show` writes a bound.
  func checks(
    _ type: String, show: @escaping @Sendable (Value) -> String
  ) -> [Check<Value>] {
    var checks: [Check<Value>] = []
    if let const {
      checks.append(Check("\(type).const", "must be \(show(const))") { $0 == const })
    }
    if let check = range(type, show) { checks.append(check) }
    if !oneOf.isEmpty {
      let set = Set(oneOf)
      let list = oneOf.map(show).joined(separator: ", ")
      checks.append(Check("\(type).in", "must be one of \(list)") { set.contains($0) })
    }
    if !notOneOf.isEmpty {
      let set = Set(notOneOf)
      let list = notOneOf.map(show).joined(separator: ", ")
      checks.append(Check("\(type).not_in", "must not be one of \(list)") { !set.contains($0) })
    }
    return checks
  }

  /// One check for both bounds. A lower bound above the upper one leaves out what is between.
  private func range(_ type: String, _ show: (Value) -> String) -> Check<Value>? {
    let above =
      gt.map { (bound: $0, name: "gt", words: "above \(show($0))") }
      ?? gte.map { (bound: $0, name: "gte", words: "at least \(show($0))") }
    let below =
      lt.map { (bound: $0, name: "lt", words: "below \(show($0))") }
      ?? lte.map { (bound: $0, name: "lte", words: "at most \(show($0))") }
    let (gt, gte, lt, lte) = (self.gt, self.gte, self.lt, self.lte)
    // Written so that NaN, which compares with nothing, breaks every bound.
    let isAbove: @Sendable (Value) -> Bool = { value in
      if let gt { value > gt } else if let gte { value >= gte } else { true }
    }
    let isBelow: @Sendable (Value) -> Bool = { value in
      if let lt { value < lt } else if let lte { value <= lte } else { true }
    }
    guard let above, let below else {
      guard let only = above ?? below else { return nil }
      return Check("\(type).\(only.name)", "must be \(only.words)") { isAbove($0) && isBelow($0) }
    }
    let name = "\(type).\(above.name)_\(below.name)"
    if below.bound < above.bound {
      return Check("\(name)_exclusive", "must be \(below.words) or \(above.words)") {
        isAbove($0) || isBelow($0)
      }
    }
    let words =
      above.name == "gte" && below.name == "lte"
      ? "\(show(above.bound)) to \(show(below.bound))" : "\(above.words) and \(below.words)"
    return Check(name, "must be \(words)") { isAbove($0) && isBelow($0) }
  }
}

/// Lengths and counts.
struct LengthBounds: Sendable {
  var exactly: Int?
  var least: Int?
  var most: Int?

  /// The checks; `unit` is the word for one and for several, `names` those of the rules.
  func checks<Value: Sendable>(
    _ names: (exactly: String, least: String, most: String), unit: (one: String, many: String),
    of count: @escaping @Sendable (Value) -> Int
  ) -> [Check<Value>] {
    let words: String
    switch (least, most) {
    case (let least?, let most?) where least == most: words = Self.words(least, unit)
    case (let least?, let most?): words = "\(least) to \(Self.words(most, unit))"
    case (let least?, nil): words = "at least \(Self.words(least, unit))"
    case (nil, let most?): words = "at most \(Self.words(most, unit))"
    case (nil, nil): words = ""
    }
    let text: @Sendable (Value) -> String = { "must have \(words), has \(count($0))" }
    var checks: [Check<Value>] = []
    if let exactly {
      let words = Self.words(exactly, unit)
      checks.append(
        Check(names.exactly, { "must have \(words), has \(count($0))" }) { count($0) == exactly })
    }
    if let least { checks.append(Check(names.least, text) { count($0) >= least }) }
    if let most { checks.append(Check(names.most, text) { count($0) <= most }) }
    return checks
  }

  private static func words(_ count: Int, _ unit: (one: String, many: String)) -> String {
    "\(count) \(count == 1 ? unit.one : unit.many)"
  }
}
