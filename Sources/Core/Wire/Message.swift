/// A generated message: plain fields and the code that reads and writes them.
///
/// ```swift
/// let bytes = Timestamp(seconds: 1).wireBytes()
/// let copy = try Timestamp(wireBytes: bytes)
/// ```
public protocol Message: Hashable, Sendable {
  /// The full name in the schema, for example `google.protobuf.Timestamp`.
  static var protoName: String { get }

  /// A message with every field at its default.
  init()

  /// Fields of a newer schema, kept so that they survive a round trip.
  var unknownFields: UnknownFields { get set }

  /// The exact number of bytes that ``encode(into:)`` appends.
  var wireSize: Int { get }

  /// Appends the message; `output` needs ``wireSize`` bytes of room.
  func encode(into output: inout OutputSpan<UInt8>)

  /// Merges fields up to the reader's limit: the last scalar wins, messages merge, lists grow.
  mutating func merge(from reader: inout WireReader) throws(WireError)
}

extension Message {
  /// The message in one buffer of exactly its size.
  public func wireBytes() -> [UInt8] {
    [UInt8](capacity: wireSize) { encode(into: &$0) }
  }

  /// Reads one whole message.
  public init(wireBytes: [UInt8]) throws(WireError) {
    self.init()
    try merge(wireBytes: wireBytes)
  }

  /// Merges one whole message into this one, which is partly merged when an error is thrown.
  public mutating func merge(wireBytes: [UInt8]) throws(WireError) {
    guard wireBytes.count <= Int(Int32.max) else { throw .tooLarge }
    var reader = WireReader(wireBytes.span)
    try merge(from: &reader)
  }
}
