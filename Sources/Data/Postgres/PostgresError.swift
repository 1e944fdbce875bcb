/// Why the database gave no answer.
package enum PostgresError: Error, Hashable, Sendable {
  /// The server refused the statement.
  case server(ServerReport)
  /// The connection broke, or none could be made. Whether the statement took effect is unknown.
  case connectionLost
  /// The deadline passed first.
  case timeout
  /// All connections are busy and waiting has no room or no time left.
  case poolExhausted(waited: Duration)
  /// A column is not there, is NULL, or does not hold what was asked for.
  case decoding(column: String, as: String)
  /// A text with a zero byte, which PostgreSQL cannot keep. `parameter` counts from 1.
  case zeroByte(parameter: Int)
  /// The transaction had failed earlier, so its commit undid it.
  case rolledBack
  /// The calling task was cancelled. Whether the statement took effect is unknown.
  case cancelled
  /// The database has been shut down by its owner.
  case closed

  /// What the server says about a refusal. Any of it may quote data.
  package struct ServerReport: Hashable, Sendable {
    package var state: SQLState
    /// The constraint that was violated, by its name.
    package var constraint: String?
    package var table: String?
    package var message: String
    package var detail: String?
    /// The text of the statement, without values.
    package var statement: String

    package init(
      state: SQLState, constraint: String? = nil, table: String? = nil, message: String = "",
      detail: String? = nil, statement: String = ""
    ) {
      self.state = state
      self.constraint = constraint
      self.table = table
      self.message = message
      self.detail = detail
      self.statement = statement
    }
  }

  /// The server's code, when it was the server that refused.
  package var state: SQLState? {
    if case .server(let report) = self { report.state } else { nil }
  }

  /// The name of the violated constraint.
  package var constraint: String? {
    if case .server(let report) = self { report.constraint } else { nil }
  }
}

/// Bland on purpose: an error printed into an answer by mistake gives nothing away.
extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String {
    switch self {
    case .server(let report): "the database refused the statement (\(report.state.rawValue))"
    case .connectionLost: "the connection to the database was lost"
    case .timeout: "the database did not answer before the deadline"
    case .poolExhausted: "all connections to the database are busy"
    case .decoding: "a column does not hold what was expected"
    case .zeroByte: "a text holds a zero byte"
    case .rolledBack: "the transaction was rolled back"
    case .cancelled: "the query was cancelled"
    case .closed: "the database is closed"
    }
  }

  package var debugDescription: String {
    switch self {
    case .server(let report):
      [
        description, report.message, report.detail ?? "",
        report.constraint.map { "constraint \($0)" } ?? "", report.statement,
      ].filter { !$0.isEmpty }.joined(separator: "; ")
    case .poolExhausted(let waited): "\(description), waited \(waited)"
    case .decoding(let column, let type): "\(description): \(column) as \(type)"
    case .zeroByte(let parameter): "\(description): $\(parameter)"
    case .connectionLost, .timeout, .rolledBack, .cancelled, .closed: description
    }
  }
}

/// Why a transaction did not commit: the database, or the body.
package enum TransactionError<Body: Error>: Error {
  case database(PostgresError)
  case body(Body)
}
