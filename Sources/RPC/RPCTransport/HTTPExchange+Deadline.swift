package import HTTP
private import Telemetry

extension HTTPExchange {
  /// Ends a call at its deadline, unless its handler has returned by then, and cancels the handler.
  ///
  /// A client makes its own status at the end of its own deadline. But one that is busy may hear of
  /// ours first, and would take a reset for a cancellation, so it is told; unless it takes nothing,
  /// for then the end would wait behind the messages, long after it has given up.
  package func endCall(
    at deadline: CallDeadline, finish: @escaping () -> Void, reset: @escaping () -> Void
  ) {
    limit(until: deadline.moment.instant) { [self] in
      if deadline.isCallers, unsentCount > 0 { reset() } else { finish() }
      cancelHandler()
    }
  }
}
