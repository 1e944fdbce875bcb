internal import Wire

extension JSONWriter {
  mutating func single(
    _ field: FieldDescriptor, _ own: Span<WireFields.Occurrence>, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(JSONError) {
    switch field.kind {
    case .message, .group:
      let type = pool.message(of: field)
      if own.count <= 1 {
        try message(type, bytes.extracting(own.last?.range ?? 0..<0), depth: depth + 1)
      } else {
        // Several occurrences of a singular message merge, which is what their bytes in a row say.
        var merged: [UInt8] = []
        for index in own.indices { merged.append(copying: bytes.extracting(own[index].range)) }
        try message(type, merged.span, depth: depth + 1)
      }
    case .string: try string(bytes.extracting(own.last?.range ?? 0..<0))
    case .bytes: base64(bytes.extracting(own.last?.range ?? 0..<0))
    default: number(field, own.last?.bits ?? 0)
    }
  }

  mutating func list(
    _ field: FieldDescriptor, _ own: Span<WireFields.Occurrence>, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(JSONError) {
    open("[")
    var first = true
    for index in own.indices {
      let occurrence = own[index]
      do throws(JSONError) {
        if occurrence.isLengthDelimited, field.kind.isPackable {
          try packed(field, bytes.extracting(occurrence.range), first: &first)
        } else {
          separate(first: &first)
          try single(field, own.extracting(index...index), bytes, depth: depth)
        }
      } catch {
        throw error.inside(index: index)
      }
    }
    close("]", isEmpty: first)
  }

  private mutating func packed(
    _ field: FieldDescriptor, _ bytes: Span<UInt8>, first: inout Bool
  ) throws(JSONError) {
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      let bits: UInt64
      do throws(WireError) {
        switch JSONScalar.wireType(field.kind) {
        case .fixed32: bits = UInt64(try reader.fixed32())
        case .fixed64: bits = try reader.fixed64()
        case .varint, .lengthDelimited, .groupStart, .groupEnd: bits = try reader.varint()
        }
      } catch {
        throw JSONError("malformed packed values: \(error)")
      }
      separate(first: &first)
      number(field, bits)
    }
  }

  // MARK: Maps

  /// An entry's key, comparable as the kind of the key orders it.
  private struct MapKey: Comparable {
    /// Signed numbers are shifted, so that one unsigned comparison orders all kinds.
    var number: UInt64 = 0
    var text: [UInt8] = []

    static func < (left: MapKey, right: MapKey) -> Bool {
      left.number != right.number
        ? left.number < right.number : left.text.lexicographicallyPrecedes(right.text)
    }
  }

  private struct MapEntry {
    let key: MapKey
    let order: Int
    /// The key as JSON writes it, without the quotation marks.
    let text: [UInt8]
    let values: WireFields
    let range: Range<Int>
  }

  mutating func map(
    _ field: FieldDescriptor, _ own: Span<WireFields.Occurrence>, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(JSONError) {
    let entry = pool.message(of: field)
    guard let keyField = entry.field(number: 1), let valueField = entry.field(number: 2),
      let keyIndex = entry.index(number: 1), let valueIndex = entry.index(number: 2)
    else { throw JSONError("a map entry without key and value") }
    var entries: [MapEntry] = []
    entries.reserveCapacity(own.count)
    for index in own.indices {
      let part = bytes.extracting(own[index].range)
      let values = try fields(entry, part)
      let (key, text) = try mapKey(keyField, values.all(keyIndex).last, part)
      entries.append(
        MapEntry(key: key, order: index, text: text, values: values, range: own[index].range))
    }
    entries.sort { $0.key != $1.key ? $0.key < $1.key : $0.order < $1.order }
    open("{")
    var first = true
    for (index, item) in entries.enumerated() {
      // The last entry of a key wins.
      if index + 1 < entries.count, entries[index + 1].key == item.key { continue }
      separate(first: &first)
      key(item.text.span)
      do throws(JSONError) {
        let values = item.values.all(valueIndex)
        try single(valueField, values.span, bytes.extracting(item.range), depth: depth)
      } catch {
        throw error.inside(key: String(decoding: item.text, as: UTF8.self))
      }
    }
    close("}", isEmpty: first)
  }

  private func mapKey(
    _ field: FieldDescriptor, _ occurrence: WireFields.Occurrence?, _ bytes: Span<UInt8>
  ) throws(JSONError) -> (MapKey, [UInt8]) {
    let bits = occurrence?.bits ?? 0
    switch field.kind {
    case .string:
      let text = bytes.extracting(occurrence?.range ?? 0..<0)
      try Self.requireUTF8(text)
      let copy = [UInt8](copying: text)
      return (MapKey(text: copy), copy)
    case .bool:
      return (MapKey(number: bits == 0 ? 0 : 1), Array((bits == 0 ? "false" : "true").utf8))
    default:
      var writer = JSONWriter(pool: pool, options: options)
      let (isSigned, value) = Self.integer(field.kind, bits)
      writer.decimal(isSigned, value)
      return (MapKey(number: isSigned ? value ^ 1 << 63 : value), writer.output)
    }
  }

  // MARK: Scalars

  static func requireUTF8(_ text: Span<UInt8>) throws(JSONError) {
    do {
      _ = try UTF8Span(validating: text)
    } catch {
      throw JSONError("a string is not valid UTF-8")
    }
  }

  mutating func string(_ text: Span<UInt8>) throws(JSONError) {
    try Self.requireUTF8(text)
    JSONText.append(quoted: text, to: &output)
  }

  mutating func base64(_ bytes: Span<UInt8>) {
    output.append(UInt8(ascii: "\""))
    output.append(contentsOf: Base64.encode([UInt8](copying: bytes)))
    output.append(UInt8(ascii: "\""))
  }

  mutating func number(_ field: FieldDescriptor, _ bits: UInt64) {
    switch field.kind {
    case .bool: output.append(contentsOf: (bits == 0 ? "false" : "true").utf8)
    case .double: JSONText.append(Double(bitPattern: bits), to: &output)
    case .float:
      JSONText.append(Float(bitPattern: UInt32(truncatingIfNeeded: bits)), to: &output)
    case .enumeration: enumeration(field, Int32(truncatingIfNeeded: bits))
    case .int64, .sint64, .sfixed64, .uint64, .fixed64:
      output.append(UInt8(ascii: "\""))
      let (isSigned, value) = Self.integer(field.kind, bits)
      decimal(isSigned, value)
      output.append(UInt8(ascii: "\""))
    default:
      let (isSigned, value) = Self.integer(field.kind, bits)
      decimal(isSigned, value)
    }
  }

  private mutating func enumeration(_ field: FieldDescriptor, _ value: Int32) {
    // Any other number of it would be lost as `null`.
    if value == 0, field.typeName == "google.protobuf.NullValue" {
      output.append(contentsOf: "null".utf8)
    } else if !options.enumsAsInts, let name = pool.enumeration(of: field).name(of: value) {
      JSONText.append(quoted: name.utf8, to: &output)
    } else {
      decimal(true, UInt64(bitPattern: Int64(value)))
    }
  }

  private mutating func decimal(_ isSigned: Bool, _ value: UInt64) {
    let isNegative = isSigned && Int64(bitPattern: value) < 0
    JSONText.append(
      decimal: isNegative ? 0 &- value : value, isNegative: isNegative, to: &output)
  }

  /// The value of an integer kind as 64 bits, sign-extended when it is signed.
  private static func integer(_ kind: FieldKind, _ bits: UInt64) -> (isSigned: Bool, UInt64) {
    switch kind {
    case .int32, .sfixed32: (true, UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: bits))))
    case .sint32:
      (true, UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: zigZag(bits & 0xFFFF_FFFF)))))
    case .sint64: (true, UInt64(bitPattern: zigZag(bits)))
    case .int64, .sfixed64: (true, bits)
    case .uint32, .fixed32: (false, bits & 0xFFFF_FFFF)
    default: (false, bits)
    }
  }

  private static func zigZag(_ bits: UInt64) -> Int64 {
    Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }
}

extension Span where Element == WireFields.Occurrence {
  /// The one that counts of a field that is not repeated.
  var last: WireFields.Occurrence? { isEmpty ? nil : self[count - 1] }
}
