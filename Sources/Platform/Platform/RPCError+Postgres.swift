internal import Postgres
internal import RPC

extension RPCError {
  /// What a caller learns about a failure of the database: the meaning of a named constraint, or how
  /// to go on; never SQL, values or hosts.
  init(_ error: PostgresError, _ refusals: [String: ServiceDatabase.Refusal]) {
    let detail = error.debugDescription
    switch error {
    case .server(let report):
      if let refusal = report.constraint.flatMap({ refusals[$0] }) {
        self.init(refusal.code, refusal.message, reason: refusal.reason, detail: detail)
        return
      }
      switch report.state {
      case .serializationFailure, .deadlockDetected:
        self.init(
          .aborted, "another change came in between, try again", reason: "CONFLICT", detail: detail)
      case .queryCanceled:
        self.init(.deadlineExceeded, "the deadline passed before the call finished", detail: detail)
      default:
        self.init(.internal, "the call failed inside the platform", detail: detail)
      }
    case .connectionLost, .closed:
      self.init(
        .unavailable, "the database is not reachable at the moment, try again",
        reason: "DATABASE_UNAVAILABLE", detail: detail)
    case .timeout:
      self.init(.deadlineExceeded, "the deadline passed before the call finished", detail: detail)
    case .poolExhausted:
      self.init(
        .resourceExhausted, "too many requests at the moment, try again",
        reason: "DATABASE_BUSY", detail: detail)
    case .zeroByte:
      self.init(
        .invalidArgument, "a text of the request has a zero byte, which cannot be stored",
        reason: "ZERO_BYTE", detail: detail)
    case .decoding, .rolledBack:
      self.init(.internal, "the call failed inside the platform", detail: detail)
    case .cancelled:
      self.init(.cancelled, "the call was cancelled", detail: detail)
    }
  }

  init(
    _ error: TransactionError<RPCError>, _ refusals: [String: ServiceDatabase.Refusal]
  ) {
    switch error {
    case .body(let error): self = error
    case .database(let error): self.init(error, refusals)
    }
  }
}
