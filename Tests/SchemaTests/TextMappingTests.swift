internal import Testing

@testable internal import Schema

/// Bytes of hexadecimal digits.
private func bytes(_ hexadecimal: String) -> [UInt8] {
  let digits = Array(hexadecimal)
  return stride(from: 0, to: digits.count, by: 2).map {
    UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0
  }
}

@Suite("Text format")
struct TextMappingTests {
  private let mapping = TextMapping(casesPool)

  @Test("reads and writes what protoc reads and writes", arguments: textCases.indices)
  func protoc(index: Int) throws {
    let item = textCases[index]
    #expect(try mapping.wireBytes(fromText: item.text, type: everything) == bytes(item.bytes))
    let options = TextWriteOptions(expandsAny: false)
    let text = try mapping.text(fromWire: bytes(item.bytes), type: everything, options: options)
    #expect(text == item.canonical)
    #expect(try mapping.wireBytes(fromText: text, type: everything) == bytes(item.bytes))
  }

  @Test("shows unknown fields as protoc does")
  func unknown() throws {
    let empty = try #require(casesPool.message(named: "google.protobuf.Empty"))
    #expect(
      try mapping.text(fromWire: bytes(unknownTextCase.bytes), type: empty)
        == unknownTextCase.canonical)
  }

  @Test("writes an Any of a known type as what it holds, and reads it again")
  func any() throws {
    let text = """
      any {
        [type.googleapis.com/klinke.test.Everything] {
          int32_field: 5
        }
      }

      """
    let bytes = try mapping.wireBytes(fromText: text, type: everything)
    #expect(try mapping.text(fromWire: bytes, type: everything) == text)
  }

  @Test(
    "writes an Any as its bytes when they are no such message, or its URL is an odd one",
    arguments: [
      // A length that is too long, text that is not UTF-8, a list that ends inside a number.
      ("klinke.test.Everything", #"R\005x"#), ("klinke.test.Everything", #"J\001\377"#),
      ("klinke.test.Everything", #"\242\001\001\200"#), ("#/klinke.test.Everything", #"(\005"#),
      ("a b/klinke.test.Everything", #"(\005"#),
    ])
  func anyOfBytes(type: String, value: String) throws {
    let url = type.contains("/") ? type : "type.googleapis.com/\(type)"
    let text = """
      any {
        type_url: "\(url)"
        value: "\(value)"
      }

      """
    let bytes = try mapping.wireBytes(fromText: text, type: everything)
    #expect(try mapping.text(fromWire: bytes, type: everything) == text)
  }

  @Test("shows unknown groups with what is in them, or no unknown field at all")
  func groups() throws {
    let empty = try #require(casesPool.message(named: "google.protobuf.Empty"))
    let group = bytes("0b08960113140c")
    #expect(
      try mapping.text(fromWire: group, type: empty) == "1 {\n  1: 150\n  2 {\n  }\n}\n")
    let options = TextWriteOptions(showsUnknown: false)
    #expect(try mapping.text(fromWire: group, type: empty, options: options) == "")
    #expect(throws: TextError.self) {
      try mapping.text(fromWire: bytes("0b0814"), type: empty)
    }
  }

  @Test("a number that is not one has no sign")
  func notANumber() throws {
    let plain = try mapping.wireBytes(fromText: "double_field: nan", type: everything)
    let signed = try mapping.wireBytes(fromText: "double_field: -NaN", type: everything)
    #expect(plain == signed)
  }

  @Test("writes one line, and letters as they are")
  func oneLine() throws {
    let bytes = try mapping.wireBytes(
      fromText: "string_field: 'Grüße\\n' nested { text: 'ß' } labels { key: 'ä' }",
      type: everything)
    let options = TextWriteOptions(singleLine: true, keepsUnicode: true)
    #expect(
      try mapping.text(fromWire: bytes, type: everything, options: options)
        == #"string_field: "Grüße\n" nested { text: "ß" } labels { key: "ä" value: "" }"#)
  }

  @Test(
    "refuses what is wrong, and says where",
    arguments: [
      ("x: 1", "1:1: klinke.test.Everything has no field `x`"),
      ("int32_field: 1\nint32_field: 2", "2:1: field `int32_field` is given twice"),
      (
        "choice_number: 1 choice_text: 'x'",
        "1:18: field `choice_text` is of the same oneof as `choice_number`"
      ),
      ("int32_field 1", "1:13: expected `:` after `int32_field`, found `1`"),
      ("int32_field: 2147483648", "1:14: `2147483648` is out of range for `int32_field`"),
      ("int32_field: -2147483649", "1:15: `2147483649` is out of range for `int32_field`"),
      ("uint32_field: -1", "1:16: `1` is out of range for `uint32_field`"),
      (
        "int64_field: 9223372036854775808",
        "1:14: `9223372036854775808` is out of range for `int64_field`"
      ),
      (
        "uint64_field: 18446744073709551616",
        "1:15: expected uint64 for `uint64_field`, found `18446744073709551616`"
      ),
      ("int32_field: 1.5", "1:14: expected int32 for `int32_field`, found `1.5`"),
      ("int32_field: 08", "1:14: expected int32 for `int32_field`, found `08`"),
      ("double_field: 0x1", "1:15: expected double for `double_field`, found `0x1`"),
      ("double_field: 012", "1:15: expected double for `double_field`, found `012`"),
      ("bool_field: 2", "1:13: expected bool for `bool_field`, found `2`"),
      ("double_field: x", "1:15: expected double for `double_field`, found `x`"),
      ("bool_field: yes", "1:13: expected bool for `bool_field`, found `yes`"),
      ("color: COLOR_PINK", "1:8: klinke.test.Color has no value `COLOR_PINK`"),
      ("string_field: 5", "1:15: expected string for `string_field`, found `5`"),
      ("string_field: 'a", "1:15: a string without an end"),
      ("string_field: 'a\n'", "1:15: a string without an end"),
      ("string_field: '\\q'", "1:15: a string with an escape that does not exist"),
      ("string_field: '\\400'", "1:15: a string with an escape above 255"),
      ("string_field: '\\x'", "1:15: a string with an escape without its digits"),
      ("string_field: '\\uD800'", "1:15: a string with an escape that is no character"),
      ("string_field: '\\377'", "1:21: the value of `string_field` is not UTF-8"),
      ("nested: 5", "1:9: expected `{`, found `5`"),
      (
        "nested { text: 'x'",
        "1:19: expected a field of klinke.test.Everything.Nested, found the end"
      ),
      (
        "nested < text: 'x' }", "1:20: expected a field of klinke.test.Everything.Nested, found `}`"
      ),
      ("numbers: [1 2]", "1:13: expected `]`, found `2`"),
      ("any { [a/b.C] {} }", "1:15: there is no type `a/b.C`"),
      ("ü: 1", "1:1: found a character that has no meaning"),
      ("}", "1:1: expected a field of klinke.test.Everything, found `}`"),
    ])
  func refusals(text: String, reason: String) {
    do throws(TextError) {
      _ = try mapping.wireBytes(fromText: text, type: everything)
      Issue.record("\(text) was read")
    } catch {
      #expect(error.description == reason)
    }
  }

  @Test("reads a hundred messages inside each other and no more")
  func depth() throws {
    let nested = { (count: Int) in
      "nested {" + String(repeating: "child {", count: count - 1)
        + String(repeating: "}", count: count)
    }
    let bytes = try mapping.wireBytes(fromText: nested(99), type: everything)
    #expect(try mapping.text(fromWire: bytes, type: everything).contains("child"))
    #expect(throws: TextError.self) {
      try mapping.wireBytes(fromText: nested(100), type: everything)
    }
  }

  @Test("no prefix and no changed byte traps")
  func mutations() throws {
    for item in textCases {
      let text = Array(item.text.utf8)
      let encoded = bytes(item.bytes)
      for end in text.indices {
        _ = try? mapping.wireBytes(
          fromText: String(decoding: text[..<end], as: UTF8.self), type: everything)
      }
      for end in encoded.indices {
        _ = try? mapping.text(fromWire: Array(encoded[..<end]), type: everything)
      }
      for index in encoded.indices {
        for value: UInt8 in [0, 0x0b, 0xff] {
          var changed = encoded
          changed[index] = value
          _ = try? mapping.text(fromWire: changed, type: everything)
        }
      }
    }
  }
}

