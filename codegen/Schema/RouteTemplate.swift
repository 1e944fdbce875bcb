/// A path template of `google.api.http`: `/api/tenants/{tenant_id}:approve`.
struct RouteTemplate {
  /// Fields the path fills, in order.
  let fieldPaths: [String]
  /// The template without names: two templates with the same pattern match the same paths.
  let pattern: String

  /// Nil when the text is not a template.
  init?(_ text: String) {
    guard text.first == "/" else { return nil }
    var fieldPaths: [String] = []
    var pattern = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "{":
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let variable = rest[..<end].split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = variable.first, !path.isEmpty, !path.contains("{") else { return nil }
        fieldPaths.append(String(path))
        pattern += variable.count == 2 ? String(variable[1]) : "*"
        rest = rest[rest.index(after: end)...]
      case "}", " ", "?", "#": return nil
      default: pattern.append(character)
      }
    }
    guard !pattern.contains("//") else { return nil }
    self.fieldPaths = fieldPaths
    self.pattern = pattern
  }
}

/// The fields that a route's path fills; empty when the text is not a template.
package func routeFields(_ template: String) -> [String] {
  RouteTemplate(template)?.fieldPaths ?? []
}

/// The template without names; itself when it is none.
package func routePattern(_ template: String) -> String {
  RouteTemplate(template)?.pattern ?? template
}
