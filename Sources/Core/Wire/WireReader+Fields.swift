// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What generated code calls after it has looked at a tag: each reads one value.

extension WireReader {
  /// Reads an `int32`; more than 32 bits are cut off, as every implementation does.
  public mutating func int32() throws(WireError) -> Int32 {
    Int32(truncatingIfNeeded: try shortVarint())
  }

  public mutating func int64() throws(WireError) -> Int64 { Int64(bitPattern: try shortVarint()) }

  public mutating func uint32() throws(WireError) -> UInt32 {
    UInt32(truncatingIfNeeded: try shortVarint())
  }

  public mutating func uint64() throws(WireError) -> UInt64 { try shortVarint() }

  public mutating func bool() throws(WireError) -> Bool { try shortVarint() != 0 }

  public mutating func float() throws(WireError) -> Float { Float(bitPattern: try fixed32()) }

  public mutating func double() throws(WireError) -> Double { Double(bitPattern: try fixed64()) }

  @inlinable
  public mutating func enumeration<E: WireEnum>() throws(WireError) -> E {
    E(rawValue: Int32(truncatingIfNeeded: try varint()))
  }

  /// Reads a value of one of the other layouts: zigzag and fixed.
  @inlinable
  public mutating func value<C: FieldCoding>(as coding: C.Type) throws(WireError) -> C.Value {
    var value = C.defaultValue
    try C.read(into: &value, from: &self)
    return value
  }

  // MARK: Messages

  /// Reads a length and merges that many bytes into `message`, which comes into being first. Not
  /// inlined: once for each type of message is less code than once for each field.
  @inlinable @inline(never)
  public mutating func message<M: Message>(into message: inout M?) throws(WireError) {
    if message == nil { message = M() }
    // In place: a copy would count references and move all of its fields.
    try message?.mergeNested(from: &self)
  }

  /// Reads a length and merges that many bytes into `message`.
  @inlinable
  public mutating func message<M: Message>(into message: inout M) throws(WireError) {
    try message.mergeNested(from: &self)
  }

  // MARK: Lists and maps

  /// Appends a nested message, and those of the same field right behind it, to a list.
  @inlinable
  public mutating func append<M: Message>(
    _ tag: UInt32, to list: inout [M]
  ) throws(WireError) {
    if list.isEmpty { list.reserveCapacity(run(of: tag)) }
    repeat {
      list.append(M())
      try list[list.count - 1].mergeNested(from: &self)
    } while advance(past: tag)
  }

  /// Appends a value, or a packed run of values, to a list, and those of the same field behind it.
  @inlinable
  public mutating func append<C: FieldCoding>(
    _ tag: UInt32, to list: inout [C.Value], as coding: C.Type
  ) throws(WireError) {
    if C.wireType == .lengthDelimited {
      if list.isEmpty { list.reserveCapacity(run(of: tag)) }
      repeat {
        list.append(try value(as: coding))
      } while advance(past: tag)
    } else if tag & 7 == WireType.lengthDelimited.rawValue {
      try appendPacked(to: &list, as: coding)
    } else {
      repeat {
        list.append(try value(as: coding))
      } while advance(past: tag)
    }
  }

  @inlinable
  mutating func appendPacked<C: FieldCoding>(
    to list: inout [C.Value], as coding: C.Type
  ) throws(WireError) {
    let outer = try enter()
    if list.isEmpty { list.reserveCapacity(packedCount(C.wireType)) }
    while cursor < bound {
      list.append(try value(as: coding))
    }
    try leave(to: outer)
  }

  /// Number of values up to the limit: of the bytes that end a varint, or by their fixed size.
  @usableFromInline
  func packedCount(_ type: WireType) -> Int {
    switch type {
    case .fixed32: return (bound - cursor) / 4
    case .fixed64: return (bound - cursor) / 8
    default:
      var count = 0
      for index in cursor..<bound where unsafe span[unchecked: index] < 0x80 { count += 1 }
      return count
    }
  }

  /// Reads a map entry, and those of the same field right behind it: a missing key or value is its
  /// type's default, the last entry of a key wins.
  @inlinable
  public mutating func insert<K: MapKeyCoding, V: FieldCoding>(
    _ tag: UInt32, into map: inout [K.Value: V.Value], key: K.Type, value: V.Type
  ) throws(WireError) {
    // Made anew and not by `reserveCapacity`, of which the library has no specialised code.
    if map.isEmpty { map = Dictionary(minimumCapacity: run(of: tag)) }
    repeat {
      let outer = try enter()
      var entryKey = K.defaultValue
      var entryValue = V.defaultValue
      while let part = try nextTag() {
        if part == 1 << 3 | UInt32(K.wireType.rawValue) {
          try K.read(into: &entryKey, from: &self)
        } else if part == 2 << 3 | UInt32(V.wireType.rawValue) {
          try V.read(into: &entryValue, from: &self)
        } else {
          try skip(try WireField(tag: part))
        }
      }
      try leave(to: outer)
      map[entryKey] = entryValue
    } while advance(past: tag)
  }
}

extension Message {
  /// Reads a length and merges that many bytes. Not inlined, so that a type's code to read it is there
  /// once and not again in all that have it as a field, in a list or in a map.
  @inlinable @inline(never)
  mutating func mergeNested(from reader: inout WireReader) throws(WireError) {
    let outer = try reader.enter()
    try merge(from: &reader)
    try reader.leave(to: outer)
  }
}
