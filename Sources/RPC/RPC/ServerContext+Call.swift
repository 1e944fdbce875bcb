extension ServerContext {
  /// Options for a call that a handler makes on behalf of its caller: it ends when the caller stops
  /// waiting, and carries the caller's trace and the name that the logs have for the call.
  ///
  /// A handler that is cancelled cancels the calls it waits for by itself, since they run in its
  /// task.
  ///
  /// ```swift
  /// let number = try await mappings.resolveNumber(request, options: context.callOptions)
  /// ```
  public var callOptions: CallOptions {
    var options = CallOptions(deadline: deadline)
    options.metadata.add("x-request-id", requestID)
    let trace = trace
    options.metadata.add("traceparent", trace.childHeader)
    // The state belongs to the trace it came with.
    if !trace.parentID.isEmpty, let state = metadata["tracestate"] {
      options.metadata.add("tracestate", state)
    }
    return options
  }
}
