/// What was typed cannot be run; nothing was sent. The exit status is 2.
package struct UsageError: Error, Hashable, Sendable {
  /// What is wrong, as a sentence without a full stop.
  package let message: String
  /// What to do next.
  package let hint: String

  package init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}
