internal import CodegenSchema

/// Where each proto type lives in Swift.
struct SwiftNames {
  struct TypeName: Hashable {
    let module: String
    /// Outermost type first.
    let path: [String]
  }

  private var types: [String: TypeName] = [:]
  /// Names of the types inside a type, by its path and module; to see what shadows what.
  private var nested: [TypeName: Set<String>] = [:]

  init(_ schema: Schema) {
    for file in schema.files {
      guard let entry = schema.modules.entry(package: file.package) else { continue }
      let root = TypeName(module: entry.module, path: [])
      for message in file.messages { add(message, in: root, entry, schema.modules) }
      for item in file.enums { add(item.name, item.fullName, in: root, entry, schema.modules) }
    }
  }

  func type(_ fullName: String) -> TypeName? { types[fullName] }

  /// The type's own name, without those around it.
  func simpleName(_ fullName: String) -> String { types[fullName]?.path.last ?? fullName }

  /// How code inside `scope` writes the type: as short as it is unmistakable.
  func reference(_ fullName: String, in scope: TypeName) -> String {
    guard let target = types[fullName] else { return fullName }
    var common = 0
    if target.module == scope.module {
      while common < scope.path.count, common < target.path.count - 1,
        scope.path[common] == target.path[common]
      {
        common += 1
      }
    }
    let short = Array(target.path[common...])
    if !isShadowed(short[0], deeperThan: common, in: scope) { return short.joined(separator: ".") }
    return "\(target.module)::" + target.path.joined(separator: ".")
  }

  private func isShadowed(_ name: String, deeperThan depth: Int, in scope: TypeName) -> Bool {
    guard scope.path.count > depth else { return false }
    return ((depth + 1)...scope.path.count).contains { length in
      let inner = TypeName(module: scope.module, path: Array(scope.path.prefix(length)))
      return nested[inner]?.contains(name) == true
    }
  }

  /// The enum that a oneof becomes; `Choice` is added when the message has a type of that name.
  func oneofName(_ oneof: SchemaOneof, in message: SchemaMessage) -> String {
    let name = escaped(upperCamel(oneof.name))
    let taken = (message.messages.map(\.name) + message.enums.map(\.name)).contains(name)
    return taken || reserved.contains(name) ? name + "Choice" : name
  }

  private mutating func add(
    _ message: SchemaMessage, in outer: TypeName, _ entry: ModuleMap.Entry, _ modules: ModuleMap
  ) {
    let name = add(message.name, message.fullName, in: outer, entry, modules)
    for inner in message.messages { add(inner, in: name, entry, modules) }
    for item in message.enums { add(item.name, item.fullName, in: name, entry, modules) }
    for oneof in message.oneofs { nested[name, default: []].insert(oneofName(oneof, in: message)) }
  }

  @discardableResult
  private mutating func add(
    _ name: String, _ fullName: String, in outer: TypeName, _ entry: ModuleMap.Entry,
    _ modules: ModuleMap
  ) -> TypeName {
    let prefix = outer.path.isEmpty ? entry.prefix : ""
    let plain = reserved.contains(name) ? name + "Message" : escaped(name)
    let swiftName = modules.swiftName(fullName) ?? prefix + plain
    let type = TypeName(module: outer.module, path: outer.path + [swiftName])
    types[fullName] = type
    nested[outer, default: []].insert(swiftName)
    return type
  }
}

/// Types of the language that generated code names; a message called like one gets a longer name.
private let reserved: Set<String> = [
  "String", "Int", "Int32", "Int64", "UInt8", "UInt32", "UInt64", "Bool", "Float", "Double",
  "Optional", "Array", "Dictionary", "Error", "Message", "Result", "Task", "Void", "Hashable",
  "Sendable",
]
