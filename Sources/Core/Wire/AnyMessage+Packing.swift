extension AnyMessage {
  /// What stands in front of a type's name in a type URL.
  private static let prefix = "type.googleapis.com/"

  /// Wraps a message together with the name of its type.
  public init<M: Message>(packing message: M) {
    self.init(typeURL: Self.prefix + M.protoName, value: message.wireBytes())
  }

  /// Full name of the wrapped message's type: what follows the last slash of the URL.
  public var messageName: String {
    typeURL.lastIndex(of: "/").map { String(typeURL[typeURL.index(after: $0)...]) } ?? typeURL
  }

  /// The wrapped message; nil when it is of another type.
  public func unpacked<M: Message>(as type: M.Type) throws(WireError) -> M? {
    guard messageName == M.protoName else { return nil }
    return try M(wireBytes: value)
  }
}
