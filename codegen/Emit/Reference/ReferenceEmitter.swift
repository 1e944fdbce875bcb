internal import CodegenSchema

/// Writes the reference: one page for each service, and a page that lists them.
struct ReferenceEmitter {
  private let schema: Schema

  init(_ context: EmitContext) { schema = context.schema }

  func emit() -> [GeneratedFile] {
    let services = documented
    guard !services.isEmpty else { return [] }
    let folder = schema.modules.referenceFolder
    return services.map { file, service in
      GeneratedFile(
        path: "\(folder)/\(service.fullName).md",
        content: ReferencePage(service, in: file, schema).text())
    } + [GeneratedFile(path: "\(folder)/README.md", content: index(services))]
  }

  /// The services of our own packages, in the order of the files.
  private var documented: [(SchemaFile, SchemaService)] {
    schema.generatedFiles.filter { schema.modules.entry(package: $0.package)?.isStrict == true }
      .flatMap { file in file.services.map { (file, $0) } }
  }

  private func index(_ services: [(SchemaFile, SchemaService)]) -> String {
    var text = MarkdownText()
    text.origin("proto/")
    text.line("# Reference")
    text.line()
    text.line(
      "Every method can be called by gRPC, those with a route by REST as well, and most by the "
        + "command line. [openapi.json](openapi.json) has the routes for programs; a server gives "
        + "it out as `/openapi.json`.")
    text.line()
    text.table(
      ["Service", "What it does", "Methods"],
      services.map { _, service in
        [
          "[\(service.fullName)](\(service.fullName).md)", sentences(service.comment).first,
          String(service.methods.count),
        ]
      })
    text.line()
    text.line("## Errors of every method")
    text.line()
    text.line(
      "Each error has a status, a message and details: `google.rpc.ErrorInfo` with a reason always, "
        + "`google.rpc.BadRequest` with one entry for each wrong field, and "
        + "`google.rpc.LocalizedMessage` in the caller's language. By REST that is "
        + "`{\"error\": {\"code\": 403, \"status\": \"PERMISSION_DENIED\", \"message\": …, "
        + "\"details\": […]}}`.")
    text.line()
    text.table(
      ["Status", "HTTP", "When"], ReferenceErrors.everywhere.map { [$0.code, $0.http, $0.when] })
    return text.text
  }
}

/// A Markdown page that is being written.
struct MarkdownText {
  private(set) var text = ""

  mutating func line(_ line: String = "") { text += line + "\n" }

  mutating func origin(_ source: String) {
    line("<!-- Generated from \(source). Do not edit: change the .proto and regenerate. -->")
    line()
  }

  mutating func table(_ head: [String], _ rows: [[String]]) {
    line("| " + head.joined(separator: " | ") + " |")
    line("|" + String(repeating: " --- |", count: head.count))
    for row in rows { line("| " + row.map(Self.cell).joined(separator: " | ") + " |") }
  }

  /// A table's cell is one line, and a bar would end it.
  private static func cell(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").split(
      separator: "|", omittingEmptySubsequences: false
    ).joined(separator: "\\|")
  }
}
