internal import Schema
internal import Testing

@Suite("JSON messages")
struct JSONMessageTests {
  @Test(
    "keeps what the document says",
    arguments: [
      ("{\"numbers\":[]}", "{}"),
      ("{\"numbers\":null,\"labels\":null,\"nested\":null,\"maybeNumber\":null}", "{}"),
      ("{\"nested\":{}}", "{\"nested\":{}}"),
      ("{\"items\":[{},{\"number\":1}]}", "{\"items\":[{},{\"number\":1}]}"),
      ("{\"unpacked\":[1,\"2\"]}", "{\"unpacked\":[\"1\",\"2\"]}"),
      ("{\"zigzags\":[-1,1]}", "{\"zigzags\":[\"-1\",\"1\"]}"),
      ("{\"labels\":{\"b\":\"2\",\"a\":\"1\"}}", "{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}"),
      (
        "{\"byNumber\":{\"10\":{},\"-2\":{},\"9\":{}}}",
        "{\"byNumber\":{\"-2\":{},\"9\":{},\"10\":{}}}"
      ),
      (
        "{\"byBool\":{\"true\":\"1\",\"false\":0}}",
        "{\"byBool\":{\"false\":\"0\",\"true\":\"1\"}}"
      ),
      (
        "{\"byUnsigned\":{\"18446744073709551615\":1,\"1\":0}}",
        "{\"byUnsigned\":{\"1\":\"COLOR_UNSPECIFIED\",\"18446744073709551615\":\"COLOR_RED\"}}"
      ),
      ("{\"values\":{\"a\":null}}", "{\"values\":{\"a\":null}}"),
      ("{\"choiceNumber\":0}", "{\"choiceNumber\":0}"),
      ("{\"choiceNumber\":null,\"choiceText\":\"a\"}", "{\"choiceText\":\"a\"}"),
      ("{\"choiceNull\":null}", "{\"choiceNull\":null}"),
      ("{\"choiceNull\":6}", "{\"choiceNull\":6}"),
      ("{\"choiceValue\":null}", "{\"choiceValue\":null}"),
      ("{\"valueList\":[null,1]}", "{\"valueList\":[null,1]}"),
      ("{\"choiceText\":null,\"choiceNumber\":null}", "{}"),
      ("{\"choiceNested\":null,\"choiceNull\":null}", "{\"choiceNull\":null}"),
      ("{\"int32Value\":null,\"timestamp\":null,\"any\":null,\"structure\":null}", "{}"),
      ("{\"items\":null,\"byNumber\":null,\"list\":null,\"empty\":null}", "{}"),
      ("{\"maybeText\":null}", "{}"),
      ("{\"bySigned\":{\"-1\":\"AQ\"}}", "{\"bySigned\":{\"-1\":\"AQ==\"}}"),
      ("{\"labels\":{\"\":\"\"}}", "{\"labels\":{\"\":\"\"}}"),
    ])
  func accepted(json: String, expected: String) throws {
    #expect(try roundTrip(json) == expected)
  }

  @Test(
    "refuses contradictions",
    arguments: [
      ("{\"int32Field\":1,\"int32Field\":1}", "duplicate key \"int32Field\""),
      ("{\"int32Field\":1,\"int32_field\":1}", "duplicate key \"int32_field\""),
      ("{\"labels\":{\"a\":\"1\",\"a\":\"1\"}}", "labels[\"a\"]: duplicate key \"a\""),
      ("{\"byNumber\":{\"1\":{},\"1.0\":{}}}", "by_number[\"1.0\"]: duplicate key \"1.0\""),
      ("{\"byNumber\":{\"x\":{}}}", "by_number[\"x\"]: expected int32, found \"x\""),
      ("{\"byBool\":{\"1\":1}}", "by_bool[\"1\"]: expected bool, found \"1\""),
      ("{\"labels\":{\"a\":null}}", "labels[\"a\"]: expected a map value, found null"),
      ("{\"numbers\":[null]}", "numbers[0]: expected a list element, found null"),
      (
        "{\"choiceNumber\":1,\"choiceText\":\"\"}",
        "choice_text: expected one member of choice, found another one"
      ),
      (
        "{\"choiceNull\":null,\"choiceText\":\"a\"}",
        "choice_text: expected one member of choice, found another one"
      ),
      (
        "{\"choiceValue\":null,\"choice_null\":null}",
        "choice_null: expected one member of choice, found another one"
      ),
      ("{\"nested\":{},\"nested\":{}}", "duplicate key \"nested\""),
      ("{\"numbers\":[],\"numbers\":[]}", "duplicate key \"numbers\""),
      ("{\"renamed\":\"a\",\"otherName\":\"b\"}", "duplicate key \"otherName\""),
      ("{\"items\":[null]}", "items[0]: expected a list element, found null"),
      ("{\"colors\":[null]}", "colors[0]: expected a list element, found null"),
      ("{\"int32Values\":[null]}", "int32_values[0]: expected a list element, found null"),
      ("{\"byNumber\":{\"1\":null}}", "by_number[\"1\"]: expected a map value, found null"),
      ("{\"byUnsigned\":{\"-1\":1}}", "by_unsigned[\"-1\"]: expected uint64, found \"-1\""),
      ("{\"byNumber\":{\"\":{}}}", "by_number[\"\"]: expected int32, found \"\""),
      ("{\"missing\":1}", "no field \"missing\" in klinke.test.Everything"),
      (
        "{\"nested\":{\"missing\":1}}",
        "nested: no field \"missing\" in klinke.test.Everything.Nested"
      ),
      ("{\"numbers\":{}}", "numbers: expected an array, found an object"),
      ("{\"labels\":[]}", "labels: expected an object, found an array"),
    ])
  func refused(json: String, expected: String) {
    #expect(refusal(json) == expected)
  }

