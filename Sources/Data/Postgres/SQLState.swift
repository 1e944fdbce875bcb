/// The five characters by which PostgreSQL names what went wrong.
package struct SQLState: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let notNullViolation = SQLState(rawValue: "23502")
  package static let foreignKeyViolation = SQLState(rawValue: "23503")
  package static let uniqueViolation = SQLState(rawValue: "23505")
  package static let checkViolation = SQLState(rawValue: "23514")
  package static let exclusionViolation = SQLState(rawValue: "23P01")
  package static let invalidTextRepresentation = SQLState(rawValue: "22P02")
  package static let serializationFailure = SQLState(rawValue: "40001")
  package static let deadlockDetected = SQLState(rawValue: "40P01")
  package static let insufficientPrivilege = SQLState(rawValue: "42501")
  package static let lockNotAvailable = SQLState(rawValue: "55P03")
  package static let queryCanceled = SQLState(rawValue: "57014")
  package static let invalidStatementName = SQLState(rawValue: "26000")
  package static let featureNotSupported = SQLState(rawValue: "0A000")

  /// Classes that say that the session is over or cannot begin: connection exceptions and operator
  /// intervention (a shutdown, a terminated backend).
  var endsSession: Bool {
    rawValue.hasPrefix("08") || (rawValue.hasPrefix("57P") && self != .queryCanceled)
  }
}
