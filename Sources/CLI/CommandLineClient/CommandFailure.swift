package import RPC

/// Why a command did not do what it was asked for.
package enum CommandFailure: Error, Sendable {
  /// Nothing was sent. Exit status 2.
  case usage(UsageError)
  /// The server refused, or could not be reached. Exit status 1.
  case call(RPCError)
  /// Anything else that went wrong after the call began: what, and what to do. Exit status 1.
  case failed(String, hint: String)
}
