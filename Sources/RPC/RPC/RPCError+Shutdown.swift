extension RPCError {
  /// The server ends, and with it what runs too long.
  package static var shutdown: RPCError {
    RPCError(.unavailable, "the server is shutting down; call again", reason: "SHUTTING_DOWN")
  }
}
