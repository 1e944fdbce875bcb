/// All commands by their words.
package struct CommandTree: Sendable {
  /// What a command line begins with.
  package enum Match: Hashable, Sendable {
    /// A whole command, and the arguments that follow its words.
    case command(CommandDescription, arguments: [String])
    /// The first words of several commands, with nothing or `--help` behind them.
    case group([String])
  }

  /// Sorted by path.
  package let commands: [CommandDescription]

  package init(_ commands: [CommandDescription]) {
    self.commands = commands.map { $0.withWholeMessages() }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The words that may follow `path`.
  package func words(after path: [String]) -> [String] {
    var words: [String] = []
    for command in commands where command.path.starts(with: path) && command.path.count > path.count
    {
      let word = command.path[path.count]
      if words.last != word { words.append(word) }
    }
    return words
  }

  package func commands(under path: [String]) -> [CommandDescription] {
    commands.filter { $0.path.starts(with: path) }
  }

  /// Finds the command that the arguments name.
  package func match(_ arguments: [String]) throws(UsageError) -> Match {
    var path: [String] = []
    var rest = arguments[...]
    while true {
      if let command = commands.first(where: { $0.path == path }) {
        return .command(command, arguments: Array(rest))
      }
      guard let word = rest.first, !word.hasPrefix("-") else { break }
      let choices = words(after: path)
      guard choices.contains(word) else { throw unknown(word, after: path, choices: choices) }
      path.append(word)
      rest = rest.dropFirst()
    }
    if let flag = rest.first, flag != "--help", flag != "-h" {
      throw UsageError(
        "\(flag) stands before the command", hint: "write the command first: \(usage(path))")
    }
    return .group(path)
  }

  private func unknown(_ word: String, after path: [String], choices: [String]) -> UsageError {
    let typed = (["klinke"] + path + [word]).joined(separator: " ")
    if let close = Suggestion.closest(to: word, among: choices) {
      return UsageError(
        "there is no command '\(typed)'",
        hint: "did you mean '\((["klinke"] + path + [close]).joined(separator: " "))'?")
    }
    return UsageError(
      "there is no command '\(typed)'",
      hint: "'\((["klinke"] + path + ["--help"]).joined(separator: " "))' lists what there is")
  }

  private func usage(_ path: [String]) -> String {
    (["klinke"] + path + ["<command> --flag value"]).joined(separator: " ")
  }
}
