/// What a command sees of the terminal it runs in; a test collects instead.
package struct Console: Sendable {
  /// Results.
  package let print: @Sendable (String) -> Void
  /// Words about what happened.
  package let warn: @Sendable (String) -> Void
  /// Whether results go to a person.
  package let outputIsTerminal: Bool
  /// Asks a person and returns the line; nil when there is no person, or no answer. The answer
  /// shows on the screen unless it is `secret`.
  package let ask: @Sendable (_ prompt: String, _ secret: Bool) -> String?

  package init(
    print: @escaping @Sendable (String) -> Void, warn: @escaping @Sendable (String) -> Void,
    outputIsTerminal: Bool, ask: @escaping @Sendable (String, Bool) -> String?
  ) {
    self.print = print
    self.warn = warn
    self.outputIsTerminal = outputIsTerminal
    self.ask = ask
  }
}
