@testable internal import CommandLineClient
internal import Foundation
internal import Testing

/// `docs/cli.md` shows what the program says: its console blocks are run.
@Suite("Document", .timeLimit(.minutes(1)))
struct DocumentTests {
  private static let page = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "../../docs/cli.md").standardizedFileURL

  @Test("shows what the program says")
  func console() async throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    var shown: [String] = []
    var isConsole = false
    var status: Int32 = 0
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") { isConsole = line == "```console" }
      guard isConsole, !line.hasPrefix("```") else {
        shown.append(line)
        continue
      }
      guard line.hasPrefix("$ ") else { continue }
      shown.append(line)
      if line == "$ echo $?" {
        shown.append("\(status)")
      } else {
        let server = try FakeServer()
        status = await server.run(Self.words(line.dropFirst(2)))
        #expect(server.calls == [], "\(line) called the server")
        var said = (server.output + server.words).split(
          separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        while said.last?.isEmpty == true { said.removeLast() }
        shown += said
      }
    }
    let text = shown.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["KLINKE_WRITE_DOCS"] == "1" {
      try text.write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(text == page, "run the test once with KLINKE_WRITE_DOCS=1")
    }
  }

  @Test("shows the help of the program, of two commands, and what wrong usage gives")
  func content() throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(page.components(separatedBy: "--help\n").count >= 4)
    #expect(page.components(separatedBy: "$ echo $?\n2\n").count >= 4)
    for words in [
      "there is no flag --display-nam", "--display-name is missing", "--graph is not JSON",
      "no field \"nodez\"",
    ] {
      #expect(page.contains("klinke: \(words)") || page.contains("klinke: graph: \(words)"))
    }
  }

  /// The words behind `klinke`; single quotes keep blanks.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 {
        words.append(String(part))
      } else {
        words += part.split(separator: " ").map(String.init)
      }
    }
    return Array(words.dropFirst())
  }
}
