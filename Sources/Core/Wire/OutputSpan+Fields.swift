// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What generated code calls: each appends a tag and a value. The sizes are in `FieldSize.swift`.

extension OutputSpan where Element == UInt8 {
  // MARK: Fields without presence: nothing when the value is the default

  public mutating func appendField(_ number: Int, _ value: Int32) {
    appendField(number, varint: WireInt32.varint(value))
  }

  public mutating func appendField(_ number: Int, _ value: Int64) {
    appendField(number, varint: WireInt64.varint(value))
  }

  public mutating func appendField(_ number: Int, _ value: UInt32) {
    appendField(number, varint: UInt64(value))
  }

  public mutating func appendField(_ number: Int, _ value: UInt64) {
    appendField(number, varint: value)
  }

  public mutating func appendField(_ number: Int, _ value: Bool) {
    appendField(number, varint: value ? 1 : 0)
  }

  @inlinable
  public mutating func appendField<E: WireEnum>(_ number: Int, _ value: E) {
    appendField(number, value.rawValue)
  }

  public mutating func appendField(_ number: Int, _ value: Float) {
    // Negative zero is not the default.
    guard value.bitPattern != 0 else { return }
    appendTag(number, .fixed32)
    appendFixed32(value.bitPattern)
  }

  public mutating func appendField(_ number: Int, _ value: Double) {
    guard value.bitPattern != 0 else { return }
    appendTag(number, .fixed64)
    appendFixed64(value.bitPattern)
  }

  public mutating func appendField(_ number: Int, _ value: String) {
    guard !value.isEmpty else { return }
    appendTag(number, .lengthDelimited)
    appendString(value)
  }

  public mutating func appendField(_ number: Int, _ value: [UInt8]) {
    guard !value.isEmpty else { return }
    appendTag(number, .lengthDelimited)
    appendVarint(UInt64(truncatingIfNeeded: value.count))
    appendBytes(value.span)
  }

  /// For the other layouts: zigzag and fixed.
  @inlinable
  public mutating func appendField<C: FieldCoding>(
    _ number: Int, _ value: C.Value, as coding: C.Type
  ) {
    guard !C.isDefault(value) else { return }
    appendTag(number, C.wireType)
    C.append(value, to: &self)
  }

  private mutating func appendField(_ number: Int, varint: UInt64) {
    guard varint != 0 else { return }
    appendTag(number, .varint)
    appendVarint(varint)
  }

  // MARK: Fields with presence, lists and maps

  @inlinable
  public mutating func appendField<M: Message>(_ number: Int, _ message: M?) {
    guard let message else { return }
    appendTag(number, .lengthDelimited)
    WireMessage.append(message, to: &self)
  }

  /// Appends a field whenever it is there, also as its default.
  @inlinable
  public mutating func appendPresent<C: FieldCoding>(
    _ number: Int, _ value: C.Value?, as coding: C.Type
  ) {
    guard let value else { return }
    appendTag(number, C.wireType)
    C.append(value, to: &self)
  }

  @inlinable
  public mutating func appendRepeated<M: Message>(_ number: Int, _ messages: [M]) {
    for message in messages {
      appendTag(number, .lengthDelimited)
      WireMessage.append(message, to: &self)
    }
  }

  /// Numbers are packed; strings and bytes have a tag each.
  @inlinable
  public mutating func appendRepeated<C: FieldCoding>(
    _ number: Int, _ values: [C.Value], as coding: C.Type
  ) {
    guard C.wireType != .lengthDelimited else {
      appendUnpacked(number, values, as: coding)
      return
    }
    guard !values.isEmpty else { return }
    appendTag(number, .lengthDelimited)
    appendVarint(UInt64(truncatingIfNeeded: packedSize(values, as: coding)))
    for value in values {
      C.append(value, to: &self)
    }
  }

  /// For lists that the schema says are not packed.
  @inlinable
  public mutating func appendUnpacked<C: FieldCoding>(
    _ number: Int, _ values: [C.Value], as coding: C.Type
  ) {
    for value in values {
      appendTag(number, C.wireType)
      C.append(value, to: &self)
    }
  }

  @inlinable
  public mutating func appendMap<K: FieldCoding, V: FieldCoding>(
    _ number: Int, _ map: [K.Value: V.Value], key: K.Type, value: V.Type
  ) {
    for (entryKey, entryValue) in map {
      appendTag(number, .lengthDelimited)
      let size = entrySize(entryKey, entryValue, key: key, value: value)
      appendVarint(UInt64(truncatingIfNeeded: size))
      appendTag(1, K.wireType)
      K.append(entryKey, to: &self)
      appendTag(2, V.wireType)
      V.append(entryValue, to: &self)
    }
  }

  public mutating func appendUnknown(_ fields: UnknownFields) {
    appendBytes(fields.bytes.span)
  }
}
