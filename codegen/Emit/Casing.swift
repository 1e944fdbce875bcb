// How proto names become Swift names. These rules must never change: a generated name is source
// that other people's code uses.

/// `display_name` as `displayName`, `tenant_id` as `tenantID`, `url` as `url`.
func lowerCamel(_ name: String) -> String {
  var words = name.split(separator: "_").map(String.init)
  guard let first = words.first else { return name }
  words[0] = lowerFirst(first)
  for index in words.indices.dropFirst() { words[index] = capitalised(words[index]) }
  return words.joined()
}

/// `tenant_service` as `TenantService`.
func upperCamel(_ name: String) -> String {
  name.split(separator: "_").map { upperFirst(String($0)) }.joined()
}

/// `TENANT_STATE_PENDING` of the enum `TenantState` as `pending`.
func caseName(_ value: String, of enumName: String) -> String {
  let prefix = upperSnake(enumName) + "_"
  var rest = value.hasPrefix(prefix) ? String(value.dropFirst(prefix.count)) : value
  // A name cannot begin with a digit; the whole one is kept instead.
  if rest.first?.isNumber != false { rest = value }
  return lowerCamel(rest.lowercased())
}

private func capitalised(_ word: String) -> String {
  switch word {
  case "id": "ID"
  case "ids": "IDs"
  case "url": "URL"
  case "urls": "URLs"
  default: upperFirst(word)
  }
}

func lowerFirst(_ word: String) -> String { word.prefix(1).lowercased() + word.dropFirst() }
func upperFirst(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

/// `TenantState` as `TENANT_STATE`, `HTTPRule` as `HTTP_RULE`.
private func upperSnake(_ name: String) -> String {
  let letters = Array(name)
  var result = ""
  for (index, letter) in letters.enumerated() {
    let followsLower = index > 0 && !letters[index - 1].isUppercase
    let endsRun = index > 0 && index + 1 < letters.count && letters[index + 1].isLowercase
    if letter.isUppercase, followsLower || endsRun { result += "_" }
    result += letter.uppercased()
  }
  return result
}

/// Puts a name that is a Swift keyword into backticks, and renames the few for which that does not
/// help.
func escaped(_ name: String) -> String {
  if unspeakable.contains(name) { return name + "Value" }
  return keywords.contains(name) ? "`\(name)`" : name
}

/// What generated types already use, or what Swift does not accept as a member even in backticks.
private let unspeakable: Set<String> = [
  "self", "Self", "Type", "Protocol", "init", "hashValue", "hash", "unknownFields", "wireSize",
  "wireBytes", "protoName", "encode", "merge", "rawValue", "unrecognized",
]

private let keywords: Set<String> = [
  "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
  "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
  "func", "guard", "if", "import", "in", "inout", "internal", "is", "let", "nil", "operator",
  "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "static",
  "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var",
  "where", "while", "Any",
]
