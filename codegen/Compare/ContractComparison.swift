package import CodegenSchema

/// Compares two contracts: what peers on the wire, JSON clients, REST clients, scripts and callers'
/// roles notice.
///
/// What buf compares is compared again here, because JSON names, routes, policies, webhooks and
/// commands are part of the promise as well.
package struct ContractComparison {
  /// Every difference, by element.
  package private(set) var changes: [ContractChange] = []

  private let older: Schema
  private let newer: Schema

  /// Both should have the same modules file; only its strict packages are compared.
  package init(from older: Schema, to newer: Schema) {
    self.older = older
    self.newer = newer
    let (before, after) = (older.ownFiles, newer.ownFiles)
    pair(before.flatMap(\.allMessages), after.flatMap(\.allMessages), by: \.fullName, "message") {
      $0.compare($1, $2)
    }
    pair(before.flatMap(\.allEnums), after.flatMap(\.allEnums), by: \.fullName, "enum") {
      $0.compare($1, $2)
    }
    pair(before.flatMap(\.services), after.flatMap(\.services), by: \.fullName, "service") {
      $0.compare($1, $2)
    }
    changes.sort { ($0.element, $0.text) < ($1.element, $1.text) }
  }

  private mutating func add(
    _ meaning: ContractChange.Meaning, _ element: String, _ text: String
  ) {
    changes.append(ContractChange(meaning, element, text))
  }

  /// Reports what came and went, and compares what is on both sides.
  private mutating func pair<Element>(
    _ before: [Element], _ after: [Element], by name: (Element) -> String, _ kind: String,
    compare: (inout Self, Element, Element) -> Void
  ) {
    let old = Dictionary(before.map { (name($0), $0) }) { first, _ in first }
    let new = Dictionary(after.map { (name($0), $0) }) { first, _ in first }
    for (name, item) in old {
      if let other = new[name] {
        compare(&self, item, other)
      } else {
        add(.breaking, name, "\(kind) was removed")
      }
    }
    for name in new.keys where old[name] == nil { add(.compatible, name, "\(kind) was added") }
  }

  // MARK: Messages and enums

  private mutating func compare(_ old: SchemaMessage, _ new: SchemaMessage) {
    for field in old.fields {
      let element = "\(old.fullName).\(field.name)"
      if let other = new.fields.first(where: { $0.number == field.number }) {
        for change in FieldComparison(field, other, old, new).changes {
          add(change.meaning, element, change.text)
        }
      } else if let other = new.field(field.name) {
        add(.breaking, element, "renumbered from \(field.number) to \(other.number)")
      } else {
        add(.breaking, element, "field was removed")
      }
    }
    for field in new.fields
    where !old.fields.contains(where: { $0.number == field.number || $0.name == field.name }) {
      let element = "\(new.fullName).\(field.name)"
      if field.isRequired {
        add(.breaking, element, "required field was added")
      } else {
        add(.compatible, element, "field was added")
      }
    }
    if !old.isDeprecated, new.isDeprecated { add(.compatible, old.fullName, "is deprecated now") }
  }

  private mutating func compare(_ old: SchemaEnum, _ new: SchemaEnum) {
    for value in old.values {
      let element = "\(old.fullName).\(value.name)"
      if let other = new.values.first(where: { $0.name == value.name }) {
        guard other.number != value.number else { continue }
        add(.breaking, element, "renumbered from \(value.number) to \(other.number)")
      } else if let other = new.values.first(where: { $0.number == value.number }) {
        add(.breaking, element, "renamed to \(other.name)")
      } else {
        add(.breaking, element, "value was removed")
      }
    }
    for value in new.values
    where !old.values.contains(where: { $0.name == value.name || $0.number == value.number }) {
      add(.compatible, "\(new.fullName).\(value.name)", "value was added")
    }
  }

  // MARK: Services

  private mutating func compare(_ old: SchemaService, _ new: SchemaService) {
    let prefix = old.fullName
    pair(old.methods, new.methods, by: { "\(prefix).\($0.name)" }, "method") { comparison, a, b in
      let element = "\(prefix).\(a.name)"
      for change in MethodComparison(a, of: old, b, of: new).changes {
        comparison.add(change.meaning, element, change.text)
      }
    }
  }
}

extension Schema {
  /// Files of our own packages.
  fileprivate var ownFiles: [SchemaFile] {
    files.filter { modules.entry(package: $0.package)?.isStrict == true }
  }
}
