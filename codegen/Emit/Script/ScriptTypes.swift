internal import CodegenSchema

/// How proto types are written in the TypeScript module of one package.
struct ScriptTypes {
  private let package: String
  /// Package by full name of a type.
  private let packages: [String: String]

  init(_ schema: Schema, package: String) {
    self.package = package
    var packages: [String: String] = [:]
    for file in schema.files {
      for message in file.allMessages { packages[message.fullName] = file.package }
      for item in file.allEnums { packages[item.fullName] = file.package }
    }
    self.packages = packages
  }

  /// What a type is called in its own module: `FlowGraph_Node`.
  func name(_ fullName: String) -> String {
    let package = packages[fullName] ?? ""
    return fullName.dropFirst(package.isEmpty ? 0 : package.count + 1)
      .split(separator: ".").joined(separator: "_")
  }

  /// The other packages that these files need.
  func imports(_ files: [SchemaFile]) -> [String] {
    let fields = files.flatMap(\.allMessages).flatMap(\.fields).map(\.type)
    let methods = files.flatMap(\.services).flatMap(\.methods).flatMap {
      [FieldType.message($0.request), .message($0.response)]
    }
    let names = (fields + methods).compactMap { type -> String? in
      switch type {
      case .scalar: return nil
      case .message(let name), .enumeration(let name):
        return name.hasPrefix("google.") ? nil : packages[name]
      }
    }
    return Set(names).subtracting([package]).sorted()
  }

  /// `klinke.identity.v1` as `klinkeIdentityV1`.
  static func alias(_ package: String) -> String {
    let words = package.split(separator: ".").map(String.init)
    return (words.prefix(1) + words.dropFirst().map(upperFirst)).joined()
  }

  func type(of field: SchemaField) -> String {
    let single = type(field.type)
    switch field.shape {
    case .implicit, .explicit, .oneof: return single
    case .repeated: return single.contains("|") ? "(\(single))[]" : "\(single)[]"
    case .map: return "{ [key: string]: \(single) }"
    }
  }

  func type(_ type: FieldType) -> String {
    switch type {
    case .scalar(let scalar): return Self.scalar(scalar)
    case .enumeration(let name): return reference(name)
    case .message(let name):
      guard name.hasPrefix("google.") else { return reference(name) }
      return WellKnown(name).map(Self.wellKnown) ?? "{ [name: string]: unknown }"
    }
  }

  private func reference(_ fullName: String) -> String {
    let home = packages[fullName] ?? package
    return home == package ? name(fullName) : "\(Self.alias(home)).\(name(fullName))"
  }

  private static func scalar(_ scalar: ScalarType) -> String {
    switch scalar {
    case .double, .float: "number | \"NaN\" | \"Infinity\" | \"-Infinity\""
    case .bool: "boolean"
    case .int32, .uint32, .sint32, .fixed32, .sfixed32: "number"
    // Text, base64, and whole numbers that JavaScript could not hold.
    case .string, .bytes, .int64, .uint64, .sint64, .fixed64, .sfixed64: "string"
    }
  }

  private static func wellKnown(_ type: WellKnown) -> String {
    if let wrapped = type.wrapped { return scalar(wrapped) }
    return switch type {
    case .timestamp, .duration, .fieldMask: "string"
    case .empty: "Record<string, never>"
    case .any: "{ \"@type\": string; [name: string]: unknown }"
    case .list: "unknown[]"
    case .value: "unknown"
    default: "{ [name: string]: unknown }"
    }
  }
}
