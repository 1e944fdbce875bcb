private import CPostgres
private import Glibc

/// The rows of one answer. Owns libpq's result and reads from it in place.
///
/// Sendable unchecked, and safe to hold: the result is complete when this is made and never changes after, and nothing but
/// `deinit` frees it.
@safe final class ResultSet: @unchecked Sendable {
  fileprivate let result: OpaquePointer
  let count: Int

  /// Takes the result over.
  init(owning result: OpaquePointer) {
    unsafe self.result = unsafe result
    unsafe count = Int(PQntuples(result))
  }

  deinit { unsafe PQclear(result) }

  /// Rows that an INSERT, UPDATE or DELETE touched.
  var affected: Int { unsafe Int(String(cString: PQcmdTuples(result))) ?? 0 }

  /// The command tag: `SELECT 1`, `COMMIT`.
  var command: String { unsafe String(cString: PQcmdStatus(result)) }

  var rows: [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(count)
    for index in 0..<count { rows.append(Row(set: self, index: index)) }
    return rows
  }

  func column(named name: String) -> Int? {
    let count = unsafe PQnfields(result)
    for column in 0..<count where unsafe strcmp(PQfname(result, column), name) == 0 {
      return Int(column)
    }
    return nil
  }

  func name(of column: Int) -> String {
    guard let name = unsafe PQfname(result, Int32(column)) else { return "#\(column)" }
    return unsafe String(cString: name)
  }

  var columnCount: Int { unsafe Int(PQnfields(result)) }

  func decode<T: PostgresDecodable>(row: Int, column: Int, as type: T.Type) -> T? {
    let row = Int32(row)
    let column = Int32(column)
    if unsafe PQgetisnull(result, row, column) == 1 { return T.postgresNullValue }
    guard let value = unsafe PQgetvalue(result, row, column) else { return nil }
    let count = unsafe Int(PQgetlength(result, row, column))
    let bytes = unsafe UnsafeRawBufferPointer(start: value, count: count)
    return unsafe T(postgresText: bytes.bindMemory(to: UInt8.self).span)
  }
}

/// One row of an answer.
package struct Row: Sendable {
  let set: ResultSet
  let index: Int

  /// The value of a column: `let name = try row["display_name", as: String.self]`. A column that may
  /// be NULL is read as an optional.
  package subscript<T: PostgresDecodable>(column: String, as type: T.Type) -> T {
    get throws(PostgresError) { try decode(column, as: type) }
  }

  /// The value of a column, of the type the context asks for.
  package func decode<T: PostgresDecodable>(
    _ column: String, as type: T.Type = T.self
  ) throws(PostgresError) -> T {
    guard let number = set.column(named: column),
      let value = set.decode(row: index, column: number, as: type)
    else { throw .decoding(column: column, as: "\(type)") }
    return value
  }

  /// The value of a column by its place, the first being 0.
  package func decode<T: PostgresDecodable>(
    at column: Int, as type: T.Type = T.self
  ) throws(PostgresError) -> T {
    guard (0..<set.columnCount).contains(column),
      let value = set.decode(row: index, column: column, as: type)
    else { throw .decoding(column: "#\(column)", as: "\(type)") }
    return value
  }
}

extension ResultSet {
  /// What the server says about a failure.
  func report(statement: String) -> PostgresError.ServerReport {
    PostgresError.ServerReport(
      state: SQLState(rawValue: field(klinke_diag_sqlstate) ?? ""),
      constraint: field(klinke_diag_constraint), table: field(klinke_diag_table),
      message: field(klinke_diag_message) ?? "", detail: field(klinke_diag_detail),
      statement: statement)
  }

  private func field(_ code: Int) -> String? {
    guard let text = unsafe PQresultErrorField(result, Int32(code)) else { return nil }
    return unsafe String(cString: text)
  }
}
