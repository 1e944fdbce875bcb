internal import Wire

/// Writes wire bytes as JSON.
///
/// Fields come in the order of the descriptor and map entries sorted by key, so equal messages
/// give equal text whatever the order of their bytes.
struct JSONWriter {
  /// Messages inside each other, as in the binary reader.
  static let depthMax = 100

  var output: [UInt8] = []
  let pool: DescriptorPool
  let options: JSONWriteOptions
  /// Objects and arrays that are open, for indenting.
  private var level = 0

  init(pool: DescriptorPool, options: JSONWriteOptions) {
    self.pool = pool
    self.options = options
  }

  mutating func message(
    _ type: MessageDescriptor, _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONError) {
    guard depth < Self.depthMax else {
      throw JSONError("nested deeper than \(Self.depthMax) messages")
    }
    let values = try fields(type, bytes)
    if let wellKnown = type.wellKnown {
      try self.wellKnown(wellKnown, type, values, bytes, depth: depth)
      return
    }
    open("{")
    var first = true
    try members(type, values, bytes, depth: depth, first: &first)
    close("}", isEmpty: first)
  }

  func fields(_ type: MessageDescriptor, _ bytes: Span<UInt8>) throws(JSONError) -> WireFields {
    do throws(WireError) {
      return try WireFields(type, bytes)
    } catch {
      throw JSONError("malformed \(type.fullName): \(error)")
    }
  }

  /// The members of an object whose brace is open.
  mutating func members(
    _ type: MessageDescriptor, _ values: WireFields, _ bytes: Span<UInt8>, depth: Int,
    first: inout Bool
  ) throws(JSONError) {
    var rest = values.occurrences[...]
    for (index, field) in type.fields.enumerated() {
      let count = rest.prefix { $0.index == index }.count
      let own = rest.prefix(count)
      rest = rest.dropFirst(count)
      guard isWritten(field, own) else { continue }
      separate(first: &first)
      key(options.protoNames ? field.name : field.jsonName)
      do throws(JSONError) {
        try value(field, own, bytes, depth: depth)
      } catch {
        throw error.inside(field.name)
      }
    }
  }

  private func isWritten(
    _ field: FieldDescriptor, _ own: ArraySlice<WireFields.Occurrence>
  ) -> Bool {
    if field.hasPresence { return !own.isEmpty }
    if options.alwaysPrintPrimitives { return true }
    guard let last = own.last else { return false }
    switch field.shape {
    case .singular:
      return last.isLengthDelimited ? !last.range.isEmpty : isNonZero(field, last.bits)
    case .map: return true
    case .repeated:
      return own.contains { !$0.isLengthDelimited || !$0.range.isEmpty || !field.kind.isPackable }
    }
  }

  /// 32-bit fields ignore what a longer varint has above.
  private func isNonZero(_ field: FieldDescriptor, _ bits: UInt64) -> Bool {
    switch field.kind {
    case .int32, .uint32, .sint32, .enumeration: UInt32(truncatingIfNeeded: bits) != 0
    default: bits != 0
    }
  }

  /// A field's value, or its default when there are no occurrences.
  mutating func value(
    _ field: FieldDescriptor, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(JSONError) {
    switch field.shape {
    case .singular: try single(field, own, bytes, depth: depth)
    case .repeated: try list(field, own, bytes, depth: depth)
    case .map: try map(field, own, bytes, depth: depth)
    }
  }

  /// The value of one field as the whole document.
  mutating func onlyField(
    _ field: FieldDescriptor, of type: MessageDescriptor, _ bytes: Span<UInt8>
  ) throws(JSONError) {
    let values = try fields(type, bytes)
    guard let index = type.index(number: field.number) else { return }
    try value(field, values.all(index), bytes, depth: 0)
  }

  // MARK: Punctuation

  mutating func open(_ bracket: UnicodeScalar) {
    output.append(UInt8(ascii: bracket))
    level += 1
  }

  mutating func close(_ bracket: UnicodeScalar, isEmpty: Bool) {
    level -= 1
    if !isEmpty { breakLine() }
    output.append(UInt8(ascii: bracket))
  }

  mutating func separate(first: inout Bool) {
    if !first { output.append(UInt8(ascii: ",")) }
    first = false
    breakLine()
  }

  private mutating func breakLine() {
    guard options.pretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  mutating func key(_ name: String) {
    JSONText.append(quoted: name.utf8, to: &output)
    output.append(UInt8(ascii: ":"))
    if options.pretty { output.append(UInt8(ascii: " ")) }
  }
}

/// Strings and numbers as JSON text.
package enum JSONText {
  /// Appends a JSON string. `utf8` must be valid.
  package static func append(quoted utf8: some Sequence<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in utf8 { append(escaping: byte, to: &output) }
    output.append(UInt8(ascii: "\""))
  }

  static func append(escaping byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): output.append(contentsOf: [UInt8(ascii: "\\"), byte])
    case UInt8(ascii: "\\"): output.append(contentsOf: [UInt8(ascii: "\\"), byte])
    case 0x0A: output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
    case 0x0D: output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
    case 0x09: output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
    case 0..<0x20:
      output.append(contentsOf: "\\u00".utf8)
      output.append(hexCharacter(byte >> 4))
      output.append(hexCharacter(byte & 15))
    default: output.append(byte)
    }
  }

  /// The shortest text that reads back as the same number; a name in quotes when it is none.
  static func append(
    _ value: some BinaryFloatingPoint & CustomStringConvertible, to output: inout [UInt8]
  ) {
    if value.isNaN {
      output.append(contentsOf: "\"NaN\"".utf8)
    } else if value.isInfinite {
      output.append(contentsOf: (value < 0 ? "\"-Infinity\"" : "\"Infinity\"").utf8)
    } else {
      output.append(contentsOf: value.description.utf8)
      // Not for −0: "-0" is an integer to many readers, and those have no negative zero.
      if value != 0 || value.sign == .plus, output.suffix(2).elementsEqual(".0".utf8) {
        output.removeLast(2)
      }
    }
  }

  private static func hexCharacter(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
