internal import CodegenSchema

/// Writes a message: first what people read, then, apart from it, the wire code.
struct MessageEmitter {
  private let message: SchemaMessage
  private let context: EmitContext
  private let type: SwiftNames.TypeName
  private let isSilent: Bool
  private let fields: [FieldText]

  init?(_ message: SchemaMessage, isSilent: Bool, _ context: EmitContext) {
    guard let type = context.names.type(message.fullName) else { return nil }
    self.message = message
    self.context = context
    self.type = type
    self.isSilent = isSilent
    fields = message.fields.map { FieldText($0, in: message, scope: type, context) }
  }

  // MARK: What people read

  func declaration(_ text: inout SourceText) {
    if !isSilent { text.documentation(message.comment) }
    text.block("public struct \(type.path.last ?? ""): Message") { text in
      for property in properties { declare(property, &text) }
      text.line("/// Fields of a newer schema.")
      text.line("public var unknownFields = UnknownFields()")
      initializer(&text)
      for (index, oneof) in message.oneofs.enumerated() { declare(oneof, index, &text) }
      nestedTypes(&text)
    }
  }

  /// A stored value: a field, or a oneof as a whole where its first member stands.
  private enum Property {
    case field(FieldText)
    case oneof(name: String, type: String, comment: String)

    /// Whether the initialiser takes it.
    var isArgument: Bool {
      switch self {
      case .field(let field): !field.field.isDeprecated
      case .oneof: true
      }
    }
  }

  private var properties: [Property] {
    var seen: Set<Int> = []
    return fields.compactMap { field in
      guard case .oneof(let index) = field.field.shape else { return .field(field) }
      guard seen.insert(index).inserted else { return nil }
      let oneof = message.oneofs[index]
      return .oneof(
        name: property(of: oneof), type: context.names.oneofName(oneof, in: message),
        comment: oneof.comment)
    }
  }

  private func property(of oneof: SchemaOneof) -> String { escaped(lowerCamel(oneof.name)) }

  private func declare(_ property: Property, _ text: inout SourceText) {
    switch property {
    case .oneof(let name, let type, let comment):
      if !isSilent { text.documentation(comment) }
      text.line("public var \(name): \(type)?")
    case .field(let field):
      if !isSilent { text.documentation(field.field.comment) }
      declare(field, &text)
    }
  }

  private func declare(_ field: FieldText, _ text: inout SourceText) {
    let box = field.isBoxed ? "@Boxed " : ""
    // An optional is nil without saying so.
    let value = field.defaultValue == "nil" ? "" : " = \(field.defaultValue)"
    guard field.field.isDeprecated else {
      return text.line("\(box)public var \(field.name): \(field.type)\(value)")
    }
    text.line(deprecation)
    text.block("public var \(field.name): \(field.type)") { text in
      text.line("get { \(field.storage) }")
      text.line("set { \(field.storage) = newValue }")
    }
    text.line("\(box)var \(field.storage): \(field.type)\(value)")
  }

  /// One argument for each property that is not deprecated.
  private func initializer(_ text: inout SourceText) {
    let arguments = properties.filter(\.isArgument).map {
      property -> (name: String, text: String) in
      switch property {
      case .field(let field):
        (field.name, "\(field.name): \(field.type) = \(field.defaultValue)")
      case .oneof(let name, let type, _): (name, "\(name): \(type)? = nil")
      }
    }
    text.line()
    guard !arguments.isEmpty else { return text.line("public init() {}") }
    // Not the type: what others have sent must still be read without a warning.
    if message.isDeprecated { text.line(deprecation) }
    text.list("public init(", arguments.map(\.text), ") {")
    text.indented { text in
      for argument in arguments { text.line("self.\(argument.name) = \(argument.name)") }
    }
    text.line("}")
  }

