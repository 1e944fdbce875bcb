/// The environment with its files, and what was found wrong in it.
struct ConfigSource {
  let values: [String: String]
  let readFile: (String) -> Result<[UInt8], SecretFile.Problem>
  var problems: [String] = []

  init(
    values: [String: String],
    readFile: @escaping (String) -> Result<[UInt8], SecretFile.Problem>
  ) {
    self.values = values
    self.readFile = readFile
  }

  /// A variable's value, or the content of its file; `nil` when not set or empty.
  mutating func value(_ name: String) -> String? {
    if let value = values[name], !value.isEmpty { return value }
    guard ServerConfig.secrets.contains(name), let path = values[name + "_FILE"], !path.isEmpty
    else { return nil }
    switch readFile(path) {
    case .success(let bytes):
      let text = String(decoding: bytes, as: UTF8.self)
      return String(text.prefix { $0 != "\n" && $0 != "\r\n" })
    case .failure(let problem):
      problems.append("\(name)_FILE: cannot read \(path) (\(problem.reason))")
      return nil
    }
  }

  mutating func text(_ name: String, _ set: (String) -> Void) {
    if let value = value(name) { set(value) }
  }

  /// `set` returns what is wrong with the value, if anything.
  mutating func text(_ name: String, _ set: (String) -> String?) {
    if let value = value(name), let problem = set(value) { problems.append("\(name) \(problem)") }
  }

  mutating func flag(_ name: String, _ set: (Bool) -> Void) {
    guard let value = value(name) else { return }
    guard let flag = ["true": true, "1": true, "false": false, "0": false][value] else {
      problems.append("\(name) must be true or false, is `\(value)`")
      return
    }
    set(flag)
  }

  mutating func number(_ name: String, _ range: ClosedRange<Int>, _ set: (Int) -> Void) {
    guard let value = value(name) else { return }
    guard let number = Int(value), range.contains(number) else {
      problems.append(
        "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "is `\(value)`")
      return
    }
    set(number)
  }
}
