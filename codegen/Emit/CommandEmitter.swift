internal import CodegenSchema

/// Writes the commands of one area as data.
struct CommandEmitter {
  private let area: String
  private let services: [SchemaService]
  private let source: String
  private let context: EmitContext

  /// `source` names the proto package in the first line.
  init(area: String, services: [SchemaService], source: String, _ context: EmitContext) {
    self.area = area
    self.services = services
    self.source = source
    self.context = context
  }

  func emit() -> GeneratedFile {
    var text = context.header(source, imports: [], in: "CommandLineClient")
    let commands = services.flatMap { service in
      service.methods.filter { !$0.options.command.isHidden }.map { (service, $0) }
    }
    text.line()
    text.line("/// The commands of \(source).")
    text.block("enum \(area)Commands") { text in
      for (service, method) in commands {
        command(method, of: service, &text)
        text.line()
      }
      let names = commands.map { identifier($1, of: $0) }
      text.list("static let all: [CommandDescription] = [", names, "]")
    }
    return GeneratedFile(
      path: "\(context.schema.modules.commandsFolder)/\(area)Commands.swift", content: text.text)
  }

  /// The file that lists the areas.
  static func index(_ areas: [String], _ context: EmitContext) -> GeneratedFile {
    var text = context.header("proto/", imports: [], in: "CommandLineClient")
    text.line()
    text.line("/// Every command the contract has, in order of the areas' names.")
    text.list(
      "package let generatedCommands: [CommandDescription] = [",
      areas.sorted().map { "\($0)Commands.all" }, "].flatMap { $0 }")
    return GeneratedFile(
      path: "\(context.schema.modules.commandsFolder)/GeneratedCommands.swift",
      content: text.text)
  }

  private func identifier(_ method: SchemaMethod, of service: SchemaService) -> String {
    let words = method.commandPath(of: service).joined(separator: "-")
    return escaped(lowerCamel(words.split(separator: "-").joined(separator: "_")))
  }

  private func command(
    _ method: SchemaMethod, of service: SchemaService, _ text: inout SourceText
  ) {
    let (summary, detail) = sentences(method.comment)
    let flags = CommandFlags(method, context.schema).flags
    text.line("static let \(identifier(method, of: service)) = CommandDescription(")
    text.indented { text in
      text.line("path: \(literal(method.commandPath(of: service))),")
      text.line("method: \(literal(service.path(of: method))),")
      var rest = ["summary: \(literal(summary))"]
      if !detail.isEmpty { rest.append("detail: \(literal(detail))") }
      text.lines(rest.dropLast().map { $0 + "," })
      let options = options(method)
      guard !flags.isEmpty else {
        rest = [rest[rest.count - 1]] + options
        return text.line(rest.joined(separator: ", ") + ")")
      }
      text.line(rest[rest.count - 1] + ",")
      text.line("flags: [")
      text.indented { text in text.lines(flags.map { $0 + "," }) }
      text.line("]" + options.map { ", \($0)" }.joined() + ")")
    }
  }

  private func options(_ method: SchemaMethod) -> [String] {
    var options: [String] = []
    let command = method.options.command
    if !command.positional.isEmpty { options.append("positional: \(literal(command.positional))") }
    if !command.columns.isEmpty { options.append("columns: \(literal(command.columns))") }
    if let list = context.schema.listField(of: method) {
      options.append("listField: \(literal(list.name))")
    }
    if method.receivesMany { options.append("streaming: true") }
    return options
  }
}

/// A comment's first sentence and the rest, each on one line.
func sentences(_ comment: String) -> (first: String, rest: String) {
  let line = comment.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  var end = line.startIndex
  while let stop = line[end...].firstIndex(of: ".") {
    end = line.index(after: stop)
    if end == line.endIndex || line[end] == " " { break }
  }
  guard end > line.startIndex, end < line.endIndex else { return (line, "") }
  return (String(line[..<end]), String(line[line.index(after: end)...]))
}
