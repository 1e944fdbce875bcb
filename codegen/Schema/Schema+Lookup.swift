extension Schema {
  /// Checks the files and keeps them; throws everything that is wrong with them.
  package init(checking files: [SchemaFile], modules: ModuleMap) throws(SchemaError) {
    self.init(files: files, modules: modules)
    let problems = SchemaChecker.problems(in: self) + ConventionChecker.problems(in: self)
    guard problems.isEmpty else { throw SchemaError(problems) }
  }

  /// Whether a dotted path leads through singular messages to a field.
  func hasField(_ path: String, in message: String) -> Bool {
    var type = FieldType.message(message)
    for name in path.split(separator: ".") {
      guard case .message(let fullName) = type,
        let field = self.message(fullName)?.field(String(name))
      else { return false }
      type = field.type
    }
    return true
  }

  /// The number of the string field `tenant_id` of the request; 0 when there is none.
  package func tenantField(of method: SchemaMethod) -> Int {
    guard let field = message(method.request)?.field("tenant_id"),
      field.type == .scalar(.string), field.shape == .implicit || field.shape == .explicit
    else { return 0 }
    return field.number
  }

  /// The list a response is about: its one repeated message field. Its name and element type.
  package func listField(of method: SchemaMethod) -> (name: String, element: String)? {
    let lists = message(method.response)?.fields.compactMap { field in
      guard case .repeated = field.shape, case .message(let element) = field.type else {
        return nil as (name: String, element: String)?
      }
      return (field.name, element)
    }
    // A single resource may well have a list inside; what is listed comes first, as number 1.
    guard let list = lists?.first, lists?.count == 1,
      message(method.response)?.field(list.name)?.number == 1
    else { return nil }
    return list
  }
}
