@testable internal import CommandLineClient
internal import Foundation
internal import Testing

@Suite("CompletionScript")
struct CompletionTests {
  private let tree = CommandTree([
    CommandDescription(
      path: ["tenant", "list"], summary: "Lists tenants.",
      flags: [
        FlagDescription(
          name: "state", field: "state", kind: .enumeration(["STATE_OPEN", "STATE_DONE"]))
      ]),
    CommandDescription(
      path: ["tenant", "get"], summary: "Returns one.",
      flags: [FlagDescription(name: "tenant-id", field: "tenant_id", kind: .string)],
      positional: ["tenant_id"]),
    HandwrittenCommands.completion,
  ])

  @Test(
    "offers what fits in bash",
    arguments: [
      ([""], ["completion", "tenant"]),
      (["te"], ["tenant"]),
      (["tenant", ""], ["get", "list"]),
      (["tenant", "list", "--st"], ["--state"]),
      (["tenant", "list", "--state", ""], ["open", "done"]),
      (["tenant", "get", "123", "--output", ""], ["table", "json"]),
      (["completion", "z"], ["zsh"]),
      (["nothing", ""], []),
    ])
  func bash(words: [String], expected: [String]) throws {
    let list = (["klinke"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      \(CompletionScript.script(for: .bash, tree: tree))
      COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); _klinke; echo "${COMPREPLY[*]}"
      """
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == expected.joined(separator: " ") + "\n")
  }
}
