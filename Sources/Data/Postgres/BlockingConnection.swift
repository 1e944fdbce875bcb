private import CPostgres
private import Glibc

/// A connection whose calls wait for the server: for migrations at the start, where there is no loop
/// to wait on yet. It takes several statements at once and any text, so nothing that serves requests
/// uses it.
///
/// Safe to hold: the handle is open as long as this lives.
@safe package final class BlockingConnection {
  private let handle: OpaquePointer

  /// Connects, or fails with libpq's complaint in one line. It may name the host and the user, never
  /// the password.
  package init(url: String, applicationName: String) throws(BlockingConnectionError) {
    guard let parameters = ConnectionParameters(url: url, applicationName: applicationName) else {
      throw .malformedURL
    }
    let started = unsafe parameters.withArrays { unsafe PQconnectdbParams($0, $1, 0) }
    guard let handle = unsafe started else { throw .unreachable("out of memory") }
    _ = unsafe PQsetNoticeReceiver(handle, { _, _ in }, nil)
    unsafe self.handle = unsafe handle
    guard unsafe PQstatus(handle) == CONNECTION_OK else { throw .unreachable(complaint) }
  }

  deinit { unsafe PQfinish(handle) }

  /// Runs one or more statements, together in one transaction unless they begin their own, and
  /// returns the rows of the last.
  @discardableResult
  package func run(_ statements: String) throws(BlockingConnectionError) -> [Row] {
    unsafe try rows(of: PQexec(handle, statements))
  }

  /// Runs one statement with text values for `$1`, `$2`.
  @discardableResult
  package func run(
    _ statement: String, _ values: [String]
  ) throws(BlockingConnectionError) -> [Row] {
    var copies = unsafe values.map { unsafe UnsafePointer(strdup($0)) }
    defer { unsafe copies.forEach { unsafe free(UnsafeMutablePointer(mutating: $0)) } }
    unsafe copies.append(nil)
    return unsafe try rows(
      of: PQexecParams(handle, statement, Int32(values.count), nil, copies, nil, nil, 0))
  }

  private func rows(of result: OpaquePointer?) throws(BlockingConnectionError) -> [Row] {
    guard let result = unsafe result else { throw .unreachable(complaint) }
    let status = unsafe PQresultStatus(result)
    let set = unsafe ResultSet(owning: result)
    switch status {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return set.rows
    default:
      let report = set.report(statement: "")
      guard !report.state.rawValue.isEmpty else { throw .unreachable(complaint) }
      throw .refused(report)
    }
  }

  private var complaint: String {
    guard let message = unsafe PQerrorMessage(handle) else { return "" }
    return unsafe String(cString: message).split(whereSeparator: \.isNewline)
      .joined(separator: "; ")
  }
}

/// Why a ``BlockingConnection`` failed.
package enum BlockingConnectionError: Error, Hashable, Sendable {
  /// The URL is none that libpq reads.
  case malformedURL
  /// No connection, or not any more; the reason in one line.
  case unreachable(String)
  case refused(PostgresError.ServerReport)
}
