private import Postgres
private import Reactor
private import TestSupport
internal import Testing

@Suite("Queries on a real server")
struct QueryTests {
  private static let one = "11111111-1111-4111-8111-111111111111"
  private static let other = "22222222-2222-4222-8222-222222222222"

  @Test("returns what was sent, of every type")
  func roundTrip() async throws {
    try await withDatabase { database in
      let time = PostgresTimestamp(microseconds: 1_795_249_299_123_456)
      let rows = try await database.query(
        """
        SELECT \("grüß\"'\\")::text AS text, \(Int64.min)::bigint AS int, \(true)::boolean AS bool,
          \(1.5e-7)::float8 AS double, \([0, 1, 255] as [UInt8]) AS bytes,
          \(["a,b", "c\"d", "NULL", ""])::text[] AS texts, \(time) AS time,
          \(nil as String?)::text AS nothing
        """, as: .none)
      let row = try #require(rows.first)
      #expect(try row["text", as: String.self] == "grüß\"'\\")
      #expect(try row["int", as: Int64.self] == .min)
      #expect(try row["bool", as: Bool.self])
      #expect(try row["double", as: Double.self] == 1.5e-7)
      #expect(try row["bytes", as: [UInt8].self] == [0, 1, 255])
      #expect(try row["texts", as: [String].self] == ["a,b", "c\"d", "NULL", ""])
      #expect(try row["time", as: PostgresTimestamp.self] == time)
      #expect(try row["nothing", as: String?.self] == nil)
      #expect(throws: PostgresError.decoding(column: "nothing", as: "String")) {
        try row["nothing", as: String.self]
      }
    }
  }
}
