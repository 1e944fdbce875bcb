/// Positions and comments of one file, found by the path of numbers that descriptors use.
struct SourceComments {
  private let file: String
  private var lines: [[Int32]: Int] = [:]
  private var comments: [[Int32]: String] = [:]

  /// Nothing is known.
  init(file: String) { self.file = file }

  /// Adds one place. What is described twice is meant where it is named first.
  mutating func add(path: [Int32], line: Int, leading: String, trailing: String) {
    if lines[path] == nil { lines[path] = line }
    let comment = Self.clean(leading.isEmpty ? trailing : leading)
    if !comment.isEmpty { comments[path] = comment }
  }

  func position(_ path: [Int32]) -> SourcePosition {
    SourcePosition(file: file, line: lines[path] ?? 0)
  }

  /// The comment in front of the element, else the one behind it; lines without margin.
  func comment(_ path: [Int32]) -> String { comments[path] ?? "" }

  /// protoc hands over the text behind `//`, with its space and a newline at the end.
  private static func clean(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line.hasPrefix(" ") ? line.dropFirst() : line
      while line.last?.isWhitespace == true { line = line.dropLast() }
      return String(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.joined(separator: "\n")
  }
}
