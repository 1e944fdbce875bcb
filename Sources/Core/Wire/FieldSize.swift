// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// Sizes on the wire, tags included. Each function mirrors one in `OutputSpan+Fields.swift` and
// answers for exactly the bytes that one appends.

/// Bytes of a varint: one for each seven bits.
@inlinable
public func varintSize(_ value: UInt64) -> Int {
  // (bits + 6) / 7 for 1...64 bits, without a division.
  (9 &* (64 &- (value | 1).leadingZeroBitCount) &+ 64) >> 6
}

/// Bytes of a length and what it counts.
@inlinable
public func lengthDelimitedSize(_ count: Int) -> Int {
  varintSize(UInt64(truncatingIfNeeded: count)) + count
}

/// Bytes of a tag; the wire type does not change them.
@inlinable
public func tagSize(_ number: Int) -> Int {
  varintSize(UInt64(truncatingIfNeeded: number) << 3)
}

// MARK: Fields without presence: nothing when the value is the default

public func sizeOfField(_ number: Int, _ value: Int32) -> Int {
  value == 0 ? 0 : tagSize(number) + WireInt32.size(value)
}

public func sizeOfField(_ number: Int, _ value: Int64) -> Int {
  value == 0 ? 0 : tagSize(number) + WireInt64.size(value)
}

public func sizeOfField(_ number: Int, _ value: UInt32) -> Int {
  value == 0 ? 0 : tagSize(number) + WireUInt32.size(value)
}

public func sizeOfField(_ number: Int, _ value: UInt64) -> Int {
  value == 0 ? 0 : tagSize(number) + WireUInt64.size(value)
}

public func sizeOfField(_ number: Int, _ value: Bool) -> Int {
  value ? tagSize(number) + 1 : 0
}

public func sizeOfField(_ number: Int, _ value: Float) -> Int {
  value.bitPattern == 0 ? 0 : tagSize(number) + 4
}

public func sizeOfField(_ number: Int, _ value: Double) -> Int {
  value.bitPattern == 0 ? 0 : tagSize(number) + 8
}

public func sizeOfField(_ number: Int, _ value: String) -> Int {
  value.isEmpty ? 0 : tagSize(number) + lengthDelimitedSize(value.utf8.count)
}

public func sizeOfField(_ number: Int, _ value: [UInt8]) -> Int {
  value.isEmpty ? 0 : tagSize(number) + lengthDelimitedSize(value.count)
}

@inlinable
public func sizeOfField<E: WireEnum>(_ number: Int, _ value: E) -> Int {
  sizeOfField(number, value.rawValue)
}

/// For the other layouts: zigzag and fixed.
@inlinable
public func sizeOfField<C: FieldCoding>(_ number: Int, _ value: C.Value, as coding: C.Type) -> Int {
  C.isDefault(value) ? 0 : tagSize(number) + C.size(value)
}

// MARK: Fields with presence, lists and maps

@inlinable
public func sizeOfField<M: Message>(_ number: Int, _ message: M?) -> Int {
  guard let message else { return 0 }
  return tagSize(number) + lengthDelimitedSize(message.wireSize)
}

/// The size of a field that is written whenever it is there, also as its default.
@inlinable
public func sizeOfPresent<C: FieldCoding>(
  _ number: Int, _ value: C.Value?, as coding: C.Type
) -> Int {
  guard let value else { return 0 }
  return tagSize(number) + C.size(value)
}

@inlinable
public func sizeOfRepeated<M: Message>(_ number: Int, _ messages: [M]) -> Int {
  var size = messages.count * tagSize(number)
  for message in messages {
    size += lengthDelimitedSize(message.wireSize)
  }
  return size
}

/// Numbers are packed; strings and bytes have a tag each.
@inlinable
public func sizeOfRepeated<C: FieldCoding>(
  _ number: Int, _ values: [C.Value], as coding: C.Type
) -> Int {
  guard !values.isEmpty else { return 0 }
  guard C.wireType == .lengthDelimited else {
    return tagSize(number) + lengthDelimitedSize(packedSize(values, as: coding))
  }
  return values.count * tagSize(number) + packedSize(values, as: coding)
}

/// For lists that the schema says are not packed.
@inlinable
public func sizeOfUnpacked<C: FieldCoding>(
  _ number: Int, _ values: [C.Value], as coding: C.Type
) -> Int {
  values.count * tagSize(number) + packedSize(values, as: coding)
}

@inlinable
public func sizeOfMap<K: FieldCoding, V: FieldCoding>(
  _ number: Int, _ map: [K.Value: V.Value], key: K.Type, value: V.Type
) -> Int {
  var size = map.count * tagSize(number)
  for (entryKey, entryValue) in map {
    size += lengthDelimitedSize(entrySize(entryKey, entryValue, key: key, value: value))
  }
  return size
}

@inlinable
func packedSize<C: FieldCoding>(_ values: [C.Value], as coding: C.Type) -> Int {
  var size = 0
  for value in values {
    size += C.size(value)
  }
  return size
}

/// An entry is a message with field 1 and field 2, both always written.
@inlinable
func entrySize<K: FieldCoding, V: FieldCoding>(
  _ entryKey: K.Value, _ entryValue: V.Value, key: K.Type, value: V.Type
) -> Int {
  2 + K.size(entryKey) + V.size(entryValue)
}
