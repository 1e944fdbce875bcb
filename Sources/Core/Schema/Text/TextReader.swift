internal import Wire

/// Reads text into wire bytes.
struct TextReader {
  private let pool: DescriptorPool
  private let text: String

  init(_ text: String, pool: DescriptorPool) {
    self.text = text
    self.pool = pool
  }

  mutating func whole(_ type: MessageDescriptor) throws(TextError) -> [UInt8] {
    var scanner = try TextScanner(text)
    return try message(type, &scanner, until: nil, depth: 0)
  }

  /// The fields of a message up to a closing sign, encoded in the order of their numbers.
  private func message(
    _ type: MessageDescriptor, _ scanner: inout TextScanner, until end: Unicode.Scalar?, depth: Int
  ) throws(TextError) -> [UInt8] {
    guard depth < JSONWriter.depthMax else {
      throw scanner.error("nested deeper than \(JSONWriter.depthMax) messages")
    }
    var values = TextFields(type)
    while true {
      if let end {
        if try scanner.take(end) { break }
      } else if scanner.token == .end {
        break
      }
      try field(type, &scanner, &values, depth: depth)
      if try !scanner.take(",") { _ = try scanner.take(";") }
    }
    return values.encoded()
  }

  private func field(
    _ type: MessageDescriptor, _ scanner: inout TextScanner, _ values: inout TextFields, depth: Int
  ) throws(TextError) {
    if type.wellKnown == .any, scanner.token == .sign(UInt8(ascii: "[")) {
      return try any(type, &scanner, &values, depth: depth)
    }
    guard case .name(let name) = scanner.token else {
      throw scanner.error("expected a field of \(type.fullName), found \(scanner.words)")
    }
    guard let index = index(of: name, in: type) else {
      guard ReservedNames.contain(name, of: type, in: pool) else {
        throw scanner.error("\(type.fullName) has no field `\(JSONError.clipped(name))`")
      }
      // A field that was once there is passed over, whatever its value.
      try scanner.advance()
      return try scanner.skipValue(depth: depth)
    }
    let field = type.fields[index]
    if let other = values.conflict(with: index) {
      throw scanner.error(
        other == index
          ? "field `\(name)` is given twice"
          : "field `\(name)` is of the same oneof as `\(type.fields[other].name)`")
    }
    try scanner.advance()
    let hasColon = try scanner.take(":")
    if !hasColon, field.kind != .message {
      throw scanner.error("expected `:` after `\(name)`, found \(scanner.words)")
    }
    guard field.isRepeated, try scanner.take("[") else {
      return values.add(index, try value(field, &scanner, depth: depth))
    }
    if try scanner.take("]") { return }
    repeat {
      values.add(index, try value(field, &scanner, depth: depth))
    } while try scanner.take(",")
    try scanner.expect("]")
  }

  /// Other than in JSON, only the name of the declaration counts.
  private func index(of name: String, in type: MessageDescriptor) -> Int? {
    if let index = type.index(named: name), type.fields[index].name == name { return index }
    return type.fields.firstIndex { $0.name == name }
  }

  /// `[type.googleapis.com/a.B] { … }`
  private func any(
    _ type: MessageDescriptor, _ scanner: inout TextScanner, _ values: inout TextFields, depth: Int
  ) throws(TextError) {
    try scanner.expect("[")
    var url = ""
    while try !scanner.take("]") {
      switch scanner.token {
      case .name(let name): url += name
      case .number(let number): url += number
      case .sign(let byte) where "./-%".utf8.contains(byte): url.unicodeScalars.append(.init(byte))
      default: throw scanner.error("expected a type URL, found \(scanner.words)")
      }
      try scanner.advance()
    }
    guard let slash = url.lastIndex(of: "/"),
      let inner = pool.message(named: String(url[url.index(after: slash)...]))
    else { throw scanner.error("there is no type `\(JSONError.clipped(url))`") }
    guard values.isEmpty else { throw scanner.error("the type URL is given beside other fields") }
    _ = try scanner.take(":")
    for (index, field) in type.fields.enumerated() {
      if field.number == 1 { values.add(index, TextValue(bytes: Array(url.utf8))) }
      if field.number == 2 {
        values.add(index, TextValue(bytes: try braces(inner, &scanner, depth: depth)))
      }
    }
  }

