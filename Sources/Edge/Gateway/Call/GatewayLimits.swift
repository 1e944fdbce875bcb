internal import RPC
internal import RPCTransport

/// What the doors of this module allow a caller.
package struct GatewayLimits: Sendable {
  /// Longest request body, or message of a streamed one.
  package var bodyBytesMax: Int
  /// A unary REST call that names no deadline ends after this.
  package var timeoutDefault: Duration
  /// The longest time a unary call may take, whatever its caller asks for.
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

  /// How long a call may take whose caller asks for `asked`.
  func timeout(_ asked: Duration?, _ kind: MethodKind) -> CallTimeout? {
    CallTimeout(asked: asked, kind, unaryMax: timeoutMax)
  }
}
