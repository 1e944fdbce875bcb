internal import Wire

/// Decodes one file's messages of `descriptor.proto`; names in it are looked up in the index.
struct DescriptorReader {
  private let index: SymbolIndex
  private let file: FileDescriptor
  private var messages: [RawMessage] = []
  private var enums: [EnumDescriptor] = []
  private var services: [ServiceDescriptor] = []

  /// A message as declared, its field types by name only.
  private struct RawMessage {
    var fullName = ""
    var fields: [RawField] = []
    var oneofs: [(name: String, options: [UInt8])] = []
    var isMapEntry = false
    var options: [UInt8] = []
  }

  private struct RawField {
    var name = ""
    var jsonName = ""
    var number = 0
    var label = 1
    var type = 0
    var typeName = ""
    var oneofIndex: Int?
    var isProto3Optional = false
    var packed: Bool?
    var options: [UInt8] = []
    var isSecret = false
    var isPersonal = false
  }

  /// Numbers of the options in `klinke/options/v1/options.proto`.
  private enum Option {
    static let secret = 50_011
    static let personal = 50_012
  }

  init(_ index: SymbolIndex, file: FileDescriptor) {
    self.index = index
    self.file = file
  }

  mutating func content() throws(DescriptorError) -> FileContent {
    do throws(WireError) {
      try file.withBytes { (bytes) throws(WireError) in try readFile(bytes) }
    } catch {
      throw .malformed("\(error)")
    }
    var resolved: [MessageDescriptor] = []
    resolved.reserveCapacity(messages.count)
    for message in messages { resolved.append(try self.resolved(message)) }
    return FileContent(messages: resolved, enums: enums, services: services)
  }

