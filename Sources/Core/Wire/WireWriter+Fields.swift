// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What generated code calls: each appends a tag and a value.

extension WireWriter {
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
    appendBytes(value)
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
    reserve(tagBytesMax + varintBytesMax)
    put(tag: number, .varint)
    put(varint: varint)
  }

  // MARK: Fields with presence

  @inlinable
  public mutating func appendField<M: Message>(_ number: Int, _ message: M?) {
    guard let message else { return }
    appendField(number, message)
  }

  @inlinable
  public mutating func appendField<M: Message>(_ number: Int, _ message: M) {
    let start = open(number)
    message.encode(into: &self)
    close(start)
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

  // MARK: Lists and maps

  @inlinable
  public mutating func appendRepeated<M: Message>(_ number: Int, _ messages: [M]) {
    appendMessages(number, messages.span)
  }

  @inlinable
  public mutating func appendRepeated(
    _ number: Int, _ values: [String], as coding: WireString.Type
  ) {
    appendElements(number, values.span)
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
    let start = open(number)
    let values = values.span
    for index in values.indices {
      C.append(values[index], to: &self)
    }
    close(start)
  }

  /// For lists that the schema says are not packed.
  @inlinable
  public mutating func appendUnpacked<C: FieldCoding>(
    _ number: Int, _ values: [C.Value], as coding: C.Type
  ) {
    let values = values.span
    for index in values.indices {
      appendTag(number, C.wireType)
      C.append(values[index], to: &self)
    }
  }

  @inlinable
  public mutating func appendMap<K: MapKeyCoding, V: FieldCoding>(
    _ number: Int, _ map: [K.Value: V.Value], key: K.Type, value: V.Type
  ) {
    guard !isDeterministic else {
      for entry in map.sorted(by: { K.precedes($0.key, $1.key) }) {
        appendEntry(number, entry.key, entry.value, key: key, value: value)
      }
      return
    }
    for (entryKey, entryValue) in map {
      appendEntry(number, entryKey, entryValue, key: key, value: value)
    }
  }

  public mutating func appendMap(
    _ number: Int, _ map: [String: String], key: WireString.Type, value: WireString.Type
  ) {
    guard !isDeterministic else {
      for entry in map.sorted(by: { WireString.precedes($0.key, $1.key) }) {
        appendEntry(number, entry.key, entry.value)
      }
      return
    }
    for (entryKey, entryValue) in map {
      appendEntry(number, entryKey, entryValue)
    }
  }

  private mutating func appendEntry(_ number: Int, _ entryKey: String, _ entryValue: String) {
    let start = open(number)
    appendTag(1, .lengthDelimited)
    appendString(entryKey)
    appendTag(2, .lengthDelimited)
    appendString(entryValue)
    close(start)
  }

  @inlinable
  mutating func appendEntry<K: MapKeyCoding, V: FieldCoding>(
    _ number: Int, _ entryKey: K.Value, _ entryValue: V.Value, key: K.Type, value: V.Type
  ) {
    let start = open(number)
    appendTag(1, K.wireType)
    K.append(entryKey, to: &self)
    appendTag(2, V.wireType)
    V.append(entryValue, to: &self)
    close(start)
  }

  public mutating func appendUnknown(_ fields: UnknownFields) {
    guard !fields.isEmpty else { return }
    appendRaw(fields.bytes.span)
  }
}
