internal import Wire

/// Turns JSON into wire bytes in one pass.
///
/// Fields come out in the order of the document. Every wire reader takes them in any order, and
/// the generated code writes its own order when it encodes the message again.
struct JSONReader {
  var scanner: JSONScanner
  var output = WireOutput()
  let pool: DescriptorPool
  let options: JSONReadOptions

  init(_ json: [UInt8], pool: DescriptorPool, options: JSONReadOptions) throws(JSONError) {
    scanner = try JSONScanner(json)
    self.pool = pool
    self.options = options
  }

  /// Reads one value of a message type and writes its fields.
  ///
  /// `type` on the outermost level only: an `Any` passes its "@type" member, which is no field.
  mutating func message(
    _ type: MessageDescriptor, ignoring ignored: String? = nil
  ) throws(JSONError) {
    if let wellKnown = type.wellKnown, ignored == nil {
      try self.wellKnown(wellKnown, type)
      return
    }
    try scanner.beginObject()
    var seenFields = IndexSet64()
    var seenOneofs = IndexSet64()
    var unknown: Set<String> = []
    var first = true
    while let key = try scanner.nextKey(first: &first) {
      let name = scanner.text(of: key)
      guard let index = type.index(named: name) else {
        if name == ignored {
          try scanner.skipValue()
          continue
        }
        guard options.ignoreUnknownFields else {
          throw JSONError("no field \"\(JSONError.clipped(name))\" in \(type.fullName)")
        }
        guard unknown.insert(name).inserted else { throw Self.duplicate(name) }
        try scanner.skipValue()
        continue
      }
      let field = type.fields[index]
      guard seenFields.insert(index) else { throw Self.duplicate(name) }
      let isSet: Bool
      do throws(JSONError) {
        isSet = try self.field(field)
      } catch {
        throw error.inside(field.name)
      }
      if let oneof = field.oneofIndex, isSet, !seenOneofs.insert(oneof) {
        throw JSONError(
          "expected one member of \(type.oneofs[oneof]), found another one"
        ).inside(field.name)
      }
    }
  }

  static func duplicate(_ name: String) -> JSONError {
    JSONError("duplicate key \"\(JSONError.clipped(name))\"")
  }

  /// Reads a field's value and writes the field. False when it says that the field is not set.
  mutating func field(_ field: FieldDescriptor) throws(JSONError) -> Bool {
    if scanner.peek() == UInt8(ascii: "n"), !(field.shape == .singular && takesNull(field)) {
      try scanner.literal("null")
      return false
    }
    switch field.shape {
    case .singular: return try element(field, .single)
    case .repeated: try list(field)
    case .map: try map(field)
    }
    return true
  }

  /// Whether `null` is a value of the type: `google.protobuf.Value` and `NullValue` only.
  private func takesNull(_ field: FieldDescriptor) -> Bool {
    switch field.kind {
    case .message, .enumeration:
      field.typeName == "google.protobuf.Value" || field.typeName == "google.protobuf.NullValue"
    default: false
    }
  }

  // MARK: Lists and maps

  private mutating func list(_ field: FieldDescriptor) throws(JSONError) {
    try scanner.beginArray()
    var start = 0
    if field.isPacked {
      output.tag(field.number, .lengthDelimited)
      start = output.openLength()
    }
    var first = true
    var index = 0
    while try scanner.hasElement(first: &first) {
      do throws(JSONError) {
        if scanner.peek() == UInt8(ascii: "n"), !takesNull(field) {
          throw try scanner.expected("a list element")
        }
        _ = try element(field, field.isPacked ? .packed : .tagged)
      } catch {
        throw error.inside(index: index)
      }
      index += 1
    }
    guard field.isPacked else { return }
    if output.count == start {
      output.rewind(to: start - 1 - Self.tagSize(field.number))
    } else {
      output.closeLength(from: start)
    }
  }

  private static func tagSize(_ number: Int) -> Int {
    var size = 1
    var rest = number >> 4
    while rest > 0 {
      size += 1
      rest >>= 7
    }
    return size
  }

  private mutating func map(_ field: FieldDescriptor) throws(JSONError) {
    let entry = pool.message(of: field)
    guard let keyField = entry.field(number: 1), let valueField = entry.field(number: 2) else {
      throw JSONError("a map entry without key and value")
    }
    try scanner.beginObject()
    // By wire bytes and not by text: "1" and "1.0" are the same int32.
    var keys: Set<[UInt8]> = []
    var first = true
    while let key = try scanner.nextKey(first: &first) {
      let text = scanner.text(of: key)
      let entryStart = output.count
      output.tag(field.number, .lengthDelimited)
      let start = output.openLength()
      do throws(JSONError) {
        let keyBytes = try mapKey(key, keyField)
        guard keys.insert(keyBytes).inserted else {
          throw JSONError("duplicate key \"\(JSONError.clipped(text))\"")
        }
        output.raw(keyBytes)
        if scanner.peek() == UInt8(ascii: "n"), !takesNull(valueField) {
          throw try scanner.expected("a map value")
        }
        guard try element(valueField, .tagged) else {
          output.rewind(to: entryStart)
          continue
        }
      } catch {
        throw error.inside(key: text)
      }
      output.closeLength(from: start)
    }
  }

  /// The key of an entry as field 1.
  private func mapKey(_ key: JSONString, _ field: FieldDescriptor) throws(JSONError) -> [UInt8] {
    let text = scanner.bytes(of: key)
    var entry = WireOutput()
    switch field.kind {
    case .string:
      entry.tag(1, .lengthDelimited)
      entry.lengthDelimited(text)
    case .bool:
      entry.tag(1, .varint)
      switch String(decoding: text, as: UTF8.self) {
      case "true": entry.varint(1)
      case "false": entry.varint(0)
      default: throw Self.mismatch(field.kind, text)
      }
    default:
      guard let bits = JSONScalar.integer(field.kind, text) else {
        throw Self.mismatch(field.kind, text)
      }
      JSONScalar.write(bits, field.kind, field: 1, to: &entry)
    }
    return entry.bytes
  }

  static func mismatch(_ kind: FieldKind, _ text: ArraySlice<UInt8>) -> JSONError {
    let found = JSONError.clipped(String(decoding: text, as: UTF8.self))
    return JSONError("expected \(kind.protoName), found \"\(found)\"")
  }
}

/// A set of small numbers that needs no allocation below 64.
struct IndexSet64 {
  private var low: UInt64 = 0
  private var high: Set<Int> = []

  /// False when it was in already.
  mutating func insert(_ index: Int) -> Bool {
    guard index < 64 else { return high.insert(index).inserted }
    let bit = UInt64(1) << UInt64(index)
    defer { low |= bit }
    return low & bit == 0
  }
}
