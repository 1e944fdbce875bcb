internal import CodegenSchema

/// Two states of the field with one number.
struct FieldComparison {
  private(set) var changes: [(meaning: ContractChange.Meaning, text: String)] = []

  init(
    _ old: SchemaField, _ new: SchemaField, _ oldMessage: SchemaMessage, _ newMessage: SchemaMessage
  ) {
    if old.name != new.name { changes.append((.breaking, "renamed to \(new.name)")) }
    if old.jsonName != new.jsonName {
      changes.append((.breaking, "JSON name changed from \(old.jsonName) to \(new.jsonName)"))
    }
    let (before, after) = (Self.type(old), Self.type(new))
    if before != after { changes.append((.breaking, "type changed from \(before) to \(after)")) }
    let (from, to) = (Self.place(old, oldMessage), Self.place(new, newMessage))
    if from != to {
      // Whether a field knows that it is absent is seen neither on the wire nor in JSON.
      let isPresence = ["", "optional"].contains(from) && ["", "optional"].contains(to)
      let meaning = isPresence ? ContractChange.Meaning.compatible : .breaking
      changes.append((meaning, "moved from \(Self.words(from)) to \(Self.words(to))"))
    }
    if !old.isRequired, new.isRequired { changes.append((.breaking, "is required now")) }
    if old.isRequired, !new.isRequired { changes.append((.compatible, "is optional now")) }
    if !old.isOutput, new.isOutput { changes.append((.breaking, "is set by the server now")) }
    if !old.isDeprecated, new.isDeprecated { changes.append((.compatible, "is deprecated now")) }
  }

  private static func words(_ place: String) -> String { place.isEmpty ? "plain" : place }

  private static func place(_ field: SchemaField, _ message: SchemaMessage) -> String {
    switch field.shape {
    case .implicit, .repeated, .map: ""
    case .explicit: if case .message = field.type { "" } else { "optional" }
    case .oneof(let index): "oneof \(message.oneofs[index].name)"
    }
  }

  private static func type(_ field: SchemaField) -> String {
    let single =
      switch field.type {
      case .scalar(let scalar): scalar.rawValue
      case .message(let name), .enumeration(let name): name
      }
    switch field.shape {
    case .repeated: return "repeated \(single)"
    case .map(let key): return "map<\(key.rawValue), \(single)>"
    case .implicit, .explicit, .oneof: return single
    }
  }
}
