internal import Wire

/// Decodes the messages of `descriptor.proto` and resolves the names in them.
struct DescriptorReader {
  private(set) var files: [FileDescriptor] = []
  private(set) var enums: [EnumDescriptor] = []
  private(set) var services: [ServiceDescriptor] = []
  private(set) var messageIndex: [String: Int] = [:]
  private(set) var enumIndex: [String: Int] = [:]
  private(set) var fileOfSymbol: [String: Int] = [:]
  private var messages: [RawMessage] = []

  /// A message as declared, its field types by name only.
  private struct RawMessage {
    var fullName = ""
    var fields: [RawField] = []
    var oneofs: [(name: String, options: [UInt8])] = []
    var isMapEntry = false
    var isProto3 = false
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

  // MARK: Files

  mutating func read(_ bytes: [UInt8]) throws(WireError) {
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      if field.number == 1 {
        try readFile(try reader.bytes(field))
      } else {
        try reader.skip(field)
      }
    }
  }

  private mutating func readFile(_ bytes: [UInt8]) throws(WireError) {
    var name = ""
    var package = ""
    var dependencies: [String] = []
    var isProto3 = false
    // Package and syntax may come after the types, which need them.
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: package = try reader.string(field)
      case 3: dependencies.append(try reader.string(field))
      case 12: isProto3 = try reader.string(field) == "proto3"
      default: try reader.skip(field)
      }
    }
    files.append(
      FileDescriptor(name: name, package: package, dependencies: dependencies, bytes: bytes))
    let scope = package.isEmpty ? "" : package + "."
    reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 4: try readMessage(try reader.bytes(field), scope: scope, isProto3: isProto3)
      case 5: try readEnum(try reader.bytes(field), scope: scope)
      case 6: try readService(try reader.bytes(field), scope: scope)
      default: try reader.skip(field)
      }
    }
  }

  // MARK: Messages

  private mutating func readMessage(
    _ bytes: [UInt8], scope: String, isProto3: Bool
  ) throws(WireError) {
    var message = RawMessage()
    message.isProto3 = isProto3
    var nestedMessages: [[UInt8]] = []
    var nestedEnums: [[UInt8]] = []
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: message.fullName = scope + (try reader.string(field))
      case 2: message.fields.append(try Self.field(try reader.bytes(field)))
      case 3: nestedMessages.append(try reader.bytes(field))
      case 4: nestedEnums.append(try reader.bytes(field))
      case 7:
        message.options = try reader.bytes(field)
        message.isMapEntry = try Self.flag(7, in: message.options) ?? false
      case 8: message.oneofs.append(try Self.oneof(try reader.bytes(field)))
      default: try reader.skip(field)
      }
    }
    messageIndex[message.fullName] = messages.count
    fileOfSymbol[message.fullName] = files.count - 1
    messages.append(message)
    for nested in nestedMessages {
      try readMessage(nested, scope: message.fullName + ".", isProto3: isProto3)
    }
    for nested in nestedEnums { try readEnum(nested, scope: message.fullName + ".") }
  }

  private static func field(_ bytes: [UInt8]) throws(WireError) -> RawField {
    var result = RawField()
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: result.name = try reader.string(field)
      case 3: result.number = Int(try reader.int32(field))
      case 4: result.label = Int(try reader.int32(field))
      case 5: result.type = Int(try reader.int32(field))
      case 6: result.typeName = unqualified(try reader.string(field))
      case 8:
        result.options = try reader.bytes(field)
        result.packed = try flag(2, in: result.options)
        result.isSecret = try flag(Option.secret, in: result.options) ?? false
        result.isPersonal = try flag(Option.personal, in: result.options) ?? false
      case 9: result.oneofIndex = Int(try reader.int32(field))
      case 10: result.jsonName = try reader.string(field)
      case 17: result.isProto3Optional = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
    if result.jsonName.isEmpty { result.jsonName = FieldName.camelCase(result.name) }
    return result
  }

  private mutating func readEnum(_ bytes: [UInt8], scope: String) throws(WireError) {
    var fullName = scope
    var values: [(name: String, number: Int32)] = []
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: fullName = scope + (try reader.string(field))
      case 2: values.append(try Self.enumValue(try reader.bytes(field)))
      default: try reader.skip(field)
      }
    }
    enumIndex[fullName] = enums.count
    fileOfSymbol[fullName] = files.count - 1
    enums.append(EnumDescriptor(fullName: fullName, values: values))
  }

  private static func enumValue(
    _ bytes: [UInt8]
  ) throws(WireError) -> (name: String, number: Int32) {
    var name = ""
    var number: Int32 = 0
    var reader = WireReader(bytes.span)
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

  private mutating func readService(_ bytes: [UInt8], scope: String) throws(WireError) {
    var fullName = scope
    var methods: [ServiceMethodDescriptor] = []
    var options: [UInt8] = []
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: fullName = scope + (try reader.string(field))
      case 2: methods.append(try Self.method(try reader.bytes(field)))
      case 3: options = try reader.bytes(field)
      default: try reader.skip(field)
      }
    }
    fileOfSymbol[fullName] = files.count - 1
    services.append(ServiceDescriptor(fullName: fullName, methods: methods, options: options))
  }

  private static func method(_ bytes: [UInt8]) throws(WireError) -> ServiceMethodDescriptor {
    var name = ""
    var input = ""
    var output = ""
    var options: [UInt8] = []
    var isClientStreaming = false
    var isServerStreaming = false
    var reader = WireReader(bytes.span)
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

  /// The messages with every field's type looked up.
  func resolvedMessages() throws(DescriptorError) -> [MessageDescriptor] {
    var result: [MessageDescriptor] = []
    result.reserveCapacity(messages.count)
    for message in messages {
      var fields: [FieldDescriptor] = []
      for field in message.fields { fields.append(try resolved(field, in: message)) }
      let hasSynthetic = message.fields.contains { $0.isProto3Optional }
      // Synthetic oneofs come after the real ones.
      let firstSynthetic = message.fields.filter(\.isProto3Optional).compactMap(\.oneofIndex).min()
      let oneofs = hasSynthetic ? message.oneofs.prefix(firstSynthetic ?? 0) : message.oneofs[...]
      result.append(
        MessageDescriptor(
          fullName: message.fullName, fields: fields, oneofs: Array(oneofs),
          isMapEntry: message.isMapEntry, options: message.options))
    }
    return result
  }

  private func resolved(
    _ field: RawField, in message: RawMessage
  ) throws(DescriptorError) -> FieldDescriptor {
    let path = message.fullName + "." + field.name
    guard let kind = FieldKind(rawValue: field.type), field.number > 0 else {
      throw .invalidField(path)
    }
    let isRepeated = field.label == 3
    let oneofIndex = field.isProto3Optional ? nil : field.oneofIndex
    guard oneofIndex.map(message.oneofs.indices.contains) ?? true else { throw .invalidField(path) }
    var typeIndex = -1
    var shape: FieldDescriptor.Shape = isRepeated ? .repeated : .singular
    switch kind {
    case .message, .group:
      guard let index = messageIndex[field.typeName] else {
        throw .unknownType(field.typeName, field: path)
      }
      typeIndex = index
      if isRepeated, messages[index].isMapEntry {
        guard messages[index].fields.count == 2 else { throw .invalidField(path) }
        shape = .map
      }
    case .enumeration:
      guard let index = enumIndex[field.typeName] else {
        throw .unknownType(field.typeName, field: path)
      }
      typeIndex = index
    default: break
    }
    let isMessage = kind == .message || kind == .group
    return FieldDescriptor(
      name: field.name, jsonName: field.jsonName, number: field.number, kind: kind, shape: shape,
      typeName: field.typeName, typeIndex: typeIndex, oneofIndex: oneofIndex,
      hasPresence: !isRepeated
        && (isMessage || field.oneofIndex != nil || field.isProto3Optional || !message.isProto3),
      isPacked: isRepeated && kind.isPackable && (field.packed ?? message.isProto3),
      options: field.options, isSecret: field.isSecret, isPersonal: field.isPersonal)
  }

  // MARK: Small parts

  private static func unqualified(_ name: String) -> String {
    name.hasPrefix(".") ? String(name.dropFirst()) : name
  }

  private static func oneof(
    _ bytes: [UInt8]
  ) throws(WireError) -> (name: String, options: [UInt8]) {
    var name = ""
    var options: [UInt8] = []
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: options = try reader.bytes(field)
      default: try reader.skip(field)
      }
    }
    return (name, options)
  }

  /// The boolean option with this number; nil when it is not set.
  private static func flag(_ number: Int, in options: [UInt8]) throws(WireError) -> Bool? {
    var value: Bool?
    var reader = WireReader(options.span)
    while let field = try reader.nextField() {
      if field.number == number { value = try reader.bool(field) } else { try reader.skip(field) }
    }
    return value
  }
}
