/// What the REST door allows a caller.
package struct GatewayLimits: Sendable {
  /// Longest request body; more is 413.
  package var bodyBytesMax: Int
  /// A unary call that names no deadline ends after this.
  package var timeoutDefault: Duration
  /// The longest deadline of a unary call.
  package var timeoutMax: Duration
  /// Query parameters that are passed over although no field has their name, such as a proxy's.
  package var ignoredQueryParameters: Set<String>

  package init(
    bodyBytesMax: Int = 4 << 20, timeoutDefault: Duration = .seconds(30),
    timeoutMax: Duration = .seconds(300), ignoredQueryParameters: Set<String> = []
  ) {
    self.bodyBytesMax = bodyBytesMax
    self.timeoutDefault = timeoutDefault
    self.timeoutMax = timeoutMax
    self.ignoredQueryParameters = ignoredQueryParameters
  }
}
