package import RPC

/// What a person reads when a call failed: the status, the reason, each wrong field, what to do.
package enum ErrorReport {
  package static func text(_ error: RPCError, configuration: ClientConfiguration) -> String {
    var lines = ["klinke: \(error.code.name): \(Table.cell(error.message))"]
    if let request = error.detail(BadRequest.self) {
      for violation in request.fieldViolations {
        lines.append("  \(Table.cell(violation.field)): \(Table.cell(violation.description))")
      }
    }
    if let failure = error.detail(PreconditionFailure.self) {
      for violation in failure.violations {
        lines.append(
          "  \(Table.cell(violation.subject)): \(Table.cell(violation.description))")
      }
    }
    let hint = hint(error, configuration)
    if !hint.isEmpty { lines.append("  \(hint)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func hint(_ error: RPCError, _ configuration: ClientConfiguration) -> String {
    switch error.code {
    case .unauthenticated:
      configuration.token.isEmpty
        ? "log in first: klinke login" : "the login is no longer valid: klinke login"
    case .permissionDenied: "your role does not allow this; 'klinke auth whoami' shows it"
    case .unavailable:
      "is the server running at \(configuration.server)? Start it with 'make run', "
        + "or name another one: --server or KLINKE_SERVER"
    case .deadlineExceeded: "give it more time: --timeout 2m"
    case .aborted: "someone else changed it meanwhile; read it again, then repeat the change"
    case .resourceExhausted: "wait a little, then try again"
    case .unimplemented: "server and klinke differ in version; use the klinke of the server's build"
    case .invalidArgument, .outOfRange: "correct the values above; --help says what each may be"
    case .notFound: "the list command of the same resource shows what there is"
    case .internal, .unknown, .dataLoss: "the server's log has the reason"
    case .ok, .cancelled, .alreadyExists, .failedPrecondition: ""
    }
  }
}
