extension RPCError {
  /// The server ends, and with it what runs too long.
  package static var shutdown: RPCError {
    RPCError(.unavailable, "the server is shutting down; call again", reason: "SHUTTING_DOWN")
  }

  /// What this error means in a call that the server has cancelled because it ends: the handler knows
  /// of the cancellation only.
  package var asShutdown: RPCError { code == .cancelled ? .shutdown : self }
}
