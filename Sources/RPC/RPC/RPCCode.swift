/// The canonical status codes of a call; the numbers travel as `grpc-status`.
public enum RPCCode: Int, Sendable, Hashable, CaseIterable {
  /// The call succeeded. Never the code of an ``RPCError``.
  case ok = 0
  /// The caller gave the call up.
  case cancelled = 1
  /// An error from another space, or a status without a meaning here.
  case unknown = 2
  /// The request is wrong whatever the state of the system.
  case invalidArgument = 3
  /// The deadline passed before the call finished.
  case deadlineExceeded = 4
  /// What was asked for does not exist.
  case notFound = 5
  /// What was to be created exists.
  case alreadyExists = 6
  /// The caller is known and not allowed.
  case permissionDenied = 7
  /// A quota or a limit is used up.
  case resourceExhausted = 8
  /// The system is not in the state the call needs; a retry changes nothing.
  case failedPrecondition = 9
  /// A conflict with another call; retry the whole sequence.
  case aborted = 10
  /// Past the valid range.
  case outOfRange = 11
  /// No such method here.
  case unimplemented = 12
  /// An invariant is broken.
  case `internal` = 13
  /// Not reachable right now; retry with backoff.
  case unavailable = 14
  /// Data is lost for good.
  case dataLoss = 15
  /// The caller is not identified.
  case unauthenticated = 16

  /// The published name: `INVALID_ARGUMENT`.
  public var name: String {
    switch self {
    case .ok: "OK"
    case .cancelled: "CANCELLED"
    case .unknown: "UNKNOWN"
    case .invalidArgument: "INVALID_ARGUMENT"
    case .deadlineExceeded: "DEADLINE_EXCEEDED"
    case .notFound: "NOT_FOUND"
    case .alreadyExists: "ALREADY_EXISTS"
    case .permissionDenied: "PERMISSION_DENIED"
    case .resourceExhausted: "RESOURCE_EXHAUSTED"
    case .failedPrecondition: "FAILED_PRECONDITION"
    case .aborted: "ABORTED"
    case .outOfRange: "OUT_OF_RANGE"
    case .unimplemented: "UNIMPLEMENTED"
    case .internal: "INTERNAL"
    case .unavailable: "UNAVAILABLE"
    case .dataLoss: "DATA_LOSS"
    case .unauthenticated: "UNAUTHENTICATED"
    }
  }
}
