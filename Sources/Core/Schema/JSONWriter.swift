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
    let occurrences = values.occurrences.span
    var end = 0
    for index in type.fields.indices {
      let start = end
      while end < occurrences.count, occurrences[end].index == index { end += 1 }
      if start == end, !options.alwaysPrintPrimitives { continue }
      let field = type.fields[index]
      let own = occurrences.extracting(start..<end)
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
    _ field: FieldDescriptor, _ own: Span<WireFields.Occurrence>
  ) -> Bool {
    if field.hasPresence { return !own.isEmpty }
    if options.alwaysPrintPrimitives { return true }
    guard let last = own.last else { return false }
    switch field.shape {
    case .singular:
      return last.isLengthDelimited ? !last.range.isEmpty : isNonZero(field, last.bits)
    case .map: return true
    case .repeated:
      // Packed runs may be empty.
      guard field.kind.isPackable else { return true }
      for index in own.indices {
        // Taken out first: a span in a closure, which the right side of `||` is, crashes Swift 6.3.1.
        let value = own[index]
        if !value.isLengthDelimited || !value.range.isEmpty { return true }
      }
      return false
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
    _ field: FieldDescriptor, _ own: Span<WireFields.Occurrence>, _ bytes: Span<UInt8>,
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
    try value(field, values.all(index).span, bytes, depth: 0)
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

  mutating func key(_ name: String) { key(name.utf8.span) }

  mutating func key(_ name: Span<UInt8>) {
    JSONText.append(quoted: name, to: &output)
    output.append(UInt8(ascii: ":"))
    if options.pretty { output.append(UInt8(ascii: " ")) }
  }
}