  private func braces(
    _ type: MessageDescriptor, _ scanner: inout TextScanner, depth: Int
  ) throws(TextError) -> [UInt8] {
    if try scanner.take("<") {
      return try message(type, &scanner, until: ">", depth: depth + 1)
    }
    try scanner.expect("{")
    return try message(type, &scanner, until: "}", depth: depth + 1)
  }

  // MARK: Values

  private func value(
    _ field: FieldDescriptor, _ scanner: inout TextScanner, depth: Int
  ) throws(TextError) -> TextValue {
    switch field.kind {
    case .message: TextValue(bytes: try braces(pool.message(of: field), &scanner, depth: depth))
    case .group: throw scanner.error("groups are not supported")
    case .string, .bytes: TextValue(bytes: try string(field, &scanner))
    case .bool: TextValue(bits: try bool(field, &scanner))
    case .enumeration: TextValue(bits: try enumeration(field, &scanner))
    case .double, .float: TextValue(bits: try floating(field, &scanner))
    default: TextValue(bits: try integer(field, &scanner))
    }
  }

  private func expected(_ field: FieldDescriptor, _ scanner: TextScanner) -> TextError {
    scanner.error("expected \(field.kind.protoName) for `\(field.name)`, found \(scanner.words)")
  }

  /// One string, or several in a row, which are one.
  private func string(
    _ field: FieldDescriptor, _ scanner: inout TextScanner
  ) throws(TextError) -> [UInt8] {
    guard case .string(var bytes) = scanner.token else { throw expected(field, scanner) }
    try scanner.advance()
    while case .string(let more) = scanner.token {
      bytes += more
      try scanner.advance()
    }
    if field.kind == .string, String(validating: bytes, as: UTF8.self) == nil {
      throw scanner.error("the value of `\(field.name)` is not UTF-8")
    }
    return bytes
  }

  private func bool(
    _ field: FieldDescriptor, _ scanner: inout TextScanner
  ) throws(TextError) -> UInt64 {
    let value: UInt64
    switch scanner.token {
    case .name("true"), .name("True"), .name("t"): value = 1
    case .name("false"), .name("False"), .name("f"): value = 0
    case .number(let text):
      guard let number = Self.magnitude(text), number <= 1 else { throw expected(field, scanner) }
      value = number
    default: throw expected(field, scanner)
    }
    try scanner.advance()
    return value
  }

  private func enumeration(
    _ field: FieldDescriptor, _ scanner: inout TextScanner
  ) throws(TextError) -> UInt64 {
    guard case .name(let name) = scanner.token else { return try integer(field, &scanner) }
    guard let number = pool.enumeration(of: field).number(of: name) else {
      throw scanner.error("\(field.typeName) has no value \(scanner.words)")
    }
    try scanner.advance()
    return UInt64(bitPattern: Int64(number))
  }

  /// Decimal, `0x` hexadecimal or `0` octal.
  private func integer(
    _ field: FieldDescriptor, _ scanner: inout TextScanner
  ) throws(TextError) -> UInt64 {
    let isNegative = try scanner.take("-")
    guard case .number(let text) = scanner.token, let magnitude = Self.magnitude(text) else {
      throw expected(field, scanner)
    }
    let fits: Bool
    switch field.kind {
    case .uint32, .fixed32: fits = magnitude <= (isNegative ? 0 : UInt64(UInt32.max))
    case .uint64, .fixed64: fits = !isNegative || magnitude == 0
    case .int64, .sint64, .sfixed64: fits = magnitude <= 1 << 63 - (isNegative ? 0 : 1)
    default: fits = magnitude <= 1 << 31 - (isNegative ? 0 : 1)
    }
    guard fits else {
      throw scanner.error("\(scanner.words) is out of range for `\(field.name)`")
    }
    try scanner.advance()
    return isNegative ? 0 &- magnitude : magnitude
  }

