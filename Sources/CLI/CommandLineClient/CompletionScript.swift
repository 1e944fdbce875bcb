/// Completion for the shells, written out from the descriptions, so that pressing Tab starts no
/// process.
package enum CompletionScript {
  package enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

  package static func script(for shell: Shell, tree: CommandTree) -> String {
    switch shell {
    case .bash: bash(tree)
    // zsh runs bash's completions through its own layer, which keeps one table instead of two.
    case .zsh: "#compdef klinke\nautoload -U +X bashcompinit && bashcompinit\n" + bash(tree)
    case .fish: fish(tree)
    }
  }

  private static func bash(_ tree: CommandTree) -> String {
    var cases: [String] = []
    for path in groups(tree) {
      cases.append(entry(path, tree.words(after: path)))
    }
    for command in tree.commands {
      cases.append(
        entry(command.path, choices(command) + flags(of: command).map { "--\($0.name)" }))
      for flag in flags(of: command) {
        guard case .enumeration(let names) = flag.kind else { continue }
        cases.append(entry(command.path + ["--\(flag.name)"], FlagValue.words(names)))
      }
    }
    return """
      _klinke() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local path="" word words=""
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          [[ $word == -* ]] && break
          path+="${path:+ }$word"
        done
        while ! _klinke_words "$path"; do
          [[ $path == *" "* ]] || break
          path=${path% *}
        done
        [[ $previous == --* ]] && _klinke_words "$path $previous"
        COMPREPLY=($(compgen -W "$words" -- "$current"))
      }
      _klinke_words() {
        case "$1" in
      \(cases.joined(separator: "\n"))
          *) return 1 ;;
        esac
      }
      complete -o default -F _klinke klinke

      """
  }

  /// What the arguments without a flag may be, as far as it is known.
  private static func choices(_ command: CommandDescription) -> [String] {
    command.flags.filter { command.positional.contains($0.field) }.flatMap { flag in
      guard case .enumeration(let names) = flag.kind else { return [] as [String] }
      return FlagValue.words(names)
    }
  }

  private static func entry(_ path: [String], _ words: [String]) -> String {
    "    \"\(path.joined(separator: " "))\") words=\"\(words.joined(separator: " "))\" ;;"
  }

  private static func fish(_ tree: CommandTree) -> String {
    var lines = ["complete -c klinke -f"]
    for path in groups(tree) {
      for word in tree.words(after: path) {
        let summary = tree.commands.first { $0.path == path + [word] }?.summary ?? ""
        lines.append(
          "complete -c klinke -n \(quoted(condition(path, exactly: true))) -a \(quoted(word))"
            + (summary.isEmpty ? "" : " -d \(quoted(summary))"))
      }
    }
    for command in tree.commands {
      for flag in flags(of: command) {
        var line =
          "complete -c klinke -n \(quoted(condition(command.path, exactly: false))) -l \(quoted(flag.name))"
        switch flag.kind {
        case .bool: break
        case .enumeration(let names):
          line += " -x -a \(quoted(FlagValue.words(names).joined(separator: " ")))"
        case .string, .int, .double, .json, .bytes, .duration, .timestamp: line += " -r"
        }
        lines.append(line + (flag.help.isEmpty ? "" : " -d \(quoted(flag.help))"))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether the line is exactly these words so far, or for a command begins with them.
  private static func condition(_ path: [String], exactly: Bool) -> String {
    let words = (["klinke"] + path).joined(separator: " ")
    return "string match -q -r '^\(words)\(exactly ? "$" : "( |$)")'"
      + " -- (string join ' ' -- (commandline -opc))"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  private static func flags(of command: CommandDescription) -> [FlagDescription] {
    command.flags + CommonOptions.flags
  }

  /// Every proper beginning of a path, the empty one first.
  private static func groups(_ tree: CommandTree) -> [[String]] {
    var groups: [[String]] = []
    for command in tree.commands {
      for length in 0..<command.path.count {
        let path = Array(command.path.prefix(length))
        if !groups.contains(path) { groups.append(path) }
      }
    }
    return groups
  }
}
