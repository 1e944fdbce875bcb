internal import Wire

/// Writes wire bytes as text.
struct TextWriter {
  private(set) var output: [UInt8] = []
  private let pool: DescriptorPool
  private let options: TextWriteOptions
  private var level = 0

  init(pool: DescriptorPool, options: TextWriteOptions) {
    self.pool = pool
    self.options = options
  }

  // MARK: Messages

  mutating func message(
    _ type: MessageDescriptor, _ bytes: Span<UInt8>, depth: Int
  ) throws(TextError) {
    guard depth < JSONWriter.depthMax else {
      throw TextError("nested deeper than \(JSONWriter.depthMax) messages")
    }
    let values = try read(type, bytes)
    if type.wellKnown == .any, options.expandsAny, try any(type, values, bytes, depth: depth) {
      return
    }
    for own in values.byField(sortedBy: { type.fields[$0].number }) {
      try field(type.fields[own[own.startIndex].index], of: type, own, bytes, depth: depth)
    }
    if options.showsUnknown { try unknown(type, bytes, depth: depth) }
  }

  private func read(
    _ type: MessageDescriptor, _ bytes: Span<UInt8>
  ) throws(TextError) -> WireFields {
    do throws(WireError) {
      return try WireFields(type, bytes)
    } catch {
      throw TextError("malformed \(type.fullName): \(error)")
    }
  }

  /// An Any of a known type as what it holds; false when it has to be written as its two fields.
  private mutating func any(
    _ type: MessageDescriptor, _ values: WireFields, _ bytes: Span<UInt8>, depth: Int
  ) throws(TextError) -> Bool {
    let url = values.occurrences.last { type.fields[$0.index].number == 1 }
    let value = values.occurrences.last { type.fields[$0.index].number == 2 }
    guard let url else { return false }
    let name = String(
      decoding: [UInt8](copying: bytes.extracting(url.range)), as: UTF8.self)
    guard let slash = name.lastIndex(of: "/"),
      let inner = pool.message(named: String(name[name.index(after: slash)...])),
      name.utf8.allSatisfy(Self.isURLCharacter)
    else { return false }
    let start = output.count
    let outerLevel = level
    begin()
    append("[\(name)] ")
    do throws(TextError) {
      try braces(inner, bytes.extracting(value?.range ?? 0..<0), depth: depth)
      return true
    } catch {
      // Its bytes are no such message, then, and are shown as bytes.
      output.removeLast(output.count - start)
      level = outerLevel
      return false
    }
  }

  /// What ``TextReader`` takes in brackets; with any other the URL is shown as a string.
  private static func isURLCharacter(_ byte: UInt8) -> Bool {
    TextFormat.isLetter(byte) || TextFormat.isDigit(byte) || "_./-".utf8.contains(byte)
  }

  private mutating func braces(
    _ type: MessageDescriptor, _ bytes: Span<UInt8>, depth: Int
  ) throws(TextError) {
    append("{")
    finishLine()
    level += 1
    try message(type, bytes, depth: depth + 1)
    level -= 1
    begin()
    append("}")
    finishLine()
  }

  // MARK: Fields

  private mutating func field(
    _ field: FieldDescriptor, of type: MessageDescriptor,
    _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>, depth: Int
  ) throws(TextError) {
    if options.redacts, isHidden(field, of: type) {
      guard isWritten(field, own) else { return }
      begin()
      append("\(field.name): [REDACTED]")
      return finishLine()
    }
    switch field.shape {
    case .singular:
      if isWritten(field, own) { try value(field, own, bytes, depth: depth) }
    case .map: try entries(field, own, bytes, depth: depth)
    case .repeated:
      for index in own.indices {
        if own[index].isLengthDelimited, field.kind.isPackable {
          try packed(field, bytes.extracting(own[index].range))
        } else {
          try value(field, own[index...index], bytes, depth: depth)
        }
      }
    }
  }

  /// The bytes of an Any are hidden, too, when they could not be looked into.
  private func isHidden(_ field: FieldDescriptor, of type: MessageDescriptor) -> Bool {
    field.isSecret || field.isPersonal || (type.wellKnown == .any && field.number == 2)
  }

  /// Fields without presence are left out when they are zero.
  private func isWritten(
    _ field: FieldDescriptor, _ own: ArraySlice<WireFields.Occurrence>
  ) -> Bool {
    guard let last = own.last else { return false }
    if field.hasPresence || field.isRepeated { return true }
    return last.isLengthDelimited
      ? !last.range.isEmpty : !ScalarBits.isZero(last.bits, field.kind)
  }

