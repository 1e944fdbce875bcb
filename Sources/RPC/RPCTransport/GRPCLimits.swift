/// What the gRPC door takes.
package struct GRPCLimits: Sendable, Hashable {
  /// The longest request message in bytes; a longer one is RESOURCE_EXHAUSTED.
  package var messageBytesMax = 4 << 20
  /// The longest time a unary call may take, whatever its client asks for. A stream whose client
  /// asks for nothing may stay for as long as its connection.
  package var unaryTimeoutMax: Duration? = .seconds(300)

  package init() {}
}
