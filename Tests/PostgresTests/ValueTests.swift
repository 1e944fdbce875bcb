internal import Testing

@testable internal import Postgres

@Suite("SQL and values")
struct ValueTests {
  @Test("values become placeholders, pieces of SQL bring theirs along")
  func interpolation() {
    let state = "live'; DROP TABLE flow; --"
    let filter: SQL = "state = \(state) AND size > \(3)"
    let query: SQL = "SELECT 1 FROM flow WHERE tenant_id = \("t") AND \(filter) LIMIT \(10)"
    #expect(
      query.text == "SELECT 1 FROM flow WHERE tenant_id = $1 AND state = $2 AND size > $3 LIMIT $4")
    let values = query.binds.map { $0.bytes.map { String(decoding: $0, as: UTF8.self) } }
    #expect(values == ["t", state, "3", "10"])
  }

  @Test("a text with a zero byte is refused, not cut off")
  func zeroByte() {
    let query: SQL = "SELECT \("a"), \("b\0c"), \([0] as [UInt8])"
    #expect(throws: PostgresError.zeroByte(parameter: 2)) { try query.check() }
  }

  @Test(
    "reads integers to their limits and nothing beyond",
    arguments: [
      ("0", 0), ("-1", -1), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), ("9223372036854775808", nil),
      ("-9223372036854775809", nil), ("", nil), ("-", nil), ("1x", nil), (" 1", nil), ("+1", nil),
    ] as [(String, Int64?)])
  func integers(text: String, expected: Int64?) {
    let bytes = Array(text.utf8)
    #expect(Int64(postgresText: bytes.span) == expected)
  }

  @Test(
    "writes and reads an instant",
    arguments: [
      ("1970-01-01 00:00:00.000000+00", 0),
      ("2026-11-21 08:21:39.123456+00", 1_795_249_299_123_456),
      ("1969-12-31 23:59:59.999999+00", -1),
      ("2000-02-29 00:00:00.000000+00", 951_782_400_000_000),
      ("1900-03-01 00:00:00.000000+00", -2_203_891_200_000_000),
      ("0001-01-01 00:00:00.000000+00", -62_135_596_800_000_000),
      ("0001-12-31 00:00:00.000000+00 BC", -62_135_683_200_000_000),
    ] as [(String, Int64)])
  func instants(text: String, microseconds: Int64) {
    let bytes = Array(text.utf8)
    #expect(PostgresTimestamp(postgresText: bytes.span)?.microseconds == microseconds)
    #expect(PostgresTimestamp(microseconds: microseconds).description == text)
  }

  @Test(
    "reads the forms of an instant that the server writes",
    arguments: [
      ("1970-01-01 01:00:00+01", 0), ("1970-01-01 05:30:00+05:30", 0),
      ("1969-12-31 19:00:00.5-05", 500_000), ("1970-01-01 00:53:28+00:53:28", 0),
      ("1970-01-01 00:00:00", 0),
    ] as [(String, Int64)])
  func offsets(text: String, microseconds: Int64) {
    let bytes = Array(text.utf8)
    #expect(PostgresTimestamp(postgresText: bytes.span)?.microseconds == microseconds)
  }

  @Test("no prefix and no changed byte of an instant or an array stops the process")
  func mutations() {
    let samples = ["2026-11-21 08:21:39.123456+05:30 BC", #"{a,"b \"c\\",NULL,""}"#, #"\x00ff"#]
    for sample in samples {
      let bytes = Array(sample.utf8)
      for index in bytes.indices {
        for byte in [0, 0x22, 0x2c, 0x30, 0x39, 0x5c, 0x7b, 0x7d, 0xff] as [UInt8] {
          var changed = bytes
          changed[index] = byte
          _ = PostgresTimestamp(postgresText: changed.span)
          _ = [String](postgresText: changed.span)
          _ = [UInt8](postgresText: changed.span)
          let prefix = Array(changed.prefix(index))
          _ = PostgresTimestamp(postgresText: prefix.span)
          _ = [String](postgresText: prefix.span)
          _ = [UInt8](postgresText: prefix.span)
        }
      }
    }
  }

  @Test(
    "reads arrays of one dimension",
    arguments: [
      ("{}", []), ("{a}", ["a"]), (#"{a,"b c","d\"e\\"}"#, ["a", "b c", "d\"e\\"]),
      (#"{"NULL",""}"#, ["NULL", ""]), ("{NULL}", nil), ("{{a}}", nil), ("{a,}", nil), ("a", nil),
      (#"{"a}"#, nil), (#"{"a"b}"#, nil),
    ] as [(String, [String]?)])
  func arrays(text: String, expected: [String]?) {
    let bytes = Array(text.utf8)
    #expect([String](postgresText: bytes.span) == expected)
  }

  @Test("an error that is printed says nothing of the data")
  func blandErrors() {
    let error = PostgresError.server(
      .init(
        state: .uniqueViolation, constraint: "user_account_email_unique", table: "user_account",
        message: "duplicate key", detail: "Key (email)=(anna@example.com) already exists.",
        statement: "INSERT INTO user_account"))
    #expect("\(error)" == "the database refused the statement (23505)")
    #expect(error.debugDescription.contains("anna@example.com"))
    #expect(error.constraint == "user_account_email_unique")
  }
}
