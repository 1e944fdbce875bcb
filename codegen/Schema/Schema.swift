/// Everything one run of the generator knows: all files of the request, checked, with their types
/// by full name.
package struct Schema: Sendable {
  /// In protoc's order: imports come before the files that import them.
  package let files: [SchemaFile]
  package let modules: ModuleMap

  private let messages: [String: SchemaMessage]
  private let enums: [String: SchemaEnum]
  private let filesByPath: [String: SchemaFile]

  package init(files: [SchemaFile], modules: ModuleMap) {
    var messages: [String: SchemaMessage] = [:]
    var enums: [String: SchemaEnum] = [:]
    for file in files {
      for message in file.allMessages { messages[message.fullName] = message }
      for item in file.allEnums { enums[item.fullName] = item }
    }
    self.files = files
    self.modules = modules
    self.messages = messages
    self.enums = enums
    filesByPath = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
  }

  /// The files that were asked for.
  package var generatedFiles: [SchemaFile] { files.filter(\.isGenerated) }

  package func message(_ fullName: String) -> SchemaMessage? { messages[fullName] }
  package func enumeration(_ fullName: String) -> SchemaEnum? { enums[fullName] }
  package func file(_ path: String) -> SchemaFile? { filesByPath[path] }
}

/// Where something stands in a `.proto` file.
package struct SourcePosition: Hashable, Sendable {
  package let file: String
  /// From 1; 0 when the compiler did not say.
  package let line: Int
}

/// One `.proto` file.
package struct SchemaFile: Sendable {
  /// As imports name it: `klinke/tenant/v1/tenant.proto`.
  package let path: String
  /// `klinke.tenant.v1`
  package let package: String
  /// `proto2` or `proto3`.
  package let syntax: String
  package let imports: [String]
  package let messages: [SchemaMessage]
  package let enums: [SchemaEnum]
  package let services: [SchemaService]
  /// Whether the compiler was asked to generate it, rather than only reading it as an import.
  package let isGenerated: Bool
  /// The file as a `FileDescriptorProto` without comments.
  package let descriptor: [UInt8]

  /// Messages of every depth, outer ones first; map entries are left out.
  package var allMessages: [SchemaMessage] { messages.flatMap(\.withNested) }

  /// Enums of every depth.
  package var allEnums: [SchemaEnum] { enums + allMessages.flatMap(\.enums) }
}

/// A message type.
package struct SchemaMessage: Sendable {
  package let name: String
  /// `klinke.tenant.v1.Tenant`, without a dot in front.
  package let fullName: String
  package let position: SourcePosition
  package let comment: String
  package let isDeprecated: Bool
  /// In the order of the file.
  package let fields: [SchemaField]
  /// Those a person wrote; the one-member ones behind `optional` are left out.
  package let oneofs: [SchemaOneof]
  package let messages: [SchemaMessage]
  package let enums: [SchemaEnum]

  var withNested: [SchemaMessage] { [self] + messages.flatMap(\.withNested) }

  package func field(_ name: String) -> SchemaField? { fields.first { $0.name == name } }
}

package struct SchemaOneof: Sendable {
  package let name: String
  package let comment: String
}

/// A field of a message.
package struct SchemaField: Sendable {
  package enum Shape: Hashable, Sendable {
    /// Absent and default are the same.
    case implicit
    /// Knows whether it is there: `optional`, and every message.
    case explicit
    case repeated(packed: Bool)
    /// The field's ``SchemaField/type`` is the value's.
    case map(key: ScalarType)
    /// A member of the oneof at this index of ``SchemaMessage/oneofs``.
    case oneof(Int)
  }

  package let name: String
  package let jsonName: String
  package let number: Int
  package let position: SourcePosition
  package let comment: String
  package let isDeprecated: Bool
  package let type: FieldType
  package let shape: Shape
  package let options: FieldOptions

  /// A call without it is refused: an option or the comment says so.
  package var isRequired: Bool { options.isRequired || comment.contains("Required.") }

  /// Set by the server, so that what a caller sends there is not looked at.
  package var isOutput: Bool { options.isOutput || comment.contains("set by the server") }

  package var isRepeated: Bool {
    if case .repeated = shape { return true }
    return false
  }

  package var isMap: Bool {
    if case .map = shape { return true }
    return false
  }
}

package enum FieldType: Hashable, Sendable {
  case scalar(ScalarType)
  /// By full name.
  case message(String)
  /// By full name.
  case enumeration(String)
}

/// The types that are built into the language, spelled as there.
package enum ScalarType: String, Hashable, Sendable {
  case double, float, int32, int64, uint32, uint64, sint32, sint64
  case fixed32, fixed64, sfixed32, sfixed64, bool, string, bytes
}

package struct SchemaEnum: Sendable {
  package struct Value: Sendable {
    package let name: String
    package let number: Int32
    package let comment: String
    package let isDeprecated: Bool
  }

  package let name: String
  package let fullName: String
  package let position: SourcePosition
  package let comment: String
  /// In the order of the file; a number may come twice when the enum allows aliases.
  package let values: [Value]
}

package struct SchemaService: Sendable {
  package let name: String
  package let fullName: String
  package let position: SourcePosition
  package let comment: String
  package let methods: [SchemaMethod]

  /// Where a method is called: `/package.Service/Method`.
  package func path(of method: SchemaMethod) -> String { "/\(fullName)/\(method.name)" }
}

package struct SchemaMethod: Sendable {
  package enum Kind: Hashable, Sendable {
    case unary, serverStreaming, clientStreaming, bidirectional
  }

  package enum Idempotency: Hashable, Sendable {
    case unknown, noSideEffects, idempotent
  }

  package let name: String
  package let position: SourcePosition
  package let comment: String
  package let isDeprecated: Bool
  package let kind: Kind
  /// Full name of the request message.
  package let request: String
  /// Full name of the response message.
  package let response: String
  package let idempotency: Idempotency
  package let options: MethodOptions
}
