package import CodegenSchema

/// Turns a checked schema into files.
package struct Generator {
  private let context: EmitContext

  package init(_ schema: Schema) { context = EmitContext(schema) }

  /// Every file, sorted by path.
  package func files() -> [GeneratedFile] {
    var files: [GeneratedFile] = []
    for file in context.schema.generatedFiles {
      guard let entry = context.schema.modules.entry(package: file.package) else { continue }
      if let messages = MessageFileEmitter(file, entry, context).emit() { files.append(messages) }
      for service in file.services {
        files.append(ServiceEmitter(service, in: file, entry, context).emit())
      }
    }
    let modules = context.schema.modules
    if !modules.commandsFolder.isEmpty { files += commands() }
    if !modules.contractFolder.isEmpty { files.append(ContractEmitter(context).emit()) }
    if !modules.openAPIFile.isEmpty { files += OpenAPIEmitter(context).emit() }
    if !modules.referenceFolder.isEmpty { files += ReferenceEmitter(context).emit() }
    if !modules.scriptFolder.isEmpty { files += ScriptEmitter(context).emit() }
    return files.sorted { $0.path < $1.path }
  }

  private func commands() -> [GeneratedFile] {
    var areas: [String: (package: String, services: [SchemaService])] = [:]
    for file in context.schema.generatedFiles {
      guard let entry = context.schema.modules.entry(package: file.package),
        !entry.commands.isEmpty, !file.services.isEmpty
      else { continue }
      areas[entry.commands, default: (file.package, [])].services += file.services
    }
    let files = areas.map { area, content in
      CommandEmitter(
        area: area, services: content.services, source: content.package, context
      ).emit()
    }
    return files + [CommandEmitter.index(Array(areas.keys), context)]
  }
}
