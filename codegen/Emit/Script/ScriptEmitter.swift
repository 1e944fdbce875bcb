internal import CodegenSchema

/// Writes the TypeScript client: a module for each package with its types as JSON has them, and a
/// class for each service that calls it by Connect.
struct ScriptEmitter {
  private let schema: Schema

  init(_ context: EmitContext) { schema = context.schema }

  func emit() -> [GeneratedFile] {
    packages.map { name, files in
      GeneratedFile(
        path: "\(schema.modules.scriptFolder)/\(name).ts", content: module(name, files))
    }
  }

  /// Our own packages with their files.
  private var packages: [(String, [SchemaFile])] {
    var packages: [String: [SchemaFile]] = [:]
    for file in schema.generatedFiles
    where schema.modules.entry(package: file.package)?.isStrict == true {
      packages[file.package, default: []].append(file)
    }
    return packages.sorted { $0.key < $1.key }
  }

  private func module(_ package: String, _ files: [SchemaFile]) -> String {
    let types = ScriptTypes(schema, package: package)
    var body = SourceText()
    for item in files.flatMap(\.allEnums) { enumeration(item, types, &body) }
    for message in files.flatMap(\.allMessages) { interface(message, types, &body) }
    for service in files.flatMap(\.services) { client(service, types, &body) }
    var text = SourceText()
    text.line("// Generated from \(package). Do not edit: change the .proto and regenerate.")
    if body.text.contains(": Transport") {
      text.line()
      text.line("import type { CallOptions, Transport } from \"../transport.js\";")
    }
    for other in types.imports(files) {
      text.line("import type * as \(ScriptTypes.alias(other)) from \"./\(other).js\";")
    }
    return text.text + body.text
  }

  // MARK: Types

  private func comment(_ comment: String, _ text: inout SourceText) {
    guard !comment.isEmpty else { return }
    // What would end the comment.
    let lines = comment.replacing("*/", with: "*\u{2215}")
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return text.line("/** \(lines[0]) */") }
    text.line("/**")
    for line in lines { text.line(line.isEmpty ? " *" : " * \(line)") }
    text.line(" */")
  }

  private func enumeration(_ item: SchemaEnum, _ types: ScriptTypes, _ text: inout SourceText) {
    text.line()
    comment(item.comment, &text)
    text.line("export type \(types.name(item.fullName)) =")
    text.indented { text in
      for (index, value) in item.values.enumerated() {
        comment(value.comment, &text)
        text.line("| \"\(value.name)\"" + (index == item.values.count - 1 ? ";" : ""))
      }
    }
  }

  private func interface(
    _ message: SchemaMessage, _ types: ScriptTypes, _ text: inout SourceText
  ) {
    text.line()
    comment(message.comment, &text)
    // An empty interface would take anything.
    guard !message.fields.isEmpty else {
      return text.line("export type \(types.name(message.fullName)) = Record<string, never>;")
    }
    let isRequest = message.name.hasSuffix("Request")
    text.block("export interface \(types.name(message.fullName))") { text in
      for field in message.fields {
        var words = field.comment
        if case .oneof(let index) = field.shape {
          words += "\nAt most one of `\(message.oneofs[index].name)` is given."
        }
        if field.isDeprecated { words += "\n@deprecated" }
        comment(words, &text)
        let mark = isRequest && field.isRequired ? "" : "?"
        text.line("\(field.jsonName)\(mark): \(types.type(of: field));")
      }
    }
  }

  // MARK: Clients

  private func client(_ service: SchemaService, _ types: ScriptTypes, _ text: inout SourceText) {
    // Methods without a route are for parts of the platform, and fetch sends requests in one piece.
    let methods = service.methods.filter { method in
      method.options.webhook == nil && !method.options.routes.isEmpty && !method.sendsMany
    }
    guard !methods.isEmpty else { return }
    text.line()
    comment(service.comment, &text)
    text.block("export class \(service.name)Client") { text in
      text.line("readonly #transport: Transport;")
      text.line()
      text.line("constructor(transport: Transport) {")
      text.indented { $0.line("this.#transport = transport;") }
      text.line("}")
      for method in methods {
        text.line()
        comment(method.comment + (method.isDeprecated ? "\n@deprecated" : ""), &text)
        function(method, of: service, types, &text)
      }
    }
  }

  private func function(
    _ method: SchemaMethod, of service: SchemaService, _ types: ScriptTypes,
    _ text: inout SourceText
  ) {
    let request = types.type(.message(method.request))
    let response = types.type(.message(method.response))
    let result = method.receivesMany ? "AsyncGenerator<\(response)>" : "Promise<\(response)>"
    let isEmpty = schema.message(method.request)?.fields.isEmpty == true
    let parameter = "request: \(request)" + (isEmpty ? " = {}" : "")
    text.list(
      "\(lowerFirst(method.name))(", [parameter, "options?: CallOptions"], "): \(result) {")
    text.indented { text in
      text.line("return this.#transport.\(method.receivesMany ? "stream" : "call")(")
      text.indented { text in
        text.line("\(literal(method, of: service)),")
        text.line("request, options);")
      }
    }
    text.line("}")
  }

  private func literal(_ method: SchemaMethod, of service: SchemaService) -> String {
    var members = ["path: \"\(service.path(of: method))\""]
    // A stream has a body, which GET has not.
    if method.idempotency == .noSideEffects && !method.receivesMany {
      members.append("isReadOnly: true")
    }
    return "{ \(members.joined(separator: ", ")) }"
  }
}