  /// In the order of ``SymbolIndex``.
  private mutating func readFile(_ bytes: Span<UInt8>) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 4: try readMessage(bytes.extracting(try reader.nestedRange(field)), scope: file.scope)
      case 5: try readEnum(bytes.extracting(try reader.nestedRange(field)), scope: file.scope)
      case 6: try readService(bytes.extracting(try reader.nestedRange(field)))
      default: try reader.skip(field)
      }
    }
  }

  // MARK: Messages

  private mutating func readMessage(
    _ bytes: Span<UInt8>, scope: String
  ) throws(WireError) {
    var message = RawMessage()
    var nestedMessages: [Range<Int>] = []
    var nestedEnums: [Range<Int>] = []
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: message.fullName = scope + (try reader.string(field))
      case 2: message.fields.append(try Self.field(bytes.extracting(try reader.nestedRange(field))))
      case 3: nestedMessages.append(try reader.nestedRange(field))
      case 4: nestedEnums.append(try reader.nestedRange(field))
      case 7:
        message.options = try reader.bytes(field)
        message.isMapEntry =
          try OptionFlags.flag(7, in: message.options.span) ?? message.isMapEntry
      case 8: message.oneofs.append(try Self.oneof(bytes.extracting(try reader.nestedRange(field))))
      default: try reader.skip(field)
      }
    }
    messages.append(message)
    for range in nestedMessages {
      try readMessage(bytes.extracting(range), scope: message.fullName + ".")
    }
    for range in nestedEnums {
      try readEnum(bytes.extracting(range), scope: message.fullName + ".")
    }
  }

  private static func field(_ bytes: Span<UInt8>) throws(WireError) -> RawField {
    var result = RawField()
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: result.name = try reader.string(field)
      case 3: result.number = Int(try reader.int32(field))
      case 4: result.label = Int(try reader.int32(field))
      case 5: result.type = Int(try reader.int32(field))
      case 6: result.typeName = unqualified(try reader.string(field))
      case 8:
        result.options = try reader.bytes(field)
        result.packed = try OptionFlags.flag(2, in: result.options.span)
        result.isSecret = try OptionFlags.flag(Option.secret, in: result.options.span) ?? false
        result.isPersonal = try OptionFlags.flag(Option.personal, in: result.options.span) ?? false
      case 9: result.oneofIndex = Int(try reader.int32(field))
      case 10: result.jsonName = try reader.string(field)
      case 17: result.isProto3Optional = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
    if result.jsonName.isEmpty { result.jsonName = FieldName.camelCase(result.name) }
    return result
  }

  private mutating func readEnum(_ bytes: Span<UInt8>, scope: String) throws(WireError) {
    var fullName = scope
    var values: [(name: String, number: Int32)] = []
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: fullName = scope + (try reader.string(field))
      case 2: values.append(try Self.enumValue(bytes.extracting(try reader.nestedRange(field))))
      default: try reader.skip(field)
      }
    }
    enums.append(EnumDescriptor(fullName: fullName, values: values))
  }

  private static func enumValue(
    _ bytes: Span<UInt8>
  ) throws(WireError) -> (name: String, number: Int32) {
    var name = ""
    var number: Int32 = 0
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: number = try reader.int32(field)
      default: try reader.skip(field)
      }
    }
    return (name, number)
  }

  // MARK: Services

  private mutating func readService(_ bytes: Span<UInt8>) throws(WireError) {
    var fullName = file.scope
    var methods: [ServiceMethodDescriptor] = []
    var options: [UInt8] = []
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: fullName = file.scope + (try reader.string(field))
      case 2: methods.append(try Self.method(bytes.extracting(try reader.nestedRange(field))))
      case 3: options = try reader.bytes(field)
      default: try reader.skip(field)
      }
    }
    services.append(ServiceDescriptor(fullName: fullName, methods: methods, options: options))
  }

  private static func method(_ bytes: Span<UInt8>) throws(WireError) -> ServiceMethodDescriptor {
    var name = ""
    var input = ""
    var output = ""
    var options: [UInt8] = []
    var isClientStreaming = false
    var isServerStreaming = false
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: input = unqualified(try reader.string(field))
      case 3: output = unqualified(try reader.string(field))
      case 4: options = try reader.bytes(field)
      case 5: isClientStreaming = try reader.bool(field)
      case 6: isServerStreaming = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
    return ServiceMethodDescriptor(
      name: name, inputType: input, outputType: output, isClientStreaming: isClientStreaming,
      isServerStreaming: isServerStreaming, options: options)
  }

  // MARK: Resolution

  /// The message with every field's type looked up.
  private func resolved(_ message: RawMessage) throws(DescriptorError) -> MessageDescriptor {
    if message.isMapEntry, message.fields.count != 2 { throw .invalidField(message.fullName) }
    // Synthetic oneofs come after the real ones.
    let synthetic = message.fields.lazy.filter(\.isProto3Optional).compactMap(\.oneofIndex)
    let oneofs = message.oneofs.prefix(max(0, synthetic.min() ?? .max))
    var fields: [FieldDescriptor] = []
    fields.reserveCapacity(message.fields.count)
    for field in message.fields {
      fields.append(try resolved(field, in: message, oneofCount: oneofs.count))
    }
    return MessageDescriptor(
      fullName: message.fullName, fields: fields, oneofs: Array(oneofs),
      isMapEntry: message.isMapEntry, options: message.options)
  }

  private func resolved(
    _ field: RawField, in message: RawMessage, oneofCount: Int
  ) throws(DescriptorError) -> FieldDescriptor {
    let path = message.fullName + "." + field.name
    guard let kind = FieldKind(rawValue: field.type), field.number > 0 else {
      throw .invalidField(path)
    }
    let isRepeated = field.label == 3
    let oneofIndex = field.isProto3Optional ? nil : field.oneofIndex
    guard oneofIndex.map((0..<oneofCount).contains) ?? true else { throw .invalidField(path) }
    var typeIndex = -1
    var shape: FieldDescriptor.Shape = isRepeated ? .repeated : .singular
    switch kind {
    case .message, .group:
      guard let type = index.symbol(field.typeName, .message) else {
        throw .unknownType(field.typeName, field: path)
      }
      typeIndex = type.ordinal
      if isRepeated, index.isMapEntry[typeIndex] { shape = .map }
    case .enumeration:
      guard let type = index.symbol(field.typeName, .enumeration) else {
        throw .unknownType(field.typeName, field: path)
      }
      typeIndex = type.ordinal
    default: break
    }
    let isMessage = kind == .message || kind == .group
    return FieldDescriptor(
      name: field.name, jsonName: field.jsonName, number: field.number, kind: kind, shape: shape,
      typeName: field.typeName, typeIndex: typeIndex, oneofIndex: oneofIndex,
      hasPresence: !isRepeated
        && (isMessage || field.oneofIndex != nil || field.isProto3Optional || !file.isProto3),
      isPacked: isRepeated && kind.isPackable && (field.packed ?? file.isProto3),
      options: field.options, isSecret: field.isSecret, isPersonal: field.isPersonal)
  }

  // MARK: Small parts

  private static func unqualified(_ name: String) -> String {
    name.hasPrefix(".") ? String(name.dropFirst()) : name
  }

  private static func oneof(
    _ bytes: Span<UInt8>
  ) throws(WireError) -> (name: String, options: [UInt8]) {
    var name = ""
    var options: [UInt8] = []
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: options = try reader.bytes(field)
      default: try reader.skip(field)
      }
    }
    return (name, options)
  }
}
