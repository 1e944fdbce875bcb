/// A generated message: plain fields and the code that reads and writes them.
///
/// ```swift
/// let bytes = Timestamp(seconds: 1).wireBytes()
/// let copy = try Timestamp(wireBytes: bytes)
/// ```
public protocol Message: Hashable, Sendable, WireElement {
  /// The full name in the schema, for example `google.protobuf.Timestamp`.
  static var protoName: String { get }

  /// A message with every field at its default.
  init()

  /// Fields of a newer schema, kept so that they survive a round trip.
  var unknownFields: UnknownFields { get set }

  /// Appends the message's fields.
  func encode(into output: inout WireWriter)

  /// Merges fields up to the reader's limit: the last scalar wins, messages merge, lists grow.
  mutating func merge(from reader: inout WireReader) throws(WireError)
}

extension Message {
  /// The message in one buffer of exactly its size. A deterministic one sorts map entries by key, so
  /// that equal messages give equal bytes: for signatures, keys and comparisons.
  public func wireBytes(deterministic: Bool = false) -> [UInt8] {
    // As much as is taken from the stack and not from the heap; most messages are smaller.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { scratch -> [UInt8] in
      var writer = unsafe WireWriter(scratch, isDeterministic: deterministic)
      encode(into: &writer)
      return writer.bytes
    }
  }

  /// Calls `body` with the encoded message, which is gone after it. Spares the memory of a buffer,
  /// where the bytes are only copied somewhere else.
  package func withWireBytes(_ body: (Span<UInt8>) -> Void) {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { scratch in
      var writer = unsafe WireWriter(scratch, isDeterministic: false)
      encode(into: &writer)
      body(writer.span)
    }
  }

  /// The number of bytes that the message is encoded in.
  public var wireSize: Int {
    // Not one function with the other for any result: it would ask the runtime for types each time.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { scratch -> Int in
      var writer = unsafe WireWriter(scratch, isDeterministic: false)
      encode(into: &writer)
      return writer.count
    }
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
    do throws(WireError) {
      try merge(from: &reader)
    } catch {
      throw error.at(reader.fieldPath())
    }
  }
}
