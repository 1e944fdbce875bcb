/// Which Swift module and folder each proto package is generated into; read from
/// `codegen/modules.txt`.
package struct ModuleMap: Sendable {
  package struct Entry: Hashable, Sendable {
    package let module: String
    /// From the root of the repository.
    package let folder: String
    /// Methods need a policy and everything needs a comment.
    package let isStrict: Bool
    /// Comments are not carried over: they belong to someone else.
    package let isSilent: Bool
    /// In front of the Swift names of files and types, for a package that has a twin.
    package let prefix: String
    /// Name of the file of commands, without `Commands.swift`; empty for no commands.
    package let commands: String
  }

  /// A rule that an element need not keep, and why.
  package struct Exception: Hashable, Sendable {
    package let rule: String
    /// Full name.
    package let element: String
    package let reason: String
    package let position: SourcePosition
  }

  /// In the order of the file.
  package let exceptions: [Exception]
  /// By proto package.
  private let entries: [String: Entry]
  /// Swift name by full proto name.
  private let names: [String: String]
  /// Folder of the generated commands; empty for none.
  package let commandsFolder: String
  /// Folder of the generated descriptor set; empty for none.
  package let contractFolder: String
  /// Where the OpenAPI document goes; empty for none.
  package let openAPIFile: String
  /// Folder of the reference pages; empty for none.
  package let referenceFolder: String
  /// Folder of the TypeScript client; empty for none.
  package let scriptFolder: String
  /// By provider.
  private let signatureHeaders: [String: String]

  package func entry(package: String) -> Entry? { entries[package] }
  package func swiftName(_ fullName: String) -> String? { names[fullName] }

  /// The header that carries the signature of a provider's webhooks.
  package func signatureHeader(_ provider: String) -> String? { signatureHeaders[provider] }

  /// Reads the file; `path` is for errors.
  package init(text: String, path: String) throws(SchemaError) {
    var entries: [String: Entry] = [:]
    var names: [String: String] = [:]
    var signatureHeaders: [String: String] = [:]
    var places: [String: String] = [:]
    var exceptions: [Exception] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
      guard let keyword = words.first else { continue }
      let position = SourcePosition(file: path, line: index + 1)
      switch (keyword, words.count) {
      case ("package", 4...):
        entries[words[1]] = try Entry(words: words, position)
      case ("name", 3): names[words[1]] = words[2]
      case ("signature", 3): signatureHeaders[words[1]] = words[2]
      case ("except", 4...):
        exceptions.append(
          Exception(
            rule: words[1], element: words[2], reason: words[3...].joined(separator: " "),
            position: position))
      case (_, 2) where Self.places.contains(keyword): places[keyword] = words[1]
      default:
        let keywords = (["package", "name", "signature", "except"] + Self.places).joined(
          separator: ", ")
        throw SchemaError([.init(position, "a line begins with one of \(keywords)")])
      }
    }
    self.entries = entries
    self.exceptions = exceptions
    self.names = names
    self.signatureHeaders = signatureHeaders
    commandsFolder = places["commands"] ?? ""
    contractFolder = places["contract"] ?? ""
    openAPIFile = places["openapi"] ?? ""
    referenceFolder = places["reference"] ?? ""
    scriptFolder = places["typescript"] ?? ""
  }

  private static let places = ["commands", "contract", "openapi", "reference", "typescript"]
}

extension ModuleMap.Entry {
  init(words: [String], _ position: SourcePosition) throws(SchemaError) {
    var flags: [String: String] = [:]
    for word in words.dropFirst(4) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      flags[parts[0]] = parts.count == 2 ? parts[1] : ""
    }
    if let unknown = flags.keys.sorted().first(where: { !Self.flags.contains($0) }) {
      throw SchemaError([.init(position, "there is no flag `\(unknown)`")])
    }
    self.init(
      module: words[2], folder: words[3], isStrict: flags["strict"] != nil,
      isSilent: flags["silent"] != nil, prefix: flags["prefix"] ?? "",
      commands: flags["commands"] ?? "")
  }

  private static let flags: Set<String> = ["strict", "silent", "prefix", "commands"]
}
