internal import Foundation
internal import Testing

@Suite("The tree")
struct TidyTests {
  // MARK: Imports

  @Test("imports along the arrows of the architecture only")
  func arrows() throws {
    var problems: [String] = []
    for file in try SourceTree.product() {
      guard let allowed = Arrows.table[file.module] else {
        problems.append("\(file.path): the target has no row in Arrows.table")
        continue
      }
      for item in imports(of: file)
      where !Arrows.language.contains(item.module) && !allowed.contains(item.module) {
        problems.append("\(file.path): \(file.module) may not import \(item.module)")
      }
    }
    #expect(problems == [])
  }

  @Test("states the access level of every import")
  func importLevels() throws {
    let files =
      try SourceTree.product() + SourceTree.files(in: ["Tests", "bench"], endings: [".swift"])
    let bare = files.flatMap { file in
      imports(of: file).filter { $0.level.isEmpty }.map { "\(file.path): import \($0.module)" }
    }
    #expect(bare == [])
  }

  @Test("keeps Foundation out of the product")
  func foundation() throws {
    let files = try SourceTree.product().filter { file in
      imports(of: file).contains { $0.module.hasPrefix("Foundation") }
    }
    #expect(files.map(\.path) == [])
  }

  @Test("has a folder for every row of the arrows")
  func rows() throws {
    let modules = Set(try SourceTree.product().map(\.module))
    #expect(Set(Arrows.table.keys).subtracting(modules) == [])
  }

  // MARK: Text

  @Test("has no file of more than 700 lines")
  func length() throws {
    // The whole schema is written by a test from all migrations.
    let long = try SourceTree.written().filter {
      $0.lines.count > 701 && $0.path != "migrations/schema.sql"
    }
    #expect(long.map(\.path) == [])
  }

  @Test("has neither tabs nor space at the end of a line")
  func space() throws {
    var problems: [String] = []
    for file in try SourceTree.written() {
      // A rule of make begins with a tab by definition.
      let tabsAllowed = file.path == "Makefile"
      for (index, line) in file.lines.enumerated() {
        if line.hasSuffix(" ") || line.hasSuffix("\r") || !tabsAllowed && line.contains("\t") {
          problems.append("\(file.path):\(index + 1)")
        }
      }
      if !file.text.isEmpty, !file.text.hasSuffix("\n") {
        problems.append("\(file.path): last line")
      }
    }
    #expect(problems == [])
  }

  @Test(
    "has no unfinished work and no trap in place of an error",
    arguments: [
      "TO" + "DO", "FIX" + "ME", "try" + "!", "as" + "! ",
    ])
  func unfinished(word: String) throws {
    let found = try SourceTree.written().filter { $0.path.hasSuffix(".swift") }
      .filter { $0.text.contains(word) }
    #expect(found.map(\.path) == [])
  }

  @Test(
    "does not name the machine it was written on",
    arguments: [
      "/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/", "/tmp/" + "mini", "pypi" + ".org",
    ])
  func places(place: String) throws {
    let found = try SourceTree.written().filter { $0.text.contains(place) }
    #expect(found.map(\.path) == [])
  }

  @Test("says in every generated file that it is one")
  func generatedHeader() throws {
    let silent = try SourceTree.files(in: ["Sources"], endings: [".swift"])
      .filter { $0.isGenerated && !$0.text.hasPrefix("// Generated from ") }
    #expect(silent.map(\.path) == [])
  }

  // MARK: Tests

  @Test("limits the time of every suite that may wait")
  func timeLimits() throws {
    var endless: [String] = []
    for file in try SourceTree.files(in: ["Tests"], endings: [".swift"]) {
      // What comes before the first suite are imports and what several of them need.
      for suite in file.text.split(separator: "\n@Suite(").dropFirst() {
        let head = suite.prefix { $0 != "{" }
        guard suite.contains(/func [^{]*\basync\b/), !head.contains(".timeLimit(") else { continue }
        endless.append("\(file.path): \(head.prefix { $0 != "\n" })")
      }
    }
    #expect(endless == [])
  }

  // MARK: Documents

  @Test("has no dead link in a document")
  func links() throws {
    var dead: [String] = []
    for file in try SourceTree.files(in: ["README.md", "docs", "migrations"], endings: [".md"]) {
      let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
      for match in file.text.matches(of: /\]\(([^)\s]+)\)/) {
        let target = String(match.1)
        guard !target.contains("://"), !target.hasPrefix("#"), !target.hasPrefix("mailto:") else {
          continue
        }
        let path = target.split(separator: "#").first.map(String.init) ?? target
        if !SourceTree.exists(folder.isEmpty ? path : "\(folder)/\(path)") {
          dead.append("\(file.path): \(target)")
        }
      }
    }
    #expect(dead == [])
  }

  // MARK: Reading imports

  private struct Import {
    let level: String
    let module: String
  }

  /// The import lines of a file, e.g. `package import Wire` and `private import struct A.B`.
  private func imports(of file: SourceTree.File) -> [Import] {
    let pattern =
      /^(?:@[A-Za-z_()]+ +)*(?:(private|fileprivate|internal|package|public) +)?import +(?:(?:struct|class|enum|protocol|func|var|let|typealias) +)?([A-Za-z_0-9]+)/
    return file.lines.compactMap { line in
      line.firstMatch(of: pattern).map { Import(level: String($0.1 ?? ""), module: String($0.2)) }
    }
  }
}