  @Test("ignores unknown fields and enum names when asked to")
  func ignoring() throws {
    let json = """
      {"zzz":{"a":[1,{"b":null}]},"color":"NEW","colors":["NEW",1],"byUnsigned":{"1":"NEW","2":1},\
      "int32Field":1}
      """
    #expect(
      try roundTrip(json, reading: .init(ignoreUnknownFields: true))
        == "{\"int32Field\":1,\"colors\":[\"COLOR_RED\"],\"byUnsigned\":{\"2\":\"COLOR_RED\"}}")
    #expect(
      refusal(Array("{\"zzz\":1,\"zzz\":2}".utf8), reading: .init(ignoreUnknownFields: true))
        == "duplicate key \"zzz\"")
  }

  @Test("writes as the options say")
  func writing() throws {
    let json = "{\"color\":1,\"nested\":{\"tags\":[\"a\",\"b\"]}}"
    #expect(
      try roundTrip(json, writing: .init(enumsAsInts: true, pretty: true)) == """
        {
          "nested": {
            "tags": [
              "a",
              "b"
            ]
          },
          "color": 1
        }
        """)
    let nested = try #require(casesPool.message(named: "klinke.test.Everything.Nested"))
    let all = try casesMapping.json(
      fromWire: [], type: nested,
      options: .init(alwaysPrintPrimitives: true, protoNames: true))
    #expect(
      String(decoding: all, as: UTF8.self)
        == "{\"number\":0,\"text\":\"\",\"tags\":[],\"labels\":{}}")
    #expect(
      try roundTrip("{\"stringField\":\"a\"}", writing: .init(protoNames: true))
        == "{\"string_field\":\"a\"}")
  }

  @Test("reads the wire as every decoder must: last value, merged messages, last oneof member")
  func wireRules() throws {
    func json(_ bytes: [UInt8]) throws(JSONError) -> String {
      String(
        decoding: try casesMapping.json(fromWire: bytes, type: everything), as: UTF8.self)
    }
    // int32_field 1, then 2.
    #expect(try json([0x28, 1, 0x28, 2]) == "{\"int32Field\":2}")
    // nested {number: 1}, then nested {text: "a"}.
    #expect(
      try json([0x5A, 2, 8, 1, 0x5A, 3, 0x12, 1, 0x61])
        == "{\"nested\":{\"number\":1,\"text\":\"a\"}}")
    // choice_number 1, choice_text "", choice_number 2: only the last counts.
    #expect(
      try json([0x90, 3, 1, 0x9A, 3, 0, 0x90, 3, 2]) == "{\"choiceNumber\":2}")
    // numbers packed and unpacked, mixed.
    #expect(try json([0xA2, 1, 2, 1, 2, 0xA0, 1, 3]) == "{\"numbers\":[1,2,3]}")
    // An unknown field and a known one with another wire type are left out.
    #expect(try json([0xC0, 0x3E, 1, 0x2D, 0, 0, 0, 0]) == "{}")
    // A map entry without key and value, and a key that comes twice.
    #expect(try json([0xF2, 1, 0]) == "{\"labels\":{\"\":\"\"}}")
    #expect(
      try json([0xF2, 1, 6, 0x0A, 1, 0x61, 0x12, 1, 0x31, 0xF2, 1, 6, 0x0A, 1, 0x61, 0x12, 1, 0x32])
        == "{\"labels\":{\"a\":\"2\"}}")
    #expect(throws: JSONError.self) { try json([0x4A, 1, 0xFF]) }
  }

  @Test("reads and writes one field alone")
  func oneField() throws {
    let items = try #require(everything.field(named: "items"))
    let bytes = try casesMapping.wireBytes(fromJSON: Array("[{\"number\":7}]".utf8), field: items)
    #expect(bytes == [0xBA, 1, 2, 8, 7])
    let json = try casesMapping.json(fromWire: bytes, type: everything, field: items)
    #expect(String(decoding: json, as: UTF8.self) == "[{\"number\":7}]")
    let empty = try casesMapping.json(fromWire: [], type: everything, field: items)
    #expect(String(decoding: empty, as: UTF8.self) == "[]")
  }
}
