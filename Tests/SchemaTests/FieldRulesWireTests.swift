internal import Contract
internal import TestFixtures
internal import Testing
internal import Wire

@testable internal import Schema

@Suite("Field rules on the wire")
struct FieldRulesWireTests {
  private func violations(_ bytes: [UInt8], _ message: String) throws -> [String] {
    let name = "klinke.test." + message
    return try FieldRules(rulesPool, messages: [name])
      .violations(in: bytes, of: name, now: (0, 0)).map { "\($0.field) \($0.rule)" }
  }

  @Test("the last value of a field counts, and messages merge")
  func merging() throws {
    var bytes = WireBuilder()
    bytes.appendString(field: 1, "long")
    bytes.appendString(field: 1, "abc")
    #expect(try violations(bytes.bytes, "Inner") == [])
    var inner = WireBuilder()
    inner.appendString(field: 1, "abc")
    bytes.appendMessage(field: 2, inner.bytes)
    bytes.appendMessage(field: 2, [])
    #expect(try violations(bytes.bytes, "Inner") == [])
    bytes.appendString(field: 1, "")
    #expect(try violations(bytes.bytes, "Inner") == ["text string.min_len"])
  }

  @Test("packed and unpacked items count alike; of a key the last entry counts")
  func shapes() throws {
    let sizes: [UInt8] = [0x08, 1, 0x0a, 2, 2, 3, 0x08, 4]
    #expect(try violations(sizes, "Shapes") == ["sizes repeated.max_items"])
    #expect(try violations([0x0a, 0], "Shapes") == ["sizes repeated.min_items"])
    // {"a": 0} and then {"a": 1}, and an entry without a value.
    let entries: [UInt8] = [
      0x08, 1, 0x2a, 5, 0x0a, 1, 0x61, 0x10, 0, 0x2a, 5, 0x0a, 1, 0x61, 0x10, 1,
    ]
    #expect(try violations(entries, "Shapes") == [])
    #expect(
      try violations(entries + [0x2a, 3, 0x0a, 1, 0x62], "Shapes") == ["pairs[\"b\"] int32.gt"])
  }

  @Test("of the members of a oneof only the last is checked")
  func oneofs() throws {
    #expect(try violations([0x0a, 0, 0x12, 3, 0x0a, 1, 0x61], "Choice") == [])
    #expect(try violations([0x12, 0, 0x0a, 0], "Choice") == ["name string.min_len"])
  }

  @Test("what is no text, and what is nested too deep, is no message")
  func malformed() throws {
    #expect(throws: RuleFailure.self) { try violations([0x0a, 1, 0xff], "Inner") }
    #expect(throws: RuleFailure.self) { try violations([0x0a, 5], "Inner") }
    var bytes: [UInt8] = [0x0a, 1, 0x61]
    for _ in 0..<99 {
      var outer = WireBuilder()
      outer.appendString(field: 1, "a")
      outer.appendMessage(field: 2, bytes)
      bytes = outer.bytes
    }
    #expect(try violations(bytes, "Inner") == [])
    var outer = WireBuilder()
    outer.appendMessage(field: 2, bytes)
    #expect(throws: RuleFailure.self) { try violations(outer.bytes, "Inner") }
  }

  @Test("stops looking at a thousand violations")
  func flood() throws {
    var bytes = WireBuilder()
    bytes.appendString(field: 1, "a")
    for _ in 0..<999 { bytes.appendMessage(field: 3, []) }
    #expect(try violations(bytes.bytes, "Inner").count == 999)
    for _ in 0..<9 { bytes.appendMessage(field: 3, []) }
    #expect(try violations(bytes.bytes, "Inner").count == 1_000)
  }

  @Test("no prefix and no changed byte traps")
  func mutations() throws {
    let type = try #require(rulesPool.message(named: "klinke.test.Shapes"))
    let json = """
      {"sizes":[1],"names":["a"],"inners":[{"text":"b","deeper":{"list":[{}]}}],
      "pairs":{"k":1},"byNumber":{"3":{"text":"x"}},"byBool":{"true":"t"},"shades":[1]}
      """
    let bytes = try JSONMapping(rulesPool).wireBytes(fromJSON: Array(json.utf8), type: type)
    let rules = FieldRules(rulesPool, messages: [type.fullName])
    for end in bytes.indices {
      _ = try? rules.violations(in: Array(bytes[..<end]), of: type.fullName, now: (0, 0))
    }
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff, bytes[index] ^ 8] {
        var changed = bytes
        changed[index] = value
        _ = try? rules.violations(in: changed, of: type.fullName, now: (0, 0))
      }
    }
  }

  // MARK: Rules that cannot be checked

  @Test(
    "a rule that cannot be checked names its field and itself",
    arguments: [
      ("Cel", "Cel.text: rule cel is not supported: say it in the service's code"),
      (
        "CelExpression",
        "CelExpression.text: rule cel is not supported: say it in the service's code"
      ),
      ("WrongType", "WrongType.number: rule string is not for a field of type int32"),
      (
        "WrongMessage",
        "WrongMessage.inner: rule string is not for a field of type klinke.refused.Cel"
      ),
      ("NotRepeated", "NotRepeated.text: rule repeated is not for a field of type string"),
      ("NotSingular", "NotSingular.texts: rule string is not for a repeated field"),
      ("WrongItems", "WrongItems.texts: rule int32 is not for a field of type string"),
      (
        "RequiredItem",
        "RequiredItem.texts: rule required says nothing about an item, a key or a value"
      ),
      ("UniqueMessages", "UniqueMessages.list: rule repeated.unique is for scalars and enums"),
      (
        "Pattern",
        """
        Pattern.text: rule string.pattern is no expression that can be used: \
        only `(?:` is supported of the groups with `?` at character 3
        """
      ),
      ("NewRule", "NewRule.number: rule int32[99] is not supported"),
      ("NewType", "NewType.number: rule field[99] is not for a field of type int32"),
      ("WellKnownRegex", "WellKnownRegex.text: rule string[24] is not supported"),
      ("Ignore", "Ignore.text: rule ignore has no value 2"),
      ("MessageCel", "MessageCel: rule cel is not supported"),
      (
        "UnknownField",
        """
        UnknownField: rule message.oneof names `nobody`, which is no field of the message or \
        named twice
        """
      ),
      ("NoField", "NoField: rule message.oneof names no field"),
      ("Outer", "Cel.text: rule cel is not supported: say it in the service's code"),
    ])
  func refusals(message: String, reason: String) {
    let pool = pool(of: FixtureDescriptors.ruleRefusals)
    do throws(RuleError) {
      try FieldRules(pool, messages: ["klinke.refused." + message]).compileAll()
      Issue.record("\(message) was taken")
    } catch {
      #expect(error.description == "klinke.refused." + reason)
    }
  }

  // MARK: The contract

  @Test("every rule of the contract can be checked")
  func contract() throws {
    let pool = try DescriptorPool(fileDescriptorSet: Contract.decode())
    let requests = pool.services.flatMap(\.methods).map(\.inputType)
    #expect(requests.count > 30)
    try FieldRules(pool, messages: requests).compileAll()
  }
}
