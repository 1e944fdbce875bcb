/// One difference between two contracts.
package struct ContractChange: Hashable, Sendable, CustomStringConvertible {
  /// What the change means to those who keep to the older contract.
  package enum Meaning: String, Sendable {
    /// They go on as before.
    case compatible
    /// Something they rely on is gone or different.
    case breaking
  }

  package let meaning: Meaning
  /// Full name of what changed.
  package let element: String
  /// What happened to it.
  package let text: String

  package init(_ meaning: Meaning, _ element: String, _ text: String) {
    self.meaning = meaning
    self.element = element
    self.text = text
  }

  /// One line: `breaking: klinke.tenant.v1.Tenant.etag: was removed`.
  package var description: String { "\(meaning.rawValue): \(element): \(text)" }
}
