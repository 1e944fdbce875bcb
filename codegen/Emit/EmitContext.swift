internal import CodegenSchema

/// What every emitter looks things up in.
struct EmitContext {
  let schema: Schema
  let names: SwiftNames
  let recursion: Recursion

  init(_ schema: Schema) {
    self.schema = schema
    names = SwiftNames(schema)
    recursion = Recursion(schema)
  }

  /// The first lines of a generated Swift file.
  func header(_ source: String, imports: Set<String>, in module: String) -> SourceText {
    var text = SourceText()
    text.line("// Generated from \(source). Do not edit: change the .proto and regenerate.")
    text.line("// swift-format-ignore-file")
    let others = imports.filter { $0 != module }.sorted()
    if !others.isEmpty { text.line() }
    for other in others { text.line("public import \(other)") }
    return text
  }
}

/// A file of the output, with its path from the root of the repository.
package struct GeneratedFile: Hashable, Sendable {
  package let path: String
  package let content: String
}
