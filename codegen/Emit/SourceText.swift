/// Swift source that is being written, line by line.
struct SourceText {
  private(set) var text = ""
  private var depth = 0

  /// Adds a line at the present depth; an empty one stays empty.
  mutating func line(_ line: String = "") {
    if !line.isEmpty { text += String(repeating: "  ", count: depth) + line }
    text += "\n"
  }

  mutating func lines(_ lines: [String]) {
    for line in lines { self.line(line) }
  }

  /// Adds `head {`, what `body` adds one level deeper, and `}`.
  mutating func block(_ head: String, _ body: (inout SourceText) -> Void) {
    line("\(head) {")
    indented(body)
    line("}")
  }

  mutating func indented(_ body: (inout SourceText) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// Adds a comment as documentation; nothing when it is empty.
  mutating func documentation(_ comment: String) {
    guard !comment.isEmpty else { return }
    for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
      self.line(line.isEmpty ? "///" : "/// \(line)")
    }
  }

  /// Adds `head(`, the parts separated by commas, and `tail`: on one line where that fits, else on
  /// three, else with a line for each part.
  mutating func list(_ head: String, _ parts: [String], _ tail: String) {
    let joined = head + parts.joined(separator: ", ") + tail
    guard joined.count + depth * 2 > 100 else { return line(joined) }
    line(head)
    indented { text in
      let inner = parts.joined(separator: ", ")
      if inner.count + text.depth * 2 <= 100 { return text.line(inner) }
      for (index, part) in parts.enumerated() {
        text.line(index == parts.count - 1 ? part : part + ",")
      }
    }
    line(tail)
  }
}

/// A Swift string literal with this value.
func literal(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20: result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A Swift array literal of strings.
func literal(_ texts: [String]) -> String {
  "[" + texts.map { literal($0) }.joined(separator: ", ") + "]"
}
