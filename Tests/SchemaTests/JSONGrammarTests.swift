internal import Schema
internal import Testing

@Suite("JSON grammar")
struct JSONGrammarTests {
  @Test(
    "refuses what RFC 8259 does not allow",
    arguments: [
      "", " ", "{", "}", "{]", "[]", "null", "1", "{\"int32Field\":1,}", "{,}", "{\"int32Field\"}",
      "{\"int32Field\":}", "{int32Field:1}", "{'int32Field':1}", "{\"int32Field\":01}",
      "{\"int32Field\":+1}", "{\"int32Field\":-}", "{\"int32Field\":1.}", "{\"int32Field\":.5}",
      "{\"int32Field\":1e}", "{\"int32Field\":0x1}", "{\"doubleField\":NaN}",
      "{\"doubleField\":Infinity}", "{\"doubleField\":-Infinity}", "{} {}", "{}x", "// c\n{}",
      "{/**/}", "{\"numbers\":[1,]}", "{\"numbers\":[,1]}", "{\"numbers\":[1 2]}",
      "{\"stringField\":\"a", "{\"stringField\":\"\u{1}\"}", "{\"stringField\":\"\n\"}",
      "{\"stringField\":\"\\x\"}", "{\"stringField\":\"\\u12\"}", "{\"stringField\":\"\\u12G4\"}",
      "{\"boolField\":tru}", "{\"boolField\":True}", "{\"stringField\":nul}",
      "{\"stringField\":\"\\ud800\"}", "{\"stringField\":\"\\udc00\"}",
      "{\"stringField\":\"\\ud800\\u0041\"}", "{\"stringField\":\"\\ud800x\"}",
      "\u{FEFF}{}",
    ])
  func refused(json: String) {
    #expect(refusal(json) != nil)
  }

  @Test(
    "refuses bytes that are not UTF-8",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let json = Array("{\"stringField\":\"".utf8) + bytes + Array("\"}".utf8)
    #expect(refusal(json) == "the document is not valid UTF-8")
  }

  @Test("accepts white space everywhere and every escape")
  func accepted() throws {
    #expect(try roundTrip(" \t\r\n{ \"numbers\" : [ 1 , 2 ] } \n") == "{\"numbers\":[1,2]}")
    #expect(
      try roundTrip("{\"stringField\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\\u0000\"}")
        == "{\"stringField\":\"\\\"\\\\/\\u0008\\u000c\\n\\r\\tä😀\\u0000\"}")
    #expect(try roundTrip("{\"string\\u0046ield\":\"a\"}") == "{\"stringField\":\"a\"}")
  }

  @Test("allows 100 levels and refuses 101")
  func depth() {
    func nested(_ levels: Int) -> String {
      // One level is the document itself, one the field's array.
      let inner = String(repeating: "[", count: levels - 1)
      return "{\"list\":" + inner + String(repeating: "]", count: levels - 1) + "}"
    }
    #expect(refusal(nested(100)) == nil)
    #expect(refusal(nested(101))?.contains("nested deeper than 100 levels") == true)
    let skipped = "{\"unknown\":" + String(repeating: "[", count: 100_000)
    #expect(
      refusal(Array(skipped.utf8), reading: .init(ignoreUnknownFields: true))?
        .contains("nested deeper") == true)
  }

  @Test("every prefix and every changed byte of a document is read or refused without a trap")
  func mutations() {
    let document = Array(
      """
      {"doubleField":-1.5e-3,"int64Field":"9007199254740993","stringField":"a\\u00e4\\ud83d\\ude00",\
      "nested":{"number":1,"labels":{"a":"b"}},"numbers":[1,2e0],"byNumber":{"-1":{}},\
      "timestamp":"2024-02-29T12:00:00.5+01:30","duration":"-1.5s","mask":"a.bC,d",\
      "structure":{"a":[null,1,"x",true,{}]},"any":{"@type":"a/google.protobuf.Duration",\
      "value":"1s"},"bytesField":"+/8=","choiceNull":null,"int64Value":"1"}
      """.utf8)
    #expect(refusal(document) == nil)
    for length in 0..<document.count { #expect(refusal(Array(document[..<length])) != nil) }
    let replacements: [UInt8] = [
      0, 0x20, 0x22, 0x2C, 0x2D, 0x2E, 0x30, 0x39, 0x3A, 0x5B, 0x5C, 0x5D, 0x65, 0x6E, 0x75, 0x7B,
      0x7D, 0x7F, 0x80, 0xC3, 0xFF,
    ]
    for position in document.indices {
      for replacement in replacements {
        var changed = document
        changed[position] = replacement
        guard
          let bytes = try? casesMapping.wireBytes(
            fromJSON: changed, type: everything, options: .init(ignoreUnknownFields: true))
        else { continue }
        _ = try? casesMapping.json(fromWire: bytes, type: everything)
      }
    }
  }

  @Test("every prefix and every changed byte of a message is written or refused without a trap")
  func wireMutations() throws {
    let bytes = try casesMapping.wireBytes(
      fromJSON: Array(
        """
        {"items":[{"number":5,"text":"x"}],"labels":{"b":"1","a":"2"},"numbers":[1,2,3],\
        "any":{"@type":"a/klinke.test.Author","name":"n"},"timestamp":"2024-01-01T00:00:00Z",\
        "structure":{"a":[1]},"byBool":{"true":"1"},"choiceText":"c"}
        """.utf8), type: everything)
    for length in 0..<bytes.count {
      _ = try? casesMapping.json(fromWire: Array(bytes[..<length]), type: everything)
    }
    for position in bytes.indices {
      for replacement in UInt8.min...UInt8.max {
        var changed = bytes
        changed[position] = replacement
        _ = try? casesMapping.json(fromWire: changed, type: everything)
      }
    }
  }
}
