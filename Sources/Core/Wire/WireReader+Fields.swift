// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What generated code calls: each checks the wire type and reads one value.

extension WireReader {
  /// Reads an `int32`; more than 32 bits are cut off, as every implementation does.
  public mutating func int32(_ field: WireField) throws(WireError) -> Int32 {
    try expect(field, .varint)
    return Int32(truncatingIfNeeded: try varint())
  }

  public mutating func int64(_ field: WireField) throws(WireError) -> Int64 {
    try expect(field, .varint)
    return Int64(bitPattern: try varint())
  }

  public mutating func uint32(_ field: WireField) throws(WireError) -> UInt32 {
    try expect(field, .varint)
    return UInt32(truncatingIfNeeded: try varint())
  }

  public mutating func uint64(_ field: WireField) throws(WireError) -> UInt64 {
    try expect(field, .varint)
    return try varint()
  }

  public mutating func bool(_ field: WireField) throws(WireError) -> Bool {
    try expect(field, .varint)
    return try varint() != 0
  }

  public mutating func float(_ field: WireField) throws(WireError) -> Float {
    try expect(field, .fixed32)
    return Float(bitPattern: try fixed32())
  }

  public mutating func double(_ field: WireField) throws(WireError) -> Double {
    try expect(field, .fixed64)
    return Double(bitPattern: try fixed64())
  }

  public mutating func string(_ field: WireField) throws(WireError) -> String {
    try expect(field, .lengthDelimited)
    return try string()
  }

  public mutating func bytes(_ field: WireField) throws(WireError) -> [UInt8] {
    try expect(field, .lengthDelimited)
    return try bytes()
  }

  @inlinable
  public mutating func enumeration<E: WireEnum>(_ field: WireField) throws(WireError) -> E {
    try expect(field, .varint)
    return E(rawValue: Int32(truncatingIfNeeded: try varint()))
  }

  /// Reads a value of one of the other layouts: zigzag and fixed.
  @inlinable
  public mutating func value<C: FieldCoding>(
    _ field: WireField, as coding: C.Type
  ) throws(WireError) -> C.Value {
    try expect(field, C.wireType)
    var value = C.defaultValue
    try C.read(into: &value, from: &self)
    return value
  }

  // MARK: Messages

  /// Merges a nested message into `message`.
  @inlinable
  public mutating func message<M: Message>(
    _ field: WireField, into message: inout M
  ) throws(WireError) {
    try expect(field, .lengthDelimited)
    try self.message(into: &message)
  }

  /// Merges a nested message into `message`, which comes into being with its first field.
  @inlinable
  public mutating func message<M: Message>(
    _ field: WireField, into message: inout M?
  ) throws(WireError) {
    try expect(field, .lengthDelimited)
    // Taken out first: merging into a second reference would copy what the message holds.
    var merged = message.take() ?? M()
    try self.message(into: &merged)
    message = merged
  }

  /// Reads a length and merges that many bytes into `message`.
  @inlinable
  public mutating func message<M: Message>(into message: inout M) throws(WireError) {
    let outer = try enter()
    try message.merge(from: &self)
    try leave(to: outer)
  }

  // MARK: Lists and maps

  /// Appends a nested message to a list.
  @inlinable
  public mutating func append<M: Message>(
    _ field: WireField, to list: inout [M]
  ) throws(WireError) {
    try expect(field, .lengthDelimited)
    var message = M()
    try self.message(into: &message)
    list.append(message)
  }

  /// Appends a value, or a packed run of values, to a list.
  @inlinable
  public mutating func append<C: FieldCoding>(
    _ field: WireField, to list: inout [C.Value], as coding: C.Type
  ) throws(WireError) {
    if field.type == .lengthDelimited, C.wireType != .lengthDelimited {
      let outer = try enter()
      while !isAtEnd {
        list.append(try next(coding))
      }
      try leave(to: outer)
    } else {
      try expect(field, C.wireType)
      list.append(try next(coding))
    }
  }

  /// Reads one map entry: a missing key or value is its type's default, the last entry of a key wins.
  @inlinable
  public mutating func insert<K: FieldCoding, V: FieldCoding>(
    _ field: WireField, into map: inout [K.Value: V.Value], key: K.Type, value: V.Type
  ) throws(WireError) where K.Value: Hashable {
    try expect(field, .lengthDelimited)
    let outer = try enter()
    var entryKey = K.defaultValue
    var entryValue = V.defaultValue
    while let part = try nextField() {
      switch part.number {
      case 1:
        try expect(part, K.wireType)
        try K.read(into: &entryKey, from: &self)
      case 2:
        try expect(part, V.wireType)
        try V.read(into: &entryValue, from: &self)
      default:
        try skip(part)
      }
    }
    try leave(to: outer)
    map[entryKey] = entryValue
  }

  @inlinable
  mutating func next<C: FieldCoding>(_ coding: C.Type) throws(WireError) -> C.Value {
    var value = C.defaultValue
    try C.read(into: &value, from: &self)
    return value
  }
}
