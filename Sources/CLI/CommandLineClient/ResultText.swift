internal import Schema

/// A response for people: a table of its list, or one line a field.
enum ResultText {
  /// `response` has the proto names of its fields.
  static func text(_ response: JSONValue, for command: CommandDescription) -> String {
    guard !command.listField.isEmpty else { return record(response, columns: command.columns) }
    guard case .array(let rows)? = response[command.listField], !rows.isEmpty else {
      return "nothing\n" + more(response)
    }
    let columns = command.columns.isEmpty ? names(in: rows) : command.columns
    var table = Table(columns: columns)
    for row in rows { table.append(columns.map { cell(value(at: $0, in: row)) }) }
    return table.text + more(response)
  }

  /// One element of a stream.
  static func line(_ response: JSONValue, for command: CommandDescription) -> String {
    guard !command.columns.isEmpty else { return cell(response) + "\n" }
    return command.columns.map { cell(value(at: $0, in: response)) }.joined(separator: "  ") + "\n"
  }

  /// One field alone; of a list, a line for each row. Nil when the answer has no such field.
  static func field(_ path: String, of response: JSONValue, for command: CommandDescription)
    -> String?
  {
    if value(at: path, in: response) != .null {
      return plain(value(at: path, in: response)) + "\n"
    }
    guard case .array(let rows)? = response[command.listField] else { return nil }
    let values = rows.map { value(at: path, in: $0) }
    guard rows.isEmpty || values.contains(where: { $0 != .null }) else { return nil }
    return values.map { plain($0) + "\n" }.joined()
  }

  private static func record(_ response: JSONValue, columns: [String]) -> String {
    let names = columns.isEmpty ? names(in: [response]) : columns
    guard !names.isEmpty else { return "done\n" }
    let width = names.map(\.count).max() ?? 0
    return names.map { name in
      let padding = String(repeating: " ", count: width - name.count)
      return "\(name)\(padding)  \(cell(value(at: name, in: response)))\n"
    }.joined()
  }

  /// All names of the members, in the order of the first row that has them.
  private static func names(in rows: [JSONValue]) -> [String] {
    var names: [String] = []
    for row in rows {
      guard case .object(let members) = row else { continue }
      for member in members where !names.contains(member.name) { names.append(member.name) }
    }
    return names
  }

  private static func value(at path: String, in row: JSONValue) -> JSONValue {
    var value = row
    for name in path.split(separator: ".") { value = value[String(name)] ?? .null }
    return value
  }

  private static func cell(_ value: JSONValue) -> String {
    switch value {
    case .null: "-"
    case .bool(let value): value ? "yes" : "no"
    case .number(let text): text
    case .string(let text): text.isEmpty ? "-" : Table.cell(text)
    case .array, .object: String(decoding: value.json, as: UTF8.self)
    }
  }

  /// For scripts: nothing is made nicer.
  private static func plain(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .string(let text): Table.cell(text)
    case .bool, .number, .array, .object: String(decoding: value.json, as: UTF8.self)
    }
  }

  private static func more(_ response: JSONValue) -> String {
    guard let token = response["next_page_token"]?.text, !token.isEmpty else { return "" }
    return "\nThere is more: --page-token \(token)\n"
  }
}
