internal import Schema
internal import Testing

@Suite("JSON scalars")
struct JSONScalarTests {
  @Test(
    "accepts boundary values and other spellings",
    arguments: [
      ("{\"int32Field\":2147483647}", "{\"int32Field\":2147483647}"),
      ("{\"int32Field\":-2147483648}", "{\"int32Field\":-2147483648}"),
      ("{\"int32Field\":1e3}", "{\"int32Field\":1000}"),
      ("{\"int32Field\":1.0}", "{\"int32Field\":1}"),
      ("{\"int32Field\":\"12.50e1\"}", "{\"int32Field\":125}"),
      ("{\"int32Field\":1000e-3}", "{\"int32Field\":1}"),
      ("{\"int32Field\":-0}", "{}"),
      ("{\"int32Field\":0e999999999999999999}", "{}"),
      ("{\"uint32Field\":4294967295}", "{\"uint32Field\":4294967295}"),
      ("{\"sint32Field\":-2147483648}", "{\"sint32Field\":-2147483648}"),
      ("{\"sfixed32Field\":-1}", "{\"sfixed32Field\":-1}"),
      ("{\"int64Field\":9007199254740993}", "{\"int64Field\":\"9007199254740993\"}"),
      ("{\"int64Field\":\"-9223372036854775808\"}", "{\"int64Field\":\"-9223372036854775808\"}"),
      ("{\"sint64Field\":-9223372036854775808}", "{\"sint64Field\":\"-9223372036854775808\"}"),
      ("{\"uint64Field\":18446744073709551615}", "{\"uint64Field\":\"18446744073709551615\"}"),
      (
        "{\"uint64Field\":1.8446744073709551615e19}",
        "{\"uint64Field\":\"18446744073709551615\"}"
      ),
      ("{\"fixed64Field\":\"1\"}", "{\"fixed64Field\":\"1\"}"),
      ("{\"doubleField\":\"NaN\"}", "{\"doubleField\":\"NaN\"}"),
      ("{\"doubleField\":\"-Infinity\"}", "{\"doubleField\":\"-Infinity\"}"),
      ("{\"doubleField\":-0.0}", "{\"doubleField\":-0.0}"),
      ("{\"doubleField\":0.1}", "{\"doubleField\":0.1}"),
      ("{\"doubleField\":\"1.5\"}", "{\"doubleField\":1.5}"),
      ("{\"doubleField\":5e-324}", "{\"doubleField\":5e-324}"),
      ("{\"doubleField\":1.7976931348623157e308}", "{\"doubleField\":1.7976931348623157e+308}"),
      ("{\"floatField\":0.1}", "{\"floatField\":0.1}"),
      ("{\"floatField\":3.4028235e38}", "{\"floatField\":3.4028235e+38}"),
      ("{\"bytesField\":\"-_8\"}", "{\"bytesField\":\"+/8=\"}"),
      ("{\"bytesField\":\"+/8=\"}", "{\"bytesField\":\"+/8=\"}"),
      ("{\"color\":\"COLOR_BLUE\"}", "{\"color\":\"COLOR_BLUE\"}"),
      ("{\"color\":2}", "{\"color\":\"COLOR_BLUE\"}"),
      ("{\"color\":-1}", "{\"color\":\"COLOR_NEGATIVE\"}"),
      ("{\"color\":99}", "{\"color\":99}"),
      ("{\"maybeNumber\":0,\"maybeText\":\"\"}", "{\"maybeNumber\":0,\"maybeText\":\"\"}"),
      ("{\"string_field\":\"a\",\"renamed\":\"b\"}", "{\"stringField\":\"a\",\"otherName\":\"b\"}"),
      ("{\"boolField\":true}", "{\"boolField\":true}"),
      ("{\"int64Field\":\"1.5e3\"}", "{\"int64Field\":\"1500\"}"),
      ("{\"uint64Field\":\"1e19\"}", "{\"uint64Field\":\"10000000000000000000\"}"),
      ("{\"fixed32Field\":\"4294967295\"}", "{\"fixed32Field\":4294967295}"),
      (
        "{\"sfixed64Field\":-9223372036854775808}",
        "{\"sfixed64Field\":\"-9223372036854775808\"}"
      ),
      ("{\"uint32Field\":-0}", "{}"), ("{\"uint64Field\":\"-0\"}", "{}"),
      ("{\"floatField\":\"Infinity\"}", "{\"floatField\":\"Infinity\"}"),
      ("{\"floatField\":\"NaN\"}", "{\"floatField\":\"NaN\"}"),
      ("{\"floatField\":-0.0}", "{\"floatField\":-0.0}"),
      ("{\"bytesField\":\"YQ\"}", "{\"bytesField\":\"YQ==\"}"),
      ("{\"color\":null,\"boolField\":null,\"bytesField\":null}", "{}"),
      ("{\"maybeColor\":0}", "{\"maybeColor\":\"COLOR_UNSPECIFIED\"}"),
      ("{\"color\":1.0}", "{\"color\":\"COLOR_RED\"}"),
    ])
  func accepted(json: String, expected: String) throws {
    #expect(try roundTrip(json) == expected)
  }

