internal import Schema
internal import Testing

@Suite("JSON well-known types")
struct JSONWellKnownTests {
  @Test(
    "accepts and normalises",
    arguments: [
      ("\"timestamp\":\"1970-01-01T00:00:00Z\"", "\"timestamp\":\"1970-01-01T00:00:00Z\""),
      ("\"timestamp\":\"0001-01-01T00:00:00Z\"", "\"timestamp\":\"0001-01-01T00:00:00Z\""),
      (
        "\"timestamp\":\"9999-12-31T23:59:59.999999999Z\"",
        "\"timestamp\":\"9999-12-31T23:59:59.999999999Z\""
      ),
      (
        "\"timestamp\":\"2024-02-29T12:00:00.5+01:30\"",
        "\"timestamp\":\"2024-02-29T10:30:00.500Z\""
      ),
      (
        "\"timestamp\":\"1969-12-31T16:00:00.000001-08:00\"",
        "\"timestamp\":\"1970-01-01T00:00:00.000001Z\""
      ),
      ("\"timestamp\":\"1969-12-31T23:59:59.1Z\"", "\"timestamp\":\"1969-12-31T23:59:59.100Z\""),
      ("\"duration\":\"1.5s\"", "\"duration\":\"1.500s\""),
      ("\"duration\":\"-0.000000001s\"", "\"duration\":\"-0.000000001s\""),
      ("\"duration\":\"315576000000s\"", "\"duration\":\"315576000000s\""),
      ("\"duration\":\"0s\"", "\"duration\":\"0s\""),
      ("\"duration\":\"-315576000000s\"", "\"duration\":\"-315576000000s\""),
      ("\"duration\":\"0.010s\"", "\"duration\":\"0.010s\""),
      ("\"duration\":\"0.000100s\"", "\"duration\":\"0.000100s\""),
      ("\"timestamps\":[\"1970-01-01T00:00:00Z\"]", "\"timestamps\":[\"1970-01-01T00:00:00Z\"]"),
      ("\"mask\":\"a.bC,d\"", "\"mask\":\"a.bC,d\""),
      ("\"mask\":\"\"", "\"mask\":\"\""),
      (
        "\"structure\":{\"b\":[1,null,{\"c\":true}],\"a\":\"x\"}",
        "\"structure\":{\"a\":\"x\",\"b\":[1,null,{\"c\":true}]}"
      ),
      ("\"value\":null", "\"value\":null"),
      ("\"value\":1e2", "\"value\":100"),
      ("\"list\":[[],{}]", "\"list\":[[],{}]"),
      ("\"empty\":{}", "\"empty\":{}"),
      ("\"int64Value\":5", "\"int64Value\":\"5\""),
      ("\"int32Value\":0", "\"int32Value\":0"),
      (
        "\"stringValue\":\"\",\"bytesValue\":\"AA==\"",
        "\"stringValue\":\"\",\"bytesValue\":\"AA==\""
      ),
      ("\"doubleValue\":\"NaN\"", "\"doubleValue\":\"NaN\""),
      ("\"boolValue\":false", "\"boolValue\":false"),
      ("\"any\":{}", "\"any\":{}"),
      (
        "\"any\":{\"name\":\"n\",\"@type\":\"type.googleapis.com/klinke.test.Author\"}",
        "\"any\":{\"@type\":\"type.googleapis.com/klinke.test.Author\",\"name\":\"n\"}"
      ),
      (
        "\"any\":{\"value\":\"1s\",\"@type\":\"x/google.protobuf.Duration\"}",
        "\"any\":{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1s\"}"
      ),
      (
        "\"any\":{\"@type\":\"x/google.protobuf.Empty\"}",
        "\"any\":{\"@type\":\"x/google.protobuf.Empty\"}"
      ),
      (
        "\"any\":{\"@type\":\"x/google.protobuf.Any\",\"value\":{\"@type\":\"x/google.protobuf.Int32Value\",\"value\":1}}",
        "\"any\":{\"@type\":\"x/google.protobuf.Any\",\"value\":{\"@type\":\"x/google.protobuf.Int32Value\",\"value\":1}}"
      ),
    ])
  func accepted(json: String, expected: String) throws {
    #expect(try roundTrip("{\(json)}") == "{\(expected)}")
  }

