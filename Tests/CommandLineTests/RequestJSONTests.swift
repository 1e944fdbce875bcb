@testable internal import CommandLineClient
internal import Schema
internal import Testing

@Suite("RequestJSON")
struct RequestJSONTests {
  private static let states = ["STATE_APPROVED", "STATE_ON_HOLD"]

  private let command = CommandDescription(
    path: ["thing", "change"], summary: "Changes a thing.",
    flags: [
      FlagDescription(name: "text", field: "text", kind: .string),
      FlagDescription(name: "count", field: "count", kind: .int),
      FlagDescription(name: "ratio", field: "ratio", kind: .double),
      FlagDescription(name: "active", field: "active", kind: .bool),
      FlagDescription(name: "state", field: "state", kind: .enumeration(states)),
      FlagDescription(name: "graph", field: "graph", kind: .json),
      FlagDescription(name: "blob", field: "blob", kind: .bytes),
      FlagDescription(name: "wait", field: "wait", kind: .duration),
      FlagDescription(name: "since", field: "since", kind: .timestamp),
      FlagDescription(name: "label", field: "labels", kind: .string, repeated: true),
      FlagDescription(name: "thing.name", field: "thing.name", kind: .string),
      FlagDescription(name: "thing.time-zone", field: "thing.time_zone", kind: .string),
      FlagDescription(name: "update-mask", field: "update_mask", kind: .string),
    ])

  @Test(
    "writes each kind of flag as proto JSON",
    arguments: [
      (["--text", "say \"hi\"\n"], #"{"text":"say \"hi\"\n"}"#),
      (["--count", "-12"], #"{"count":"-12"}"#),
      (["--ratio", "1.5"], #"{"ratio":"1.5"}"#),
      (["--active"], #"{"active":true}"#),
      (["--state", "approved"], #"{"state":"STATE_APPROVED"}"#),
      (["--state", "on-hold"], #"{"state":"STATE_ON_HOLD"}"#),
      (["--state", "STATE_ON_HOLD"], #"{"state":"STATE_ON_HOLD"}"#),
      (["--graph", #"{"nodes": [1]}"#], #"{"graph":{"nodes":[1]}}"#),
      (["--graph", "@graph.json"], #"{"graph":{"a":null}}"#),
      (["--blob", "YQ=="], #"{"blob":"YQ=="}"#),
      (["--blob", "@blob"], #"{"blob":"/w=="}"#),
      (["--wait", "2m"], #"{"wait":"120.0s"}"#),
      (["--since", "2026-03-01T12:00:00Z"], #"{"since":"2026-03-01T12:00:00Z"}"#),
      (["--label", "a", "--label", "b"], #"{"labels":["a","b"]}"#),
      ([], "{}"),
    ])
  func kinds(words: [String], json: String) throws {
    #expect(try build(words) == json)
  }

  @Test("makes the update mask from the fields that are given")
  func updateMask() throws {
    #expect(
      try build(["--thing.name", "a", "--thing.time-zone", "UTC"])
        == #"{"thing":{"name":"a","time_zone":"UTC"},"update_mask":"name,timeZone"}"#)
    #expect(
      try build(["--thing.name", "a", "--update-mask", "time_zone"])
        == #"{"thing":{"name":"a"},"update_mask":"timeZone"}"#)
  }

  @Test("takes a nested message as a whole, or field by field")
  func wholeMessage() throws {
    let command = command.withWholeMessages()
    #expect(command.flags.filter { $0.name == "thing" }.count == 1)
    #expect(
      try build(["--thing", #"{"name":"a"}"#], command) == #"{"thing":{"name":"a"}}"#)
    #expect(throws: UsageError.self) {
      try build(["--thing", "{}", "--thing.name", "a"], command)
    }
  }

  @Test(
    "refuses a value of the wrong kind",
    arguments: [
      (["--count", "many"], "--count cannot be 'many'"),
      (["--count", ""], "--count cannot be ''"),
      (["--ratio", "half"], "--ratio cannot be 'half'"),
      (["--active=perhaps"], "--active cannot be 'perhaps'"),
      (["--state", "aproved"], "--state cannot be 'aproved'"),
      (["--wait", "0x10"], "--wait cannot be '0x10'"),
      (["--graph", "@nowhere"], "cannot read nowhere for --graph"),
      (["--graph", "[1,"], "--graph is not JSON: position 3: a value"),
    ])
  func refuses(words: [String], message: String) throws {
    do {
      _ = try build(words)
      Issue.record("accepted")
    } catch {
      let message = message.split(separator: ":")[0]
      #expect((error as? UsageError)?.message.hasPrefix(message) == true)
    }
  }

  private func build(
    _ words: [String], _ other: CommandDescription? = nil
  ) throws -> String {
    let command = other ?? command
    let arguments = try ArgumentParser.parse(words, for: command)
    let files: [String: [UInt8]] = ["graph.json": Array(#"{"a":null}"#.utf8), "blob": [0xff]]
    let json = try RequestJSON.build(arguments, for: command) { files[$0] }
    return String(decoding: json, as: UTF8.self)
  }
}
