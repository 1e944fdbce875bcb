/// The arguments of one command, sorted by field, checked for names and numbers of values but not
/// for their content.
package struct ParsedArguments: Hashable, Sendable {
  /// The texts given for each field, in order.
  package internal(set) var values: [String: [String]] = [:]
  package internal(set) var common = CommonOptions()

  package init() {}

  /// The one value of a field.
  package subscript(field: String) -> String? { values[field]?.last }
}

/// Flags that every command has.
package struct CommonOptions: Hashable, Sendable {
  package enum Output: String, Hashable, Sendable, CaseIterable { case table, json }

  package var help = false
  package var output: Output?
  /// The only field to print.
  package var field: String?
  package var server: String?
  package var timeoutSeconds: Double?

  static let flags = [
    FlagDescription(
      name: "output", field: "output", kind: .enumeration(Output.allCases.map(\.rawValue)),
      help: "How results are printed. A table on a terminal, else JSON."),
    FlagDescription(
      name: "field", field: "field", kind: .string,
      help: "Prints only this field, for scripts; of a list, a line for each row."),
    FlagDescription(
      name: "server", field: "server", kind: .string,
      help: "Where the server is. Else KLINKE_SERVER, the last login, http://127.0.0.1:8080."),
    FlagDescription(
      name: "timeout", field: "timeout", kind: .duration,
      help: "How long to wait for an answer. 30s; streams wait for ever."),
    FlagDescription(name: "help", field: "help", kind: .bool, help: "Prints this."),
  ]
}

/// Sorts the words after a command into flags and positional values.
///
/// `--name value` and `--name=value` are the same, a flag that says yes or no may stand alone or
/// as `--no-name`, and after `--` everything is positional.
package struct ArgumentParser {
  private let command: CommandDescription
  private var rest: ArraySlice<String>
  private var parsed = ParsedArguments()
  private var positionalCount = 0

  package static func parse(
    _ arguments: [String], for command: CommandDescription
  ) throws(UsageError) -> ParsedArguments {
    var parser = ArgumentParser(command, arguments)
    return try parser.run()
  }

  private init(_ command: CommandDescription, _ arguments: [String]) {
    self.command = command
    rest = arguments[...]
  }

  private mutating func run() throws(UsageError) -> ParsedArguments {
    while let word = rest.popFirst() {
      if word == "--" {
        while let value = rest.popFirst() { try takePositional(value) }
      } else if word.hasPrefix("--") {
        try takeFlag(String(word.dropFirst(2)))
      } else if word == "-h" {
        parsed.common.help = true
      } else {
        // A lone dash and negative numbers are values.
        try takePositional(word)
      }
    }
    if !parsed.common.help { try checkRequired() }
    return parsed
  }

  private mutating func takePositional(_ value: String) throws(UsageError) {
    guard positionalCount < command.positional.count else {
      throw usage("'\(value)' is one argument too many")
    }
    let field = command.positional[positionalCount]
    positionalCount += 1
    guard parsed.values[field] == nil else {
      throw usage("\(field) is given twice, as an argument and as a flag")
    }
    parsed.values[field] = [value]
  }

  private mutating func takeFlag(_ text: String) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let given = parts.count == 2 ? String(parts[1]) : nil
    if let flag = command.flags.first(where: { $0.name == name }) {
      try store(value(of: flag, given: given), for: flag)
    } else if name.hasPrefix("no-"), given == nil,
      let flag = command.flags.first(where: { $0.name == name.dropFirst(3) && $0.kind == .bool })
    {
      try store("false", for: flag)
    } else if let flag = CommonOptions.flags.first(where: { $0.name == name }) {
      try setCommon(flag, value(of: flag, given: given))
    } else {
      throw unknownFlag(name)
    }
  }

  private mutating func value(
    of flag: FlagDescription, given: String?
  ) throws(UsageError) -> String {
    if let given { return given }
    if flag.kind == .bool { return "true" }
    guard let next = rest.popFirst() else { throw usage("--\(flag.name) needs a value") }
    return next
  }

  private mutating func store(_ value: String, for flag: FlagDescription) throws(UsageError) {
    if !flag.repeated, parsed.values[flag.field] != nil {
      throw usage("--\(flag.name) is given twice")
    }
    parsed.values[flag.field, default: []].append(value)
  }

  private mutating func setCommon(
    _ flag: FlagDescription, _ value: String
  ) throws(UsageError) {
    switch flag.name {
    case "help": parsed.common.help = value == "true"
    case "server": parsed.common.server = value
    case "field": parsed.common.field = value
    case "output":
      guard let output = CommonOptions.Output(rawValue: value) else {
        throw usage("--output is table or json, not '\(value)'")
      }
      parsed.common.output = output
    default:
      guard let seconds = FlagValue.seconds(value), seconds > 0 else {
        throw usage("--timeout is a length of time like 30s or 2m, not '\(value)'")
      }
      parsed.common.timeoutSeconds = seconds
    }
  }

  private func checkRequired() throws(UsageError) {
    let missing = command.flags.filter { $0.required && parsed.values[$0.field] == nil }
    guard !missing.isEmpty else { return }
    let names = missing.map { flag in
      command.positional.contains(flag.field)
        ? HelpText.placeholder(flag.field) : "--\(flag.name)"
    }
    throw usage("\(names.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing")
  }

  private func unknownFlag(_ name: String) -> UsageError {
    let names = (command.flags + CommonOptions.flags).map(\.name)
    if let close = Suggestion.closest(to: name, among: names) {
      return UsageError("there is no flag --\(name)", hint: "did you mean --\(close)?")
    }
    return usage("there is no flag --\(name)")
  }

  private func usage(_ message: String) -> UsageError {
    let words = (["klinke"] + command.path + ["--help"]).joined(separator: " ")
    return UsageError(message, hint: "'\(words)' says what it takes")
  }
}
