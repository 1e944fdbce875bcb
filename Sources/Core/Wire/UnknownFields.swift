/// Fields that a message's schema does not know, byte for byte in order of arrival.
///
/// They are written back after the known fields, so that a message survives a program that is older
/// than its sender.
public struct UnknownFields: Hashable, Sendable {
  /// Tags and values as they came.
  public private(set) var bytes: [UInt8]

  /// No fields.
  public init() { bytes = [] }

  /// Takes complete fields, tags included.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Whether there are none.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Number of bytes.
  public var count: Int { bytes.count }

  mutating func append(_ field: Span<UInt8>) {
    unsafe field.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }
}
