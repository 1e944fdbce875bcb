@testable internal import CommandLineClient
internal import Testing

@Suite("CommandTree")
struct CommandTreeTests {
  private let tree = CommandTree([
    CommandDescription(path: ["tenant", "list"], summary: "Lists tenants."),
    CommandDescription(path: ["tenant", "create"], summary: "Creates a tenant."),
    CommandDescription(path: ["number", "normalize"], summary: "Reads a number."),
    CommandDescription(path: ["login"], summary: "Logs in."),
  ])

  @Test("finds a command and leaves its arguments")
  func command() throws {
    guard
      case .command(let command, let arguments) = try tree.match(["tenant", "list", "--a", "b"])
    else {
      Issue.record("no command")
      return
    }
    #expect(command.path == ["tenant", "list"])
    #expect(arguments == ["--a", "b"])
  }

  @Test("knows groups", arguments: [[], ["tenant"], ["tenant", "--help"], ["--help"], ["-h"]])
  func group(words: [String]) throws {
    #expect(try tree.match(words) == .group(words.filter { !$0.hasPrefix("-") }))
  }

  @Test(
    "suggests the word that was meant",
    arguments: [
      (["tenants"], "did you mean 'klinke tenant'?"),
      (["tenant", "lsit"], "did you mean 'klinke tenant list'?"),
      (["number", "norm"], "did you mean 'klinke number normalize'?"),
      (["tenant", "frobnicate"], "'klinke tenant --help' lists what there is"),
      (
        ["--output", "json", "tenant", "list"],
        "write the command first: klinke <command> --flag value"
      ),
    ])
  func suggestions(words: [String], hint: String) {
    do {
      _ = try tree.match(words)
      Issue.record("matched")
    } catch {
      #expect(error.hint == hint)
    }
  }

  @Test(
    "measures edits, with a swap of neighbours as one",
    arguments: [
      ("", "", 0), ("abc", "abc", 0), ("lsit", "list", 1), ("tenat", "tenant", 1), ("a", "b", 1),
      ("kitten", "sitting", 3),
    ])
  func distance(first: String, second: String, expected: Int) {
    #expect(Suggestion.distance(from: first, to: second) == expected)
    #expect(Suggestion.distance(from: second, to: first) == expected)
  }
}
