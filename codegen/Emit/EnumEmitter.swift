internal import CodegenSchema

/// Writes an enum: its cases, and apart from them its numbers.
struct EnumEmitter {
  private let item: SchemaEnum
  private let isSilent: Bool
  /// Cases in order of the file; aliases of a number that came before are left out.
  private let cases: [(name: String, value: SchemaEnum.Value)]
  private let aliases: [(name: String, target: String, value: SchemaEnum.Value)]

  init(_ item: SchemaEnum, isSilent: Bool) {
    self.item = item
    self.isSilent = isSilent
    var cases: [(String, SchemaEnum.Value)] = []
    var aliases: [(String, String, SchemaEnum.Value)] = []
    for value in item.values {
      let name = escaped(caseName(value.name, of: item.name))
      if let first = cases.first(where: { $0.1.number == value.number }) {
        // Names that differ only in case are one in Swift.
        guard !cases.contains(where: { $0.0 == name }), !aliases.contains(where: { $0.0 == name })
        else { continue }
        aliases.append((name, first.0, value))
      } else if value.isRetired {
        // Under its own name it would warn in the code below as well.
        let stored = "stored" + upperFirst(caseName(value.name, of: item.name))
        cases.append((stored, value))
        aliases.append((name, stored, value))
      } else {
        cases.append((name, value))
      }
    }
    self.cases = cases
    self.aliases = aliases
  }

  /// What people read.
  func declaration(_ name: String, _ text: inout SourceText) {
    if !isSilent { text.documentation(item.comment) }
    text.block("public enum \(name): WireEnum") { text in
      for (name, value) in cases {
        if !isSilent, !value.isRetired { text.documentation(value.comment) }
        text.line("case \(name)")
      }
      text.line("/// A value from a newer schema; kept so that it survives a round trip.")
      text.line("case unrecognized(Int32)")
      for (name, target, value) in aliases {
        if !isSilent { text.documentation(value.comment) }
        if value.isDeprecated { text.line(deprecation) }
        text.line("public static var \(name): Self { .\(target) }")
      }
    }
  }

  /// What the wire code needs.
  func wireFormat(_ name: String, _ text: inout SourceText) {
    text.block("extension \(name)") { text in
      text.line("public static var protoName: String { \(literal(item.fullName)) }")
      text.line()
      text.block("public init(rawValue: Int32)") { text in
        text.line("switch rawValue {")
        for (name, value) in cases { text.line("case \(value.number): self = .\(name)") }
        text.line("default: self = .unrecognized(rawValue)")
        text.line("}")
      }
      text.line()
      text.block("public var rawValue: Int32") { text in
        text.line("switch self {")
        for (name, value) in cases { text.line("case .\(name): \(value.number)") }
        text.line("case .unrecognized(let number): number")
        text.line("}")
      }
    }
  }
}

extension SchemaEnum.Value {
  /// Whether it warns. The default cannot: every new message has it.
  fileprivate var isRetired: Bool { isDeprecated && number != 0 }
}

/// What stands in front of a declaration that the schema has deprecated.
let deprecation = "@available(*, deprecated, message: \"deprecated in the schema\")"
