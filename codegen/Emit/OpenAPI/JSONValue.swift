/// A JSON document that is being written; members keep their order.
indirect enum JSONValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  struct Member: Hashable {
    let name: String
    let value: JSONValue
  }

  case string(String)
  /// As it is written.
  case number(String)
  case bool(Bool)
  case array([JSONValue])
  case object([Member])

  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int) { self = .number(String(value)) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member(name: $0, value: $1) })
  }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// A reference to a schema, response or the like of the same document.
  static func reference(_ path: String) -> JSONValue { ["$ref": .string("#/\(path)")] }

  /// Adds a member to an object; anything else stays as it is.
  mutating func add(_ name: String, _ value: JSONValue?) {
    guard case .object(let members) = self, let value else { return }
    self = .object(members + [Member(name: name, value: value)])
  }

  func adding(_ name: String, _ value: JSONValue?) -> JSONValue {
    var result = self
    result.add(name, value)
    return result
  }

  func has(_ name: String) -> Bool {
    guard case .object(let members) = self else { return false }
    return members.contains { $0.name == name }
  }

  /// The object with this value for a member that may be there already.
  func setting(_ name: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self, has(name) else { return adding(name, value) }
    return .object(members.map { $0.name == name ? Member(name: name, value: value) : $0 })
  }

  // MARK: Text

  /// The document as text; what lies deeper than `levels` is written on the line of its parent.
  func text(levels: Int = .max) -> String {
    var text = ""
    append(to: &text, depth: 0, levels: levels)
    return text
  }

  private func append(to text: inout String, depth: Int, levels: Int) {
    switch self {
    case .string(let value): text += Self.quoted(value)
    case .number(let value): text += value
    case .bool(let value): text += value ? "true" : "false"
    case .array(let elements):
      Self.append("[", elements, "]", to: &text, depth, levels) { element, text in
        element.append(to: &text, depth: depth + 1, levels: levels)
      }
    case .object(let members):
      Self.append("{", members, "}", to: &text, depth, levels) { member, text in
        text += Self.quoted(member.name) + (depth < levels ? ": " : ":")
        member.value.append(to: &text, depth: depth + 1, levels: levels)
      }
    }
  }

  private static func append<Element>(
    _ open: String, _ elements: [Element], _ close: String, to text: inout String, _ depth: Int,
    _ levels: Int, _ append: (Element, inout String) -> Void
  ) {
    guard !elements.isEmpty else {
      text += open + close
      return
    }
    let isBroken = depth < levels
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if isBroken { text += "\n" + String(repeating: "  ", count: depth + 1) }
      append(element, &text)
    }
    if isBroken { text += "\n" + String(repeating: "  ", count: depth) }
    text += close
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
