internal import CodegenSchema

/// Which messages contain themselves through fields that are stored in line.
struct Recursion {
  /// Messages that can be reached from a message, by full name.
  private let reachable: [String: Set<String>]

  init(_ schema: Schema) {
    var edges: [String: [String]] = [:]
    for message in schema.files.flatMap(\.allMessages) {
      edges[message.fullName] = message.fields.compactMap(Self.inlineType)
    }
    var reachable: [String: Set<String>] = [:]
    for start in edges.keys {
      var seen: Set<String> = []
      var open = edges[start] ?? []
      while let next = open.popLast() {
        if seen.insert(next).inserted { open += edges[next] ?? [] }
      }
      reachable[start] = seen
    }
    self.reachable = reachable
  }

  /// Whether a field of `message` must be boxed because its type contains `message` again.
  func closesCycle(_ field: SchemaField, in message: SchemaMessage) -> Bool {
    guard let type = Self.inlineType(field) else { return false }
    return type == message.fullName || reachable[type]?.contains(message.fullName) == true
  }

  /// Lists and maps store their elements elsewhere, so only single messages count.
  private static func inlineType(_ field: SchemaField) -> String? {
    guard case .message(let name) = field.type else { return nil }
    switch field.shape {
    case .explicit, .implicit, .oneof: return name
    case .repeated, .map: return nil
    }
  }
}
