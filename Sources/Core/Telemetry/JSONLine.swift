/// Builds one JSON object on one line.
struct JSONLine {
  private var text = "{"

  mutating func add(_ name: String, _ value: LogValue) {
    if text.utf8.count > 1 { text += "," }
    appendQuoted(name)
    text += ":"
    switch value {
    case .string(let string): appendQuoted(string)
    case .int(let int): text += String(int)
    case .double(let double):
      // JSON has no word for infinity and not-a-number.
      text += double.isFinite ? String(double) : "null"
    case .bool(let bool): text += bool ? "true" : "false"
    }
  }

  consuming func finish() -> String { text + "}\n" }

  private mutating func appendQuoted(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // U+2028 and U+2029 end a line for some readers of logs, and C1 controls reach terminals.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
