internal import Wire

/// Where the types and services of a descriptor set are declared.
///
/// Reads names and imports only, so it costs a fraction of decoding the set, and answers enough to
/// decode any one file without the others.
struct SymbolIndex: Sendable {
  enum Kind: Sendable { case message, enumeration, service }

  struct Symbol: Sendable {
    let kind: Kind
    /// The how-manieth of its kind in the set.
    let ordinal: Int
    /// Index into ``SymbolIndex/files``.
    let file: Int
  }

  private(set) var files: [FileDescriptor] = []
  private(set) var symbols: [String: Symbol] = [:]
  /// For each message, the index of its file.
  private(set) var fileOfMessage: [Int] = []
  /// For each message, whether it is the entry of a map.
  private(set) var isMapEntry: [Bool] = []
  /// For each enum, the index of its file.
  private(set) var fileOfEnum: [Int] = []
  private var serviceCount = 0

  /// Messages inside each other.
  static let depthMax = 100

  init(_ set: [UInt8]) throws(WireError) {
    var reader = WireReader(set.span)
    while let field = try reader.nextField() {
      guard field.number == 1, field.type == .lengthDelimited else {
        try reader.skip(field)
        continue
      }
      try addFile(try reader.lengthDelimited(), of: set)
    }
  }

  func symbol(_ name: String, _ kind: Kind) -> Symbol? {
    guard let symbol = symbols[name], symbol.kind == kind else { return nil }
    return symbol
  }

  // MARK: Reading

  private mutating func addFile(_ range: Range<Int>, of set: [UInt8]) throws(WireError) {
    let bytes = set.span.extracting(range)
    var file = FileDescriptor(set: set, range: range)
    file.firstMessage = fileOfMessage.count
    file.firstEnum = fileOfEnum.count
    file.firstService = serviceCount
    // Package and syntax may come after the types, which need them.
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: file.name = try reader.string(field)
      case 2: file.package = try reader.string(field)
      case 3: file.dependencies.append(try reader.string(field))
      case 12: file.isProto3 = try reader.string(field) == "proto3"
      default: try reader.skip(field)
      }
    }
    files.append(file)
    reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 4:
        let range = try reader.nestedRange(field)
        try addMessage(bytes.extracting(range), scope: file.scope, depth: 0)
      case 5:
        try addEnum(bytes.extracting(try reader.nestedRange(field)), scope: file.scope)
      case 6:
        let name = try Self.name(of: bytes.extracting(try reader.nestedRange(field)))
        add(file.scope + name, .service, ordinal: serviceCount)
        serviceCount += 1
      default: try reader.skip(field)
      }
    }
  }

  /// In the order of ``DescriptorReader``: a message, the messages in it, the enums in it.
  private mutating func addMessage(
    _ bytes: Span<UInt8>, scope: String, depth: Int
  ) throws(WireError) {
    guard depth < Self.depthMax else { throw WireError(.recursionLimitExceeded) }
    var name = ""
    var messages: [Range<Int>] = []
    var enums: [Range<Int>] = []
    var isEntry = false
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: name = scope + (try reader.string(field))
      case 3: messages.append(try reader.nestedRange(field))
      case 4: enums.append(try reader.nestedRange(field))
      case 7:
        let options = bytes.extracting(try reader.nestedRange(field))
        isEntry = try OptionFlags.flag(7, in: options) ?? isEntry
      default: try reader.skip(field)
      }
    }
    add(name, .message, ordinal: fileOfMessage.count)
    fileOfMessage.append(files.count - 1)
    isMapEntry.append(isEntry)
    for range in messages {
      try addMessage(bytes.extracting(range), scope: name + ".", depth: depth + 1)
    }
    for range in enums { try addEnum(bytes.extracting(range), scope: name + ".") }
  }

  private mutating func addEnum(_ bytes: Span<UInt8>, scope: String) throws(WireError) {
    add(scope + (try Self.name(of: bytes)), .enumeration, ordinal: fileOfEnum.count)
    fileOfEnum.append(files.count - 1)
  }

  private mutating func add(_ name: String, _ kind: Kind, ordinal: Int) {
    symbols[name] = Symbol(kind: kind, ordinal: ordinal, file: files.count - 1)
  }

  /// Field 1 of whatever has a name.
  private static func name(of bytes: Span<UInt8>) throws(WireError) -> String {
    var name = ""
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      if field.number == 1 { name = try reader.string(field) } else { try reader.skip(field) }
    }
    return name
  }
}

extension WireReader {
  /// Where the message in a field is.
  mutating func nestedRange(_ field: WireField) throws(WireError) -> Range<Int> {
    try expect(field, .lengthDelimited)
    return try lengthDelimited()
  }
}

/// Options that are a truth value.
enum OptionFlags {
  /// The option with this number; nil when it is not set.
  static func flag(_ number: Int, in options: Span<UInt8>) throws(WireError) -> Bool? {
    var value: Bool?
    var reader = WireReader(options)
    while let field = try reader.nextField() {
      if field.number == number { value = try reader.bool(field) } else { try reader.skip(field) }
    }
    return value
  }
}
