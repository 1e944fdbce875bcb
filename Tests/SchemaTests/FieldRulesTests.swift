internal import TestFixtures
internal import Testing
internal import Wire

@testable internal import Schema

/// The types of `rule_cases.proto`.
let rulesPool = pool(of: FixtureDescriptors.ruleCases)

/// Checks a message given as JSON; every violation as `path rule: text`.
func faults(_ message: String, _ json: String) throws -> [String] {
  let name = "klinke.test." + message
  let rules = FieldRules(rulesPool, messages: [name])
  let type = try #require(rulesPool.message(named: name))
  let bytes = try JSONMapping(rulesPool).wireBytes(fromJSON: Array(json.utf8), type: type)
  return try rules.violations(in: bytes, of: name, now: (1_000_000, 0))
    .map { "\($0.field) \($0.rule): \($0.text)" }
}

@Suite("Field rules")
struct FieldRulesTests {
  // MARK: Strings

  static let long = String(repeating: "ä", count: 5)

  @Test(
    "holds a string to its rules",
    arguments: [
      ("s_const", "yes", nil), ("s_const", "no", "string.const: must be `yes`"),
      ("s_len", "äbc", nil), ("s_len", "ab", "string.len: must have 3 characters, has 2"),
      ("s_range", "äb", nil), ("s_range", "äbcd", nil),
      ("s_range", "ä", "string.min_len: must have 2 to 4 characters, has 1"),
      ("s_range", "äbcde", "string.max_len: must have 2 to 4 characters, has 5"),
      ("s_min", "", "string.min_len: must have at least 1 character, has 0"),
      ("s_bytes", "ää", nil), ("s_bytes", "äää", "string.max_bytes: must have 2 to 4 bytes, has 6"),
      ("s_bytes", "a", "string.min_bytes: must have 2 to 4 bytes, has 1"),
      ("s_len_bytes", "ää", nil),
      ("s_len_bytes", "abc", "string.len_bytes: must have 4 bytes, has 3"),
      ("s_pattern", "abc", nil), ("s_pattern", "abcd", "string.pattern: must match ^[a-z]{1,3}$"),
      ("s_format", "A", "string.pattern: must be 1 to 3 of a-z"),
      ("s_prefix", "abc", nil), ("s_prefix", "a", "string.prefix: must begin with `ab`"),
      ("s_suffix", "xyz", nil), ("s_suffix", "z", "string.suffix: must end with `yz`"),
      ("s_contains", "aaab", nil),
      ("s_contains", "aacab", "string.contains: must have `aab` in it"),
      ("s_not_contains", "n", nil),
      ("s_not_contains", "snow", "string.not_contains: must not have `no` in it"),
      ("s_in", "at", nil), ("s_in", "ch", "string.in: must be one of de, at"),
      ("s_not_in", "ch", nil), ("s_not_in", "at", "string.not_in: must not be one of de, at"),
      ("s_email", "", "string.email_empty: is empty, must be an e-mail address"),
      ("s_uuid", "x", "string.uuid: must be a UUID"),
    ])
  func strings(field: String, text: String, fault: String?) throws {
    #expect(
      try faults("Rules", "{\"\(field)\":\"\(text)\"}") == (fault.map { ["\(field) \($0)"] } ?? []))
  }

  @Test(
    "knows the formats of strings",
    arguments: [
      (
        .email, ["a@b.de", "a.b+c@localhost", "x@a-b.c"],
        ["a", "@b", "a@", "a@-b", "a@b..c", "ä@b"]
      ),
      (
        .hostname, ["a", "a.b", "a-b.de.", "1a"],
        ["", ".", "a..b", "-a", "a-", "127.0.0.1", "a_b", String(repeating: "a", count: 64)]
      ),
      (
        .ipv4, ["0.0.0.0", "255.255.255.255"],
        ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "::"]
      ),
      (
        .ipv6, ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::8", "::ffff:1.2.3.4", "fe80::1%eth0"],
        [
          "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "::12345", "1.2.3.4", ":1", "::1%",
          "1:2:3:4:5:6:7::8", ":::",
        ]
      ),
      (.ip, ["1.2.3.4", "::1"], ["a", "[::1]"]),
      (
        .uri,
        [
          "https://a.de", "https://u:p@a.de:8443/p/q?x=1&y=%20#f", "mailto:a@b.de", "urn:x:y",
          "http://[::1]:80/", "a:", "file:///x",
        ],
        [
          "/a", "a", "http://a b", "http://a/%2", "http://[::1", "1a:b", "http://a:x/",
          "http://ä.de",
        ]
      ),
      (
        .uriReference, ["/a/b", "a", "?q", "#f", "//h/p", "x:y", ""], ["a b", "1:2", "#a#b", "\\"]
      ),
      (.address, ["a.de", "1.2.3.4", "::1"], ["a b", "256.1.1.1"]),
      (
        .uuid, ["0b6ae2c4-6d2c-4f3b-9d6e-0123456789aB"],
        [
          "0b6ae2c4-6d2c-4f3b-9d6e-0123456789a", "0b6ae2c4-6d2c-4f3b-9d6e-0123456789aBc",
          "0b6ae2c46d2c-4f3b-9d6e-0123456789aBcd", "0b6ae2c4-6d2c-4f3b-9d6e-0123456789ag",
          "{0b6ae2c4-6d2c-4f3b-9d6e-0123456789}",
        ]
      ),
      (
        .tuuid, ["0b6ae2c46d2c4f3b9d6e0123456789aB"],
        ["0b6ae2c46d2c4f3b9d6e0123456789a", "0b6ae2c46d2c4f3b9d6e0123456789aBc"]
      ),
      (
        .ulid, ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "7zzzzzzzzzzzzzzzzzzzzzzzzz"],
        ["81ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAU"]
      ),
    ] as [(TextFormat, [String], [String])])
  func formats(format: TextFormat, good: [String], bad: [String]) throws {
    let field = format == .uriReference ? "s_uri_ref" : "s_\(format.rule)"
    for text in good {
      #expect(format.matches(text), "\(text)")
      #expect(try faults("Rules", "{\"\(field)\":\"\(text)\"}") == [])
    }
    for text in bad { #expect(!format.matches(text), "\(text)") }
  }

  // MARK: Numbers and the rest

  @Test(
    "holds a value to its rules",
    arguments: [
      ("n_const", "0", nil), ("n_const", "1", "int32.const: must be 0"),
      ("n_lt", "4", nil), ("n_lt", "5", "int32.lt: must be below 5"),
      ("n_lte", "5", nil), ("n_lte", "6", "int64.lte: must be at most 5"),
      ("n_gt", "6", nil), ("n_gt", "5", "uint32.gt: must be above 5"),
      ("n_gte", "\"18446744073709551615\"", nil),
      (
        "n_gte", "\"18446744073709551614\"",
        "uint64.gte: must be at least 18446744073709551615"
      ),
      ("n_range", "-2", nil), ("n_range", "2", nil),
      ("n_range", "-3", "sint32.gte_lte: must be -2 to 2"),
      ("n_range", "3", "sint32.gte_lte: must be -2 to 2"),
      ("n_outside", "-2", nil), ("n_outside", "2", nil),
      ("n_outside", "0", "sint64.gte_lte_exclusive: must be at most -2 or at least 2"),
      ("n_in", "3", nil), ("n_in", "2", "fixed32.in: must be one of 1, 3"),
      ("n_not_in", "2", nil), ("n_not_in", "3", "fixed64.not_in: must not be one of 1, 3"),
      ("n_open", "1", nil), ("n_open", "2", "sfixed32.gt_lt: must be above -2 and below 2"),
      ("n_open_outside", "3", nil),
      ("n_open_outside", "2", "sfixed64.gt_lt_exclusive: must be below -2 or above 2"),
      ("f_range", "1", nil), ("f_range", "1.5", "float.gte_lte: must be 0.0 to 1.0"),
      ("f_range", "\"NaN\"", "float.gte_lte: must be 0.0 to 1.0"),
      ("f_finite", "1", nil), ("f_finite", "\"NaN\"", "double.finite: must be a finite number"),
      ("f_finite", "\"-Infinity\"", "double.finite: must be a finite number"),
      ("f_gt", "0.6", nil), ("f_gt", "0.5", "double.gt: must be above 0.5"),
      ("b_const", "true", nil), ("b_const", "false", "bool.const: must be true"),
      ("y_const", "\"YWI=\"", nil),
      ("y_const", "\"YQ==\"", "bytes.const: must be the one value allowed"),
      ("y_len", "\"YWI=\"", nil), ("y_len", "\"YQ==\"", "bytes.len: must have 2 bytes, has 1"),
      ("y_range", "\"YWI=\"", nil),
      ("y_range", "\"\"", "bytes.min_len: must have 1 to 2 bytes, has 0"),
      ("y_range", "\"YWFh\"", "bytes.max_len: must have 1 to 2 bytes, has 3"),
      ("y_pattern", "\"YWE=\"", nil), ("y_pattern", "\"YWI=\"", "bytes.pattern: must match ^a+$"),
      ("y_pattern", "\"/w==\"", "bytes.pattern: must match ^a+$"),
      ("y_prefix", "\"YWI=\"", nil),
      ("y_prefix", "\"YmE=\"", "bytes.prefix: does not begin as it must"),
      ("y_suffix", "\"YWI=\"", nil),
      ("y_suffix", "\"YmE=\"", "bytes.suffix: does not end as it must"),
      ("y_contains", "\"YWFi\"", nil),
      ("y_contains", "\"YmE=\"", "bytes.contains: lacks bytes that must be in it"),
      ("y_in", "\"YQ==\"", nil), ("y_in", "\"Yw==\"", "bytes.in: is none of the values allowed"),
      ("y_not_in", "\"Yw==\"", nil), ("y_not_in", "\"YQ==\"", "bytes.not_in: is a refused value"),
      ("y_uuid", "\"AAAAAAAAAAAAAAAAAAAAAA==\"", nil),
      ("y_uuid", "\"AAAA\"", "bytes.uuid: must be the 16 bytes of a UUID"),
      ("e_const", "1", nil), ("e_const", "2", "enum.const: must be SHADE_LIGHT"),
      ("e_defined", "2", nil),
      (
        "e_defined", "3",
        "enum.defined_only: is no value of klinke.test.Shade that this server knows"
      ),
      ("e_in", "2", nil), ("e_in", "0", "enum.in: must be one of SHADE_LIGHT, SHADE_DARK"),
      ("e_not_in", "1", nil),
      ("e_not_in", "0", "enum.not_in: must not be one of SHADE_UNSPECIFIED"),
      ("d_range", "\"1s\"", nil), ("d_range", "\"60s\"", nil),
      ("d_range", "\"60.000000001s\"", "duration.gte_lte: must be 1 s to 60 s"),
      ("d_range", "\"0.999s\"", "duration.gte_lte: must be 1 s to 60 s"),
      ("d_in", "\"0.5s\"", nil), ("d_in", "\"2s\"", "duration.in: must be one of 1 s, 0.5 s"),
      ("t_lt", "\"1970-01-01T00:16:39.9Z\"", nil),
      ("t_lt", "\"1970-01-01T00:16:40Z\"", "timestamp.lt: must be below 1970-01-01T00:16:40Z"),
      ("t_past", "\"1970-01-12T13:46:39Z\"", nil),
      ("t_past", "\"1970-01-12T13:46:40Z\"", "timestamp.lt_now: must be in the past"),
      ("t_future", "\"1970-01-12T13:46:41Z\"", nil),
      ("t_future", "\"1970-01-12T13:46:40Z\"", "timestamp.gt_now: must be in the future"),
      ("t_within", "\"1970-01-12T13:46:50Z\"", nil), ("t_within", "\"1970-01-12T13:46:30Z\"", nil),
      ("t_within", "\"1970-01-12T13:46:51Z\"", "timestamp.within: must be within 10 s of now"),
      ("a_in", "{\"@type\":\"type.googleapis.com/klinke.test.Inner\"}", nil),
      (
        "a_in", "{\"@type\":\"type.googleapis.com/klinke.test.Idle\"}",
        "any.in: must be one of type.googleapis.com/klinke.test.Inner"
      ),
      ("m_in", "\"a.x,b.c\"", nil), ("m_in", "\"b\"", "field_mask.in: may name only a, b.c"),
      ("m_not_in", "\"b\"", nil), ("m_not_in", "\"b,a.x\"", "field_mask.not_in: must not name a"),
      ("w_text", "\"ab\"", nil),
      ("w_text", "\"\"", "string.min_len: must have at least 2 characters, has 0"),
      ("w_number", "3", nil), ("w_number", "0", "int32.gt: must be above 2"),
    ] as [(String, String, String?)])
  func values(field: String, json: String, fault: String?) throws {
    #expect(
      try faults("Rules", "{\"\(field)\":\(json)}") == (fault.map { ["\(field) \($0)"] } ?? []))
  }

  @Test("asks nothing of fields with presence that are not set")
  func presence() throws { #expect(try faults("Rules", "{}") == []) }

  @Test("names every required field that is missing or zero")
  func required() throws {
    let names = [
      "required_text", "required_number", "required_inner", "required_list", "required_map",
      "required_presence",
    ]
    #expect(try faults("Plain", "{}") == names.map { "\($0) required: is required" })
    #expect(
      try faults(
        "Plain",
        """
        {"required_text":"x","required_number":1,"required_inner":{"text":"a"},
        "required_list":[0],"required_map":{"":0},"required_presence":0}
        """) == [])
  }

  @Test("passes over rules as it is told")
  func ignoring() throws {
    #expect(
      try faults(
        "Ignoring",
        """
        {"always":"x","ifZero":"x","never":"x","presence":"","presenceIfZero":"","inner":{}}
        """
      ).map { String($0.prefix { $0 != ":" }) } == [
        "if_zero string.min_len", "never string.min_len", "presence string.min_len",
      ])
    #expect(
      try faults("Ignoring", "{}")
        == ["never string.min_len: must have at least 2 characters, has 0"])
  }

  // MARK: Shapes

  @Test("counts items and entries, and checks each with its place")
  func shapes() throws {
    let id = "0b6ae2c4-6d2c-4f3b-9d6e-0123456789ab"
    #expect(
      try faults("Shapes", "{}") == ["sizes repeated.min_items: must have 1 to 3 items, has 0"])
    #expect(try faults("Shapes", "{\"sizes\":[1,2,3],\"some\":[\"\",\"\(id)\"]}") == [])
    #expect(
      try faults(
        "Shapes",
        """
        {"sizes":[1,2,3,4],"names":["abc","abcd","abc"],"numbers":[1,2,1],
        "inners":[{"text":"a"},{}],"pairs":{"":1,"b":0,"c":3},
        "byNumber":{"-7":{"text":"long"}},"byBool":{"true":""},"shades":[1,9],"some":["x"]}
        """) == [
          "sizes repeated.max_items: must have 1 to 3 items, has 4",
          "names[1] string.max_len: must have at most 3 characters, has 4",
          "names repeated.unique: must not have an item twice",
          "numbers repeated.unique: must not have an item twice",
          "inners[1].text string.min_len: must have 1 to 3 characters, has 0",
          "pairs map.max_pairs: must have at most 2 entries, has 3",
          "pairs[\"\"] string.min_len: must have at least 1 character, has 0",
          "pairs[\"b\"] int32.gt: must be above 0",
          "by_number[-7].text string.max_len: must have 1 to 3 characters, has 4",
          "by_bool[true] string.min_len: must have at least 1 character, has 0",
          "shades[1] enum.defined_only: is no value of klinke.test.Shade that this server knows",
          "some[0] string.uuid: must be a UUID",
        ])
  }

  @Test("tells map entries apart by their whole keys, and shortens them in what it says only")
  func longKeys() throws {
    let start = String(repeating: "k", count: 50)
    let found = try faults(
      "Shapes",
      "{\"sizes\":[1],\"pairs\":{\"\(start)1\":0,\"\(start)2\":1,\"\(start)3\":1}}")
    #expect(found.first == "pairs map.max_pairs: must have at most 2 entries, has 3")
    #expect(found.count == 2 && found.last?.hasSuffix("] int32.gt: must be above 0") == true)
    #expect(found.last.map { $0.utf8.count < 100 } == true)
  }

  @Test("goes down into messages as far as there are rules")
  func depth() throws {
    #expect(
      try faults(
        "Inner",
        """
        {"text":"a","deeper":{"text":"b","list":[{"text":"c"},{"map":{"k\\"":{"text":""}}}]},
        "idle":{"idle":{"text":""}}}
        """) == [
          "deeper.list[1].text string.min_len: must have 1 to 3 characters, has 0",
          "deeper.list[1].map[\"k\\\"\"].text string.min_len: must have 1 to 3 characters, has 0",
        ])
    let type = try #require(rulesPool.message(named: "klinke.test.Inner"))
    let plans = try RuleCompiler(rulesPool, root: type).plans.map { $0.fields.map(\.field.name) }
    #expect(plans.first == ["text", "deeper", "list", "map"] && plans.contains([]))
  }

  @Test("a oneof that must be set is named when it is not")
  func oneofs() throws {
    #expect(try faults("Choice", "{}") == ["kind required: is required: one of name, inner"])
    #expect(try faults("Choice", "{\"name\":\"x\"}") == [])
    #expect(
      try faults("Choice", "{\"name\":\"\"}")
        == ["name string.min_len: must have at least 1 character, has 0"])
  }

  @Test("a group of fields takes one at most, or exactly one")
  func groups() throws {
    #expect(
      try faults("Groups", "{}") == ["email message.oneof: is required: one of email, phones"])
    #expect(try faults("Groups", "{\"phones\":[\"1\"],\"left\":1}") == [])
    #expect(
      try faults("Groups", "{\"email\":\"a@b\",\"phones\":[\"1\"],\"left\":1,\"right\":1}") == [
        "email message.oneof: must not be set together: at most one of email, phones",
        "left message.oneof: must not be set together: at most one of left, right",
      ])
  }
}