  private func declare(_ oneof: SchemaOneof, _ index: Int, _ text: inout SourceText) {
    text.line()
    if !isSilent { text.documentation(oneof.comment) }
    let name = context.names.oneofName(oneof, in: message)
    text.block("public enum \(name): Hashable, Sendable") { text in
      for field in members(of: index) {
        if !isSilent { text.documentation(field.field.comment) }
        text.line("\(field.isBoxed ? "indirect " : "")case \(field.name)(\(field.valueType))")
      }
    }
  }

  private func members(of oneof: Int) -> [FieldText] {
    fields.filter { $0.field.shape == .oneof(oneof) }
  }

  private func nestedTypes(_ text: inout SourceText) {
    for item in message.enums {
      text.line()
      EnumEmitter(item, isSilent: isSilent).declaration(
        context.names.simpleName(item.fullName), &text)
    }
    for inner in message.messages {
      text.line()
      MessageEmitter(inner, isSilent: isSilent, context)?.declaration(&text)
    }
  }

  // MARK: Wire code

  func wireFormat(_ text: inout SourceText) {
    let name = type.path.joined(separator: ".")
    text.block("extension \(name)") { text in
      text.line("public static var protoName: String { \(literal(message.fullName)) }")
      text.line()
      if properties.contains(where: \.isArgument) {
        text.line("public init() {}")
        text.line()
      }
      text.block("public func encode(into output: inout WireWriter)") { encode(&$0) }
      text.line()
      text.block("public mutating func merge(from reader: inout WireReader) throws(WireError)") {
        merge(&$0)
      }
    }
    for item in message.enums {
      text.line()
      let path = name + "." + context.names.simpleName(item.fullName)
      EnumEmitter(item, isSilent: isSilent).wireFormat(path, &text)
    }
    for inner in message.messages {
      text.line()
      MessageEmitter(inner, isSilent: isSilent, context)?.wireFormat(&text)
    }
  }

  private var inOrder: [FieldText] { fields.sorted { $0.field.number < $1.field.number } }

  private func encode(_ text: inout SourceText) {
    for field in inOrder {
      if let value = pattern(field) {
        text.line("if \(value) { \(field.append("value")) }")
      } else {
        text.line(field.append())
      }
    }
    text.line("output.appendUnknown(unknownFields)")
  }

  /// The condition under which a member of a oneof is set; nil for other fields.
  private func pattern(_ field: FieldText) -> String? {
    guard case .oneof(let index) = field.field.shape else { return nil }
    return "case .\(field.name)(let value)? = \(stored(message.oneofs[index]))"
  }

  /// The oneof as the wire code writes it, which has locals of these names.
  private func stored(_ oneof: SchemaOneof) -> String {
    let name = property(of: oneof)
    return ["output", "reader", "tag", "value"].contains(name) ? "self.\(name)" : name
  }

  private func merge(_ text: inout SourceText) {
    text.block("while let tag = try reader.nextTag()") { text in
      guard !fields.isEmpty else {
        return text.line("try reader.keepUnknown(tag, in: &unknownFields)")
      }
      text.line("switch tag {")
      for field in inOrder { merge(field, &text) }
      text.line("default: try reader.keepUnknown(tag, in: &unknownFields)")
      text.line("}")
    }
  }

  private func merge(_ field: FieldText, _ text: inout SourceText) {
    let label = "case \(field.tags):"
    guard case .oneof(let index) = field.field.shape else {
      return text.line("\(label) \(field.merge)")
    }
    let oneof = stored(message.oneofs[index])
    guard case .message = field.field.type else {
      return text.line("\(label) \(oneof) = .\(field.name)(\(field.read))")
    }
    // The same member twice merges; another member replaces.
    text.line(label)
    text.indented { text in
      text.line("var value = \(field.valueType)()")
      text.line("if case .\(field.name)(let current)? = \(oneof) { value = current }")
      text.line("try reader.message(into: &value)")
      text.line("\(oneof) = .\(field.name)(value)")
    }
  }
}