  @Test(
    "refuses what is out of range or misspelt",
    arguments: [
      "\"timestamp\":\"2024-02-30T00:00:00Z\"", "\"timestamp\":\"2023-02-29T00:00:00Z\"",
      "\"timestamp\":\"2024-01-01t00:00:00Z\"", "\"timestamp\":\"2024-01-01T00:00:00z\"",
      "\"timestamp\":\"2024-01-01 00:00:00Z\"", "\"timestamp\":\"2024-01-01T00:00:00\"",
      "\"timestamp\":\"2024-01-01T24:00:00Z\"", "\"timestamp\":\"2024-01-01T00:00:60Z\"",
      "\"timestamp\":\"2024-01-01T00:00:00.Z\"",
      "\"timestamp\":\"2024-01-01T00:00:00.1234567890Z\"",
      "\"timestamp\":\"0000-01-01T00:00:00Z\"", "\"timestamp\":\"0001-01-01T00:00:00+00:01\"",
      "\"timestamp\":\"9999-12-31T23:59:59-00:01\"", "\"timestamp\":\"10000-01-01T00:00:00Z\"",
      "\"timestamp\":\"2024-01-01T00:00:00+24:00\"", "\"timestamp\":1", "\"timestamp\":\"\"",
      "\"duration\":\"1\"", "\"duration\":\"s\"", "\"duration\":\"1.s\"", "\"duration\":\".5s\"",
      "\"duration\":\"+1s\"", "\"duration\":\"315576000001s\"",
      "\"duration\":\"315576000000.1s\"", "\"duration\":\"1.0000000001s\"", "\"duration\":\"1 s\"",
      "\"duration\":\"-315576000001s\"", "\"duration\":\"--1s\"", "\"duration\":\"1S\"",
      "\"duration\":1", "\"mask\":\"a_b\"", "\"mask\":\"a,\"", "\"mask\":\"a b\"",
      "\"structure\":[]", "\"structure\":{\"a\":1,\"a\":2}", "\"list\":{}", "\"value\":1e400",
      "\"empty\":{\"a\":1}", "\"int64Value\":\"x\"", "\"int64Value\":{\"value\":1}",
      "\"any\":{\"name\":\"n\"}", "\"any\":{\"@type\":\"klinke.test.Author\"}",
      "\"any\":{\"@type\":\"x/klinke.test.Missing\"}",
      "\"any\":{\"@type\":\"x/google.protobuf.Duration\"}",
      "\"any\":{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1s\",\"other\":1}",
      "\"any\":{\"@type\":\"x/klinke.test.Author\",\"@type\":\"x/klinke.test.Author\"}",
      "\"any\":{\"@type\":\"x/klinke.test.Author\",\"pages\":1}",
      "\"any\":{\"@type\":\"x/klinke.test.Author\",\"name\":\"a\",\"name\":\"b\"}",
      "\"any\":{\"@type\":\"x/\"}", "\"any\":{\"@type\":1}", "\"any\":\"x\"",
      "\"any\":{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"x\"}",
      "\"structure\":{\"a\":{\"b\":1,\"b\":2}}", "\"structure\":{\"a\":1e999}",
    ])
  func refused(json: String) {
    #expect(refusal("{\(json)}") != nil)
  }

  @Test("refuses to write what has no JSON form")
  func unwritable() {
    func fails(_ bytes: [UInt8]) -> Bool {
      (try? casesMapping.json(fromWire: bytes, type: everything)) == nil
    }
    // timestamp.nanos = -1, duration {seconds 1, nanos -1}, mask "aB", "a_1" and "a_", value NaN and
    // Infinity, any "x/missing" and "missing".
    #expect(fails([0xE2, 3, 11, 0x10] + [UInt8](repeating: 0xFF, count: 9) + [1]))
    #expect(fails([0xEA, 3, 13, 8, 1, 0x10] + [UInt8](repeating: 0xFF, count: 9) + [1]))
    #expect(fails([0xF2, 3, 4, 0x0A, 2, 0x61, 0x42]))
    #expect(fails([0xF2, 3, 5, 0x0A, 3, 0x61, 0x5F, 0x31]))
    #expect(fails([0xF2, 3, 4, 0x0A, 2, 0x61, 0x5F]))
    #expect(fails([0x82, 4, 9, 0x11, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F]))
    #expect(fails([0x82, 4, 9, 0x11, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F]))
    #expect(fails([0x92, 4, 5, 0x0A, 3, 0x78, 0x2F, 0x79]))
    #expect(fails([0x92, 4, 3, 0x0A, 1, 0x79]))
    // The second after the last of the year 9999, and the one before the first of the year 1.
    #expect(fails([0xE2, 3, 7, 8, 0x80, 0x83, 0xD1, 0xFF, 0xAF, 0x07]))
    #expect(fails([0xE2, 3, 11, 8, 0xFF, 0x91, 0xB8, 0xC3, 0x98, 0xFE, 0xFF, 0xFF, 0xFF, 1]))
    #expect(!fails([0xE2, 3, 7, 8, 0xFF, 0x82, 0xD1, 0xFF, 0xAF, 0x07]))
    // 315 576 000 001 seconds, and one less.
    #expect(!fails([0xEA, 3, 7, 8, 0x80, 0xBC, 0xAE, 0xCE, 0x97, 0x09]))
    #expect(fails([0xEA, 3, 7, 8, 0x81, 0xBC, 0xAE, 0xCE, 0x97, 0x09]))
  }
}
