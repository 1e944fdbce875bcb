extension RPCError {
  /// What a caller learns of an error that nobody has foreseen: nothing but that it was ours, with
  /// the name of the call that is in the log beside the error itself.
  ///
  /// Handlers can throw nothing but an ``RPCError``, the compiler sees to that. This is for the few
  /// that run code which throws whatever it likes.
  ///
  /// ```swift
  /// do { try parse(text) } catch { throw RPCError(unexpected: error) }
  /// ```
  public init(unexpected error: any Error) {
    if let error = error as? RPCError {
      self = error
    } else if error is CancellationError {
      self = .cancelled
    } else {
      self.init(
        .internal, "the call failed for a reason that is not the caller's", reason: "UNEXPECTED",
        detail: "\(type(of: error)): \(error)")
    }
  }
}