  private static func magnitude(_ text: String) -> UInt64? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt64(text.dropFirst(2), radix: 16) }
    return text.hasPrefix("0") ? UInt64(text, radix: 8) : UInt64(text)
  }

  private func floating(
    _ field: FieldDescriptor, _ scanner: inout TextScanner
  ) throws(TextError) -> UInt64 {
    let sign = try scanner.take("-") ? "-" : ""
    let word: String
    switch scanner.token {
    case .name(let name): word = name.lowercased()
    case .number(let text):
      // Hexadecimal and octal are for integers.
      let second = text.utf8.dropFirst().first ?? 0
      guard !text.hasPrefix("0") || !(TextFormat.isDigit(second) || second | 0x20 == 0x78) else {
        throw expected(field, scanner)
      }
      word = text.lowercased().hasSuffix("f") ? String(text.dropLast()) : text
    default: throw expected(field, scanner)
    }
    let isName = ["inf", "infinity", "nan"].contains(word)
    guard isName || word.utf8.first.map({ $0 < 0x3a }) == true else {
      throw expected(field, scanner)
    }
    // What is not a number has no sign either.
    let number = word == "nan" ? word : sign + word
    let bits: UInt64?
    if field.kind == .float {
      bits = Float(number).map { UInt64($0.bitPattern) }
    } else {
      bits = Double(number).map(\.bitPattern)
    }
    guard let bits else { throw expected(field, scanner) }
    try scanner.advance()
    return bits
  }
}

/// The value of a field as it was read.
struct TextValue {
  var bits: UInt64 = 0
  var bytes: [UInt8] = []
}

/// The fields of one message as they were read, in no order.
struct TextFields {
  private let type: MessageDescriptor
  private var values: [Int: [TextValue]] = [:]

  init(_ type: MessageDescriptor) { self.type = type }

  var isEmpty: Bool { values.isEmpty }

  mutating func add(_ index: Int, _ value: TextValue) { values[index, default: []].append(value) }

  /// A field that is there already and excludes the one at `index`.
  func conflict(with index: Int) -> Int? {
    guard !type.fields[index].isRepeated else { return nil }
    if values[index] != nil { return index }
    guard let oneof = type.fields[index].oneofIndex else { return nil }
    return values.keys.first { type.fields[$0].oneofIndex == oneof }
  }

  func encoded() -> [UInt8] {
    var output = WireOutput()
    var values = values
    if type.isMapEntry {
      // Entries are written whole, as everybody does.
      for index in type.fields.indices where values[index] == nil { values[index] = [TextValue()] }
    }
    for (index, own) in values.sorted(by: {
      type.fields[$0.key].number < type.fields[$1.key].number
    }) {
      let field = type.fields[index]
      if field.isPacked {
        var packed = WireOutput()
        for value in own { JSONScalar.write(value.bits, field.kind, to: &packed) }
        output.tag(field.number, .lengthDelimited)
        output.lengthDelimited(packed.bytes)
      } else {
        for value in own { write(field, value, to: &output) }
      }
    }
    return output.bytes
  }

  private func write(_ field: FieldDescriptor, _ value: TextValue, to output: inout WireOutput) {
    let isImplicit = !field.hasPresence && !field.isRepeated && !type.isMapEntry
    if JSONScalar.wireType(field.kind) == .lengthDelimited {
      if isImplicit, value.bytes.isEmpty { return }
      output.tag(field.number, .lengthDelimited)
      output.lengthDelimited(value.bytes)
    } else if !isImplicit || value.bits != 0 {
      JSONScalar.write(value.bits, field.kind, field: field.number, to: &output)
    }
  }
}
