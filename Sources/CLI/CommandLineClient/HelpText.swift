/// Help pages, from the descriptions alone.
package enum HelpText {
  /// The page of one command.
  package static func command(_ command: CommandDescription) -> String {
    var lines = [command.summary]
    if !command.detail.isEmpty { lines += ["", command.detail] }
    lines += ["", "Usage: \(usage(of: command))"]
    let arguments = command.flags.filter { command.positional.contains($0.field) }
    let flags = command.flags.filter { !command.positional.contains($0.field) }
    if !arguments.isEmpty {
      lines += ["", "Arguments:"]
      lines += columns(arguments.map { (placeholder($0.field), help(of: $0)) })
    }
    if !flags.isEmpty {
      lines += ["", "Flags:"]
      lines += columns(flags.map { (name(of: $0), help(of: $0)) })
    }
    lines += ["", "Flags of every command:"]
    lines += columns(CommonOptions.flags.map { (name(of: $0), help(of: $0)) })
    return lines.joined(separator: "\n") + "\n"
  }

  /// The page of the commands whose path begins with `path`; all commands for an empty one.
  package static func group(_ path: [String], in tree: CommandTree) -> String {
    var lines: [String] = []
    if path.isEmpty {
      lines += [
        "klinke talks to a Klinke server.", "", "Usage: klinke <resource> <verb> [--flag value …]",
      ]
    } else {
      lines += ["Usage: klinke \(path.joined(separator: " ")) <command> [--flag value …]"]
    }
    lines += ["", "Commands:"]
    lines += columns(
      tree.commands(under: path).map { ($0.path.joined(separator: " "), $0.summary) })
    lines += [
      "", "'klinke <command> --help' says what a command takes.",
      "Exit status: 0 done, 1 the call failed, 2 wrong usage.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// `<tenant-id>` of `tenant_id`.
  static func placeholder(_ field: String) -> String {
    "<\(field.replacing("_", with: "-").replacing(".", with: "-"))>"
  }

  private static func usage(of command: CommandDescription) -> String {
    var words = ["klinke"] + command.path
    for field in command.positional {
      let required = command.flags.first { $0.field == field }?.required ?? true
      words.append(required ? placeholder(field) : "[\(placeholder(field))]")
    }
    for flag in command.flags
    where flag.required && !command.positional.contains(flag.field) {
      words.append(name(of: flag))
    }
    let optional = command.flags.contains {
      !$0.required && !command.positional.contains($0.field)
    }
    if optional { words.append("[--flag value …]") }
    return words.joined(separator: " ")
  }

  private static func name(of flag: FlagDescription) -> String {
    let value =
      switch flag.kind {
      case .string: " <text>"
      case .int, .double: " <number>"
      case .bool: ""
      case .enumeration(let names):
        " " + FlagValue.words(names).filter { $0 != "unspecified" }.joined(separator: "|")
      case .json: " <json>"
      case .bytes: " <base64>"
      case .duration: " <30s>"
      case .timestamp: " <time>"
      }
    return "--\(flag.name)\(value)"
  }

  private static func help(of flag: FlagDescription) -> String {
    var notes: [String] = []
    if flag.required, !flag.help.contains("Required.") { notes.append("required") }
    if flag.repeated { notes.append("may be repeated") }
    switch flag.kind {
    case .json, .bytes: notes.append("@path reads a file")
    case .timestamp: notes.append("like 2026-03-01T12:00:00Z")
    case .string, .int, .double, .bool, .enumeration, .duration: break
    }
    let note = notes.isEmpty ? "" : "(\(notes.joined(separator: ", ")))"
    return [flag.help.replacing("`", with: ""), note].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Names on the left, texts on the right; a long name has its text on the next line.
  private static func columns(_ rows: [(String, String)]) -> [String] {
    let widthMax = 32
    let width = rows.map { $0.0.count }.filter { $0 <= widthMax }.max() ?? widthMax
    return rows.flatMap { (name, text) -> [String] in
      let padding = String(repeating: " ", count: max(0, width - name.count))
      let indent = String(repeating: " ", count: width + 4)
      let lines = wrapped(text, width: max(40, 96 - width))
      guard let first = lines.first else { return ["  \(name)"] }
      let rest = lines.dropFirst().map { indent + $0 }
      if name.count > width { return ["  \(name)", indent + first] + rest }
      return ["  \(name)\(padding)  \(first)"] + rest
    }
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
