@testable internal import CommandLineClient
internal import Testing

@Suite("ArgumentParser")
struct ArgumentParserTests {
  private let command = CommandDescription(
    path: ["thing", "change"], summary: "Changes a thing.",
    flags: [
      FlagDescription(name: "thing-id", field: "thing_id", kind: .string, required: true),
      FlagDescription(name: "thing.name", field: "thing.name", kind: .string),
      FlagDescription(name: "label", field: "labels", kind: .string, repeated: true),
      FlagDescription(name: "active", field: "active", kind: .bool),
      FlagDescription(name: "level", field: "level", kind: .int),
    ], positional: ["thing_id"])

  @Test(
    "sorts words into fields",
    arguments: [
      (["t1"], ["thing_id": ["t1"]]),
      (["--thing-id", "t1"], ["thing_id": ["t1"]]),
      (["--thing-id=t1", "--thing.name=a=b"], ["thing_id": ["t1"], "thing.name": ["a=b"]]),
      (["t1", "--label", "a", "--label=b"], ["thing_id": ["t1"], "labels": ["a", "b"]]),
      (["--active", "t1"], ["thing_id": ["t1"], "active": ["true"]]),
      (["--no-active", "t1"], ["thing_id": ["t1"], "active": ["false"]]),
      (["t1", "--active=false"], ["thing_id": ["t1"], "active": ["false"]]),
      (["t1", "--level", "-3"], ["thing_id": ["t1"], "level": ["-3"]]),
      (["--", "--odd"], ["thing_id": ["--odd"]]),
      (["t1", "--thing.name", ""], ["thing_id": ["t1"], "thing.name": [""]]),
    ] as [([String], [String: [String]])])
  func sorts(words: [String], expected: [String: [String]]) throws {
    #expect(try ArgumentParser.parse(words, for: command).values == expected)
  }

  @Test(
    "refuses what it cannot place, and says so",
    arguments: [
      ([], "<thing-id> is missing"),
      (["t1", "t2"], "'t2' is one argument too many"),
      (["t1", "--thing-id", "t2"], "--thing-id is given twice"),
      (["--thing-id", "t1", "t2"], "thing_id is given twice, as an argument and as a flag"),
      (["t1", "--level"], "--level needs a value"),
      (["t1", "--level", "1", "--level", "2"], "--level is given twice"),
      (["t1", "--colour", "red"], "there is no flag --colour"),
      (["t1", "--output", "xml"], "--output is table or json, not 'xml'"),
      (["t1", "--timeout", "soon"], "--timeout is a length of time like 30s or 2m, not 'soon'"),
      (["t1", "--no-level"], "there is no flag --no-level"),
    ])
  func refuses(words: [String], message: String) {
    #expect(error(words)?.message == message)
  }

  @Test("suggests the flag that was meant")
  func suggestion() {
    #expect(error(["t1", "--lable", "a"])?.hint == "did you mean --label?")
    #expect(error(["t1", "--ouput", "json"])?.hint == "did you mean --output?")
  }

  @Test("needs nothing when help is asked for")
  func help() throws {
    #expect(try ArgumentParser.parse(["--help"], for: command).common.help)
    #expect(try ArgumentParser.parse(["-h"], for: command).common.help)
  }

  @Test("reads the flags of every command")
  func common() throws {
    let words = ["t1", "--output", "json", "--server=http://a", "--timeout", "2m"]
    let common = try ArgumentParser.parse(words, for: command).common
    #expect(common.output == .json)
    #expect(common.server == "http://a")
    #expect(common.timeoutSeconds == 120)
  }

  private func error(_ words: [String]) -> UsageError? {
    do {
      _ = try ArgumentParser.parse(words, for: command)
      return nil
    } catch {
      return error
    }
  }
}
