/// What a door knows of the end of its call.
package protocol Interruptible: AnyObject, Sendable {
  /// The server ends and has cancelled the handler.
  var isInterrupted: Bool { get }
}

extension RPCError {
  /// What the end of a call means to everybody outside of its handler: caller, log, metrics, audit.
  ///
  /// A handler that is cancelled knows of the cancellation only, and not that the server ends or that
  /// the deadline has passed.
  @usableFromInline
  package func meant(in context: ServerContext) -> RPCError {
    guard code == .cancelled else { return self }
    var meant: RPCError
    if context.isInterrupted {
      meant = .shutdown
    } else if let deadline = context.deadline, deadline <= .now {
      meant = .deadlineExceeded
    } else {
      return self
    }
    meant.detail = detail.isEmpty ? message : detail
    return meant
  }
}
