/// A generated enum. Values of a newer schema are kept as `unrecognized`.
public protocol WireEnum: Hashable, Sendable {
  /// The full name in the schema.
  static var protoName: String { get }

  /// The case of that number, or `unrecognized`.
  init(rawValue: Int32)

  /// The number that is written.
  var rawValue: Int32 { get }
}
