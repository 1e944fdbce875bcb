/// What a connection has sent between two Sync messages, until the server has answered.
final class Flight {
  /// Who waits; `nil` for what the connection does for itself.
  let request: Request?
  /// The statement whose answer is wanted.
  let statement: PreparedStatement?
  var rows: ResultSet?
  var failure: PostgresError?

  init(request: Request?, statement: PreparedStatement?) {
    self.request = request
    self.statement = statement
  }

  var result: Result<Request.Answer, PostgresError> {
    // What failed first is the reason: a statement that could not be prepared is merely unknown
    // when it is to be run.
    if let failure { return .failure(statement?.failure ?? failure) }
    guard let rows else { return .failure(.connectionLost) }
    return .success(.rows(rows))
  }
}

/// A statement the server has been asked to prepare.
final class PreparedStatement {
  let name: String
  let text: String
  /// Why the server did not.
  var failure: PostgresError?

  init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