  @Test(
    "refuses values out of range or of another type, naming field and rule",
    arguments: [
      ("{\"int32Field\":2147483648}", "int32_field: expected int32, found 2147483648"),
      ("{\"int32Field\":\"abc\"}", "int32_field: expected int32, found \"abc\""),
      ("{\"int32Field\":1.5}", "int32_field: expected int32, found 1.5"),
      ("{\"int32Field\":1e-1}", "int32_field: expected int32, found 1e-1"),
      ("{\"int32Field\":\"\"}", "int32_field: expected int32, found \"\""),
      ("{\"int32Field\":\" 1\"}", "int32_field: expected int32, found \" 1\""),
      ("{\"int32Field\":true}", "int32_field: expected int32, found true"),
      ("{\"int32Field\":{}}", "int32_field: expected int32, found an object"),
      ("{\"uint32Field\":-1}", "uint32_field: expected uint32, found -1"),
      (
        "{\"uint64Field\":18446744073709551616}",
        "uint64_field: expected uint64, found 18446744073709551616"
      ),
      (
        "{\"int64Field\":9223372036854775808}",
        "int64_field: expected int64, found 9223372036854775808"
      ),
      ("{\"doubleField\":1e400}", "double_field: expected double, found 1e400"),
      ("{\"doubleField\":\"nan\"}", "double_field: expected double, found \"nan\""),
      ("{\"doubleField\":\"-1e400\"}", "double_field: expected double, found \"-1e400\""),
      ("{\"doubleField\":\"infinity\"}", "double_field: expected double, found \"infinity\""),
      ("{\"doubleField\":\"+1\"}", "double_field: expected double, found \"+1\""),
      ("{\"doubleField\":\"0x1p3\"}", "double_field: expected double, found \"0x1p3\""),
      ("{\"doubleField\":true}", "double_field: expected double, found true"),
      ("{\"floatField\":3.5e38}", "float_field: expected float, found 3.5e38"),
      ("{\"floatField\":\"-3.5e38\"}", "float_field: expected float, found \"-3.5e38\""),
      ("{\"int32Field\":\"1e10\"}", "int32_field: expected int32, found \"1e10\""),
      ("{\"int32Field\":\"0x10\"}", "int32_field: expected int32, found \"0x10\""),
      ("{\"int32Field\":\"+1\"}", "int32_field: expected int32, found \"+1\""),
      ("{\"fixed32Field\":4294967296}", "fixed32_field: expected fixed32, found 4294967296"),
      ("{\"color\":\"1\"}", "color: no value \"1\" in klinke.test.Color"),
      ("{\"color\":1.5}", "color: expected int32, found 1.5"),
      ("{\"bytesField\":\"YQ=\"}", "bytes_field: expected base64, found \"YQ=\""),
      ("{\"bytesField\":\"Y Q==\"}", "bytes_field: expected base64, found \"Y Q==\""),
      ("{\"bytesField\":\"YQ===\"}", "bytes_field: expected base64, found \"YQ===\""),
      ("{\"boolField\":\"true\"}", "bool_field: expected true or false, found \"true\""),
      ("{\"boolField\":1}", "bool_field: expected true or false, found 1"),
      ("{\"stringField\":1}", "string_field: expected a string, found 1"),
      ("{\"bytesField\":\"a\"}", "bytes_field: expected base64, found \"a\""),
      ("{\"bytesField\":\"ab=\"}", "bytes_field: expected base64, found \"ab=\""),
      ("{\"bytesField\":\"a$bc\"}", "bytes_field: expected base64, found \"a$bc\""),
      ("{\"color\":\"GREEN\"}", "color: no value \"GREEN\" in klinke.test.Color"),
      ("{\"color\":2147483648}", "color: expected int32, found 2147483648"),
      (
        "{\"nested\":{\"child\":{\"number\":\"x\"}}}",
        "nested.child.number: expected int32, found \"x\""
      ),
      ("{\"items\":[{},{\"number\":[]}]}", "items[1].number: expected int32, found an array"),
      ("{\"labels\":{\"a\":1}}", "labels[\"a\"]: expected a string, found 1"),
    ])
  func refused(json: String, expected: String) {
    #expect(refusal(json) == expected)
  }

  @Test("reads a number of a million zeros without trouble")
  func long() throws {
    let zeros = String(repeating: "0", count: 1_000_000)
    #expect(refusal("{\"int32Field\":1\(zeros)}") != nil)
    #expect(try roundTrip("{\"int32Field\":1\(zeros)e-1000000}") == "{\"int32Field\":1}")
    #expect(refusal("{\"int32Field\":\(String(repeating: "9", count: 1_000_000))}") != nil)
  }
}
