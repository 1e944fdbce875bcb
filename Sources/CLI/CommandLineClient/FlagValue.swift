internal import Schema

/// Turns the text behind a flag into proto JSON of its kind.
enum FlagValue {
  /// `read` returns the content of a file for values that begin with `@`.
  static func json(
    _ text: String, for flag: FlagDescription, read: FileReader
  ) throws(UsageError) -> JSONValue {
    switch flag.kind {
    case .string: return .string(text)
    case .int:
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        throw wrong(flag, text, "a whole number")
      }
      return .string(text)
    case .double:
      guard Double(text) != nil else { throw wrong(flag, text, "a number") }
      return .string(text)
    case .bool:
      switch text {
      case "true", "yes": return .bool(true)
      case "false", "no": return .bool(false)
      default: throw wrong(flag, text, "true or false")
      }
    case .enumeration(let names): return .string(try enumeration(text, names, flag))
    case .json: return try document(text, flag, read)
    case .bytes:
      guard text.hasPrefix("@") else { return .string(text) }
      return .string(base64(try file(text, flag, read)))
    case .duration:
      guard let seconds = seconds(text) else {
        throw wrong(flag, text, "a length of time like 30s, 2m or 1h")
      }
      return .string("\(seconds)s")
    case .timestamp: return .string(text)
    }
  }

  /// Seconds of `30s`, `1.5s`, `2m`, `1h`; a number alone counts seconds. Nil for anything else.
  static func seconds(_ text: String) -> Double? {
    var number = text[...]
    var unit = 1.0
    switch text.last {
    case "s": number = text.dropLast()
    case "m": (number, unit) = (text.dropLast(), 60)
    case "h": (number, unit) = (text.dropLast(), 3600)
    default: break
    }
    // Only digits, sign and point: Double also reads hexadecimal and infinity.
    guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e || $0 == 0x2d }),
      let value = Double(number)
    else { return nil }
    return value * unit
  }

  /// The words a person types for enum values: without the prefix that all names share, in lower
  /// case.
  static func words(_ names: [String]) -> [String] {
    let prefix = sharedPrefix(names)
    return names.map { name in
      name.dropFirst(prefix).lowercased().replacing("_", with: "-")
    }
  }

  private static func enumeration(
    _ text: String, _ names: [String], _ flag: FlagDescription
  ) throws(UsageError) -> String {
    if names.contains(text) { return text }
    let words = words(names)
    let wanted = text.lowercased().replacing("_", with: "-")
    if let index = words.firstIndex(of: wanted) { return names[index] }
    let choices = words.filter { $0 != "unspecified" }
    if let close = Suggestion.closest(to: wanted, among: choices) {
      throw UsageError(
        "--\(flag.name) cannot be '\(text)'", hint: "did you mean '\(close)'?")
    }
    throw UsageError(
      "--\(flag.name) cannot be '\(text)'", hint: "use one of \(choices.joined(separator: ", "))")
  }

  /// How many characters all names begin with, up to and with an underscore.
  private static func sharedPrefix(_ names: [String]) -> Int {
    guard names.count > 1, let first = names.first else { return 0 }
    var prefix = Array(first)
    for name in names.dropFirst() {
      prefix = zip(prefix, name).prefix { $0 == $1 }.map(\.0)
    }
    return prefix.lastIndex(of: "_").map { $0 + 1 } ?? 0
  }

  private static func document(
    _ text: String, _ flag: FlagDescription, _ read: FileReader
  ) throws(UsageError) -> JSONValue {
    let bytes = text.hasPrefix("@") ? try file(text, flag, read) : Array(text.utf8)
    do {
      return try JSONValue(json: bytes)
    } catch {
      // Messages that proto JSON writes as a string (field masks, wrappers) need no quotes here.
      if let first = text.utf8.first, !text.hasPrefix("@"), first != 0x7b, first != 0x5b {
        return .string(text)
      }
      throw UsageError(
        "--\(flag.name) is not JSON: \(error)",
        hint: "quote it for the shell, or name a file: @path")
    }
  }

  private static func file(
    _ text: String, _ flag: FlagDescription, _ read: FileReader
  ) throws(UsageError) -> [UInt8] {
    let path = String(text.dropFirst())
    guard let bytes = read(path) else {
      throw UsageError(
        "cannot read \(path) for --\(flag.name)", hint: "check that the file exists and is readable"
      )
    }
    return bytes
  }

  private static func wrong(
    _ flag: FlagDescription, _ text: String, _ wanted: String
  ) -> UsageError {
    UsageError("--\(flag.name) cannot be '\(text)'", hint: "it is \(wanted)")
  }
}

/// The content of a file, `-` being standard input; nil when it cannot be read.
package typealias FileReader = (_ path: String) -> [UInt8]?
