/// What is wrong with the input, all of it at once.
package struct SchemaError: Error, Hashable, CustomStringConvertible {
  package struct Problem: Hashable, Sendable {
    package let position: SourcePosition
    package let text: String

    package init(_ position: SourcePosition, _ text: String) {
      self.position = position
      self.text = text
    }
  }

  package let problems: [Problem]

  package init(_ problems: [Problem]) { self.problems = problems }

  /// One line for each problem, as compilers write them: `file:line: words`.
  package var description: String {
    problems.map { "\($0.position.file):\($0.position.line): \($0.text)" }.joined(separator: "\n")
  }
}