@Suite("Redaction")
struct RedactionTests {
  private let mapping = TextMapping(rulesPool)

  private func redacted(_ text: String) throws -> String {
    let type = try #require(rulesPool.message(named: "klinke.test.Text"))
    return mapping.redacted(try mapping.wireBytes(fromText: text, type: type), type: type)
  }

  @Test(
    "hides every field that is marked, wherever it is",
    arguments: [
      ("secret: 'x' open: 'y'", #"secret: [REDACTED] open: "y""#),
      ("personal: 'x'", "personal: [REDACTED]"), ("secret: ''", ""),
      ("number: 5", "number: [REDACTED]"),
      ("secrets: ['a', 'b']", "secrets: [REDACTED]"),
      ("hidden { text: 'x' }", "hidden: [REDACTED]"),
      ("keys { key: 'a' value: 'b' }", "keys: [REDACTED]"),
      (
        "inside { inside { secret: 'x' } open: 'grün' }",
        #"inside { inside { secret: [REDACTED] } open: "grün" }"#
      ),
      (
        "any { [type.googleapis.com/klinke.test.Text] { secret: 'x' open: 'y' } }",
        #"any { [type.googleapis.com/klinke.test.Text] { secret: [REDACTED] open: "y" } }"#
      ),
    ])
  func hiding(text: String, expected: String) throws { #expect(try redacted(text) == expected) }

  @Test("hides what nobody knows: unknown fields and an Any of an unknown type")
  func unknown() throws {
    let type = try #require(rulesPool.message(named: "klinke.test.Text"))
    #expect(mapping.redacted([0xf8, 0x01, 7], type: type) == "31: [REDACTED]")
    #expect(
      try redacted("any { type_url: 'type.googleapis.com/a.B' value: 'secret' }")
        == #"any { type_url: "type.googleapis.com/a.B" value: [REDACTED] }"#)
  }

  @Test("says of bytes that are no message how many they are")
  func malformed() throws {
    let type = try #require(rulesPool.message(named: "klinke.test.Text"))
    #expect(mapping.redacted([0x0a, 9], type: type) == "malformed klinke.test.Text of 2 bytes")
  }
}
