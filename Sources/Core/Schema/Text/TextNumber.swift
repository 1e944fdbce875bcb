/// Floating point numbers as C prints them: `1`, `0.1`, `1e+20`, `inf`.
enum TextNumber {
  static func text(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
