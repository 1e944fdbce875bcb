private import Schema

/// Builds the request of a command as proto JSON.
enum RequestJSON {
  static func build(
    _ arguments: ParsedArguments, for command: CommandDescription, read: FileReader
  ) throws(UsageError) -> [UInt8] {
    var request = Tree()
    for flag in command.flags {
      guard let texts = arguments.values[flag.field] else { continue }
      if let whole = flag.field.split(separator: ".").first.map(String.init), whole != flag.field,
        arguments.values[whole] != nil
      {
        throw UsageError(
          "--\(flag.name) and the whole \(whole) exclude each other", hint: "give one of them")
      }
      request.set(try value(texts, flag, read), at: flag.field.split(separator: ".")[...])
    }
    if let mask = updateMask(arguments, command) { request.set(.string(mask), at: ["update_mask"]) }
    return request.json.json
  }

  private static func value(
    _ texts: [String], _ flag: FlagDescription, _ read: FileReader
  ) throws(UsageError) -> JSONValue {
    var values: [JSONValue] = []
    for text in texts {
      if flag.field == maskField {
        values.append(.string(camelCase(text)))
      } else {
        values.append(try FlagValue.json(text, for: flag, read: read))
      }
    }
    guard flag.repeated else { return values[values.count - 1] }
    // `--labels '["a","b"]'` and `--labels a --labels b` are both a list.
    if values.count == 1, case .array = values[0] { return values[0] }
    return .array(values)
  }

  // MARK: Update mask

  private static let maskField = "update_mask"

  /// Without a mask of the caller's, an update changes exactly the fields that were given.
  private static func updateMask(
    _ arguments: ParsedArguments, _ command: CommandDescription
  ) -> String? {
    guard command.flags.contains(where: { $0.field == maskField }),
      arguments.values[maskField] == nil
    else { return nil }
    let given = command.flags.filter { arguments.values[$0.field] != nil }.compactMap { flag in
      flag.field.firstIndex(of: ".").map { String(flag.field[flag.field.index(after: $0)...]) }
    }
    return given.isEmpty ? nil : camelCase(given.joined(separator: ","))
  }

  /// A field mask is written in camel case in proto JSON; people type the names of the fields.
  private static func camelCase(_ text: String) -> String {
    var result = ""
    var capital = false
    for character in text {
      if character == "_" || character == "-" {
        capital = true
      } else {
        result += capital ? character.uppercased() : String(character)
        capital = false
      }
    }
    return result
  }
}

/// An object under construction, filled by path.
private struct Tree {
  private enum Node {
    case value(JSONValue)
    case tree(Tree)
  }

  private var members: [(name: String, node: Node)] = []

  mutating func set(_ value: JSONValue, at path: ArraySlice<Substring>) {
    guard let first = path.first else { return }
    let name = String(first)
    let index = members.firstIndex { $0.name == name }
    guard path.count > 1 else {
      if let index {
        members[index].node = .value(value)
      } else {
        members.append((name, .value(value)))
      }
      return
    }
    var inner = Tree()
    if let index, case .tree(let existing) = members[index].node { inner = existing }
    inner.set(value, at: path.dropFirst())
    if let index {
      members[index].node = .tree(inner)
    } else {
      members.append((name, .tree(inner)))
    }
  }

  var json: JSONValue {
    .object(
      members.map { member in
        switch member.node {
        case .value(let value): .init(member.name, value)
        case .tree(let tree): .init(member.name, tree.json)
        }
      })
  }
}
