internal import CodegenSchema

/// Writes the messages and enums of one `.proto` file.
struct MessageFileEmitter {
  private let file: SchemaFile
  private let entry: ModuleMap.Entry
  private let context: EmitContext

  init(_ file: SchemaFile, _ entry: ModuleMap.Entry, _ context: EmitContext) {
    self.file = file
    self.entry = entry
    self.context = context
  }

  /// Nil when the file has only services.
  func emit() -> GeneratedFile? {
    guard !file.messages.isEmpty || !file.enums.isEmpty else { return nil }
    let emitters = file.messages.compactMap {
      MessageEmitter($0, isSilent: entry.isSilent, context)
    }
    let enums = file.enums.map { item in
      (EnumEmitter(item, isSilent: entry.isSilent), context.names.simpleName(item.fullName))
    }
    var text = context.header(file.path, imports: imports, in: entry.module)
    for emitter in emitters {
      text.line()
      emitter.declaration(&text)
    }
    for (emitter, name) in enums {
      text.line()
      emitter.declaration(name, &text)
    }
    text.line()
    text.line("// MARK: - Wire format")
    for emitter in emitters {
      text.line()
      emitter.wireFormat(&text)
    }
    for (emitter, name) in enums {
      text.line()
      emitter.wireFormat(name, &text)
    }
    return GeneratedFile(path: "\(entry.folder)/\(name).swift", content: text.text)
  }

  /// A file with a service leaves the plain name to that.
  private var name: String {
    let base = file.path.split(separator: "/").last?.split(separator: ".").first ?? ""
    let name = entry.prefix + upperCamel(String(base))
    return file.services.isEmpty ? name : name + "Messages"
  }

  private var imports: Set<String> {
    var modules: Set = ["Wire"]
    for field in file.allMessages.flatMap(\.fields) {
      switch field.type {
      case .scalar: continue
      case .message(let name), .enumeration(let name):
        if let type = context.names.type(name) { modules.insert(type.module) }
      }
    }
    return modules
  }
}