  private mutating func value(
    _ field: FieldDescriptor, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(TextError) {
    guard let last = own.last else { return }
    switch field.kind {
    case .message, .group:
      begin()
      append(field.name + " ")
      let type = pool.message(of: field)
      if own.count == 1 {
        try braces(type, bytes.extracting(last.range), depth: depth)
      } else {
        // Several occurrences of a singular message merge.
        var merged: [UInt8] = []
        for occurrence in own { merged += [UInt8](copying: bytes.extracting(occurrence.range)) }
        try braces(type, merged.span, depth: depth)
      }
    case .string, .bytes:
      let content = [UInt8](copying: bytes.extracting(last.range))
      // Nobody has looked into the bytes of an Any before.
      if field.kind == .string, String(validating: content, as: UTF8.self) == nil {
        throw TextError("the value of \(field.name) is not UTF-8")
      }
      begin()
      append(field.name + ": ")
      quoted(content, keepsUnicode: options.keepsUnicode && field.kind == .string)
      finishLine()
    default: number(field, last.bits)
    }
  }

  private mutating func packed(
    _ field: FieldDescriptor, _ bytes: Span<UInt8>
  ) throws(TextError) {
    do throws(WireError) {
      for bits in try PackedValues.bits(bytes, field.kind) { number(field, bits) }
    } catch {
      throw TextError("malformed packed values of \(field.name): \(error)")
    }
  }

  private mutating func number(_ field: FieldDescriptor, _ bits: UInt64) {
    begin()
    append("\(field.name): \(text(of: bits, field))")
    finishLine()
  }

  private func text(of bits: UInt64, _ field: FieldDescriptor) -> String {
    switch field.kind {
    case .bool: return bits == 0 ? "false" : "true"
    case .float:
      return TextNumber.text(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .double: return TextNumber.text(Double(bitPattern: bits))
    case .enumeration:
      let number = Int32(truncatingIfNeeded: bits)
      return pool.enumeration(of: field).name(of: number) ?? String(number)
    case .uint32, .uint64, .fixed32, .fixed64:
      return String(ScalarBits.unsigned(bits, field.kind))
    default: return String(ScalarBits.signed(bits, field.kind))
    }
  }

  // MARK: Maps

  /// The entries sorted by key; of several with one key the last one.
  private mutating func entries(
    _ field: FieldDescriptor, _ own: ArraySlice<WireFields.Occurrence>, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(TextError) {
    let entry = pool.message(of: field)
    guard let keyField = entry.field(number: 1), let keyIndex = entry.index(number: 1) else {
      return
    }
    var ranges: [MapKey: Range<Int>] = [:]
    for occurrence in own {
      let part = bytes.extracting(occurrence.range)
      let key = try read(entry, part).all(keyIndex).last
      var mapKey = MapKey()
      if keyField.kind == .string {
        mapKey.text = [UInt8](copying: part.extracting(key?.range ?? 0..<0))
      } else {
        mapKey.number = orderedNumber(key?.bits ?? 0, keyField.kind)
      }
      ranges[mapKey] = occurrence.range
    }
    for (_, range) in ranges.sorted(by: { $0.key < $1.key }) {
      begin()
      append(field.name + " ")
      append("{")
      finishLine()
      level += 1
      try pair(entry, bytes.extracting(range), depth: depth)
      level -= 1
      begin()
      append("}")
      finishLine()
    }
  }

  /// Key and value, each also when it is zero.
  private mutating func pair(
    _ entry: MessageDescriptor, _ bytes: Span<UInt8>, depth: Int
  ) throws(TextError) {
    let values = try read(entry, bytes)
    for (index, field) in entry.fields.enumerated() {
      let own = values.all(index)
      if own.isEmpty {
        let zero = WireFields.Occurrence(
          index: index, bits: 0, range: 0..<0, isLengthDelimited: true)
        try value(field, [zero], bytes, depth: depth + 1)
      } else {
        try value(field, own, bytes, depth: depth + 1)
      }
    }
  }

  /// A key, comparable as its kind orders it.
  private struct MapKey: Comparable, Hashable {
    var number: UInt64 = 0
    var text: [UInt8] = []

    static func < (left: MapKey, right: MapKey) -> Bool {
      left.number != right.number
        ? left.number < right.number : left.text.lexicographicallyPrecedes(right.text)
    }
  }

  /// Signed numbers are shifted, so that one unsigned comparison orders all kinds.
  private func orderedNumber(_ bits: UInt64, _ kind: FieldKind) -> UInt64 {
    switch kind {
    case .uint32, .uint64, .fixed32, .fixed64: ScalarBits.unsigned(bits, kind)
    case .bool: bits == 0 ? 0 : 1
    default: UInt64(bitPattern: ScalarBits.signed(bits, kind)) ^ 1 << 63
    }
  }

  // MARK: Unknown fields

  private mutating func unknown(
    _ type: MessageDescriptor?, _ bytes: Span<UInt8>, depth: Int
  ) throws(TextError) {
    do throws(WireError) {
      var reader = WireReader(bytes)
      while let field = try reader.nextField() {
        if let own = type?.field(number: field.number), WireFields.matches(own, field.type) {
          try reader.skip(field)
        } else {
          try unknownField(field, &reader, bytes, depth: depth)
        }
      }
    } catch {
      throw TextError("malformed unknown field: \(error)")
    }
  }

  private mutating func unknownField(
    _ field: WireField, _ reader: inout WireReader, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    begin()
    append("\(field.number)")
    if options.redacts {
      try reader.skip(field)
      append(": [REDACTED]")
      return finishLine()
    }
    switch field.type {
    case .varint: append(": \(try reader.varint())")
    case .fixed32: append(": 0x" + Self.hexadecimal(UInt64(try reader.fixed32()), 8))
    case .fixed64: append(": 0x" + Self.hexadecimal(try reader.fixed64(), 16))
    case .lengthDelimited:
      return try unknownBytes(bytes.extracting(try reader.lengthDelimited()), depth: depth)
    case .groupStart: return try unknownGroup(field, &reader, bytes, depth: depth + 1)
    case .groupEnd: throw .unmatchedGroupEnd
    }
    finishLine()
  }

  private mutating func unknownGroup(
    _ start: WireField, _ reader: inout WireReader, _ bytes: Span<UInt8>, depth: Int
  ) throws(WireError) {
    guard depth < JSONWriter.depthMax else { throw .recursionLimitExceeded }
    append(" {")
    finishLine()
    level += 1
    while true {
      guard let field = try reader.nextField() else { throw .truncated }
      guard field.type != .groupEnd else {
        guard field.number == start.number else { throw .unmatchedGroupEnd }
        break
      }
      try unknownField(field, &reader, bytes, depth: depth)
    }
    level -= 1
    begin()
    append("}")
    finishLine()
  }

  /// Bytes that are a message, too, are shown as one, which they probably are.
  private mutating func unknownBytes(_ bytes: Span<UInt8>, depth: Int) throws(WireError) {
    let start = output.count
    let outerLevel = level
    if !bytes.isEmpty, depth < JSONWriter.depthMax {
      append(" {")
      finishLine()
      level += 1
      do throws(TextError) {
        try unknown(nil, bytes, depth: depth + 1)
        level -= 1
        begin()
        append("}")
        return finishLine()
      } catch {
        // Not a message, then: shown as bytes.
        level = outerLevel
        output.removeLast(output.count - start)
      }
    }
    append(": ")
    quoted([UInt8](copying: bytes), keepsUnicode: false)
    finishLine()
  }

  // MARK: Characters

  private mutating func append(_ text: String) { output += Array(text.utf8) }

  /// Indents a line, or separates what stands on one.
  private mutating func begin() {
    if options.singleLine {
      if !output.isEmpty { output.append(UInt8(ascii: " ")) }
    } else {
      output += repeatElement(UInt8(ascii: " "), count: 2 * level)
    }
  }

  private mutating func finishLine() {
    if !options.singleLine { output.append(UInt8(ascii: "\n")) }
  }

  private static func hexadecimal(_ value: UInt64, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  private mutating func quoted(_ bytes: [UInt8], keepsUnicode: Bool) {
    output.append(UInt8(ascii: "\""))
    for byte in bytes {
      switch byte {
      case 0x0a: append("\\n")
      case 0x0d: append("\\r")
      case 0x09: append("\\t")
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"):
        output += [UInt8(ascii: "\\"), byte]
      case 0x20..<0x7f: output.append(byte)
      case 0x80... where keepsUnicode: output.append(byte)
      default:
        let digits = String(byte, radix: 8)
        append("\\" + String(repeating: "0", count: 3 - digits.count) + digits)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
