/// A JSON document as a tree, for the few readers that have no descriptor for it.
///
/// Members keep their order, and numbers keep their text, so that nothing is rounded.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One member of an object.
  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// Reads a whole document.
  package init(json: [UInt8]) throws(JSONError) {
    var scanner = try JSONScanner(json)
    self = try Self.value(&scanner)
    try scanner.finish()
  }

  /// The member of an object; nil for another name and for what is no object. The last of several
  /// with one name counts.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text of a string; nil for what is none.
  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The document without white space.
  package var json: [UInt8] {
    var output: [UInt8] = []
    append(to: &output)
    return output
  }

  private static func value(_ scanner: inout JSONScanner) throws(JSONError) -> JSONValue {
    switch scanner.peek() {
    case UInt8(ascii: "{"):
      var members: [Member] = []
      var first = true
      try scanner.beginObject()
      while let key = try scanner.nextKey(first: &first) {
        members.append(Member(scanner.text(of: key), try value(&scanner)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      var first = true
      try scanner.beginArray()
      while try scanner.hasElement(first: &first) { elements.append(try value(&scanner)) }
      return .array(elements)
    case UInt8(ascii: "\""):
      let string = try scanner.string()
      return .string(scanner.text(of: string))
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try scanner.bool())
    case UInt8(ascii: "n"):
      try scanner.literal("null")
      return .null
    default:
      let range = try scanner.number()
      return .number(String(decoding: scanner.bytes[range], as: UTF8.self))
    }
  }

  private func append(to output: inout [UInt8]) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): output.append(contentsOf: text.utf8)
    case .string(let text): JSONText.append(quoted: text.utf8, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        element.append(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        JSONText.append(quoted: member.name.utf8, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.append(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }
}
