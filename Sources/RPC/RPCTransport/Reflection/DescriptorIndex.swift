package import Wire

/// Finds the files of a `FileDescriptorSet` by what they declare.
///
/// It reads only names, numbers and imports; the files themselves are handed out byte for byte as
/// the compiler wrote them, options included.
package struct DescriptorIndex: Sendable {
  /// One field of an extended message.
  struct Extension: Hashable, Sendable {
    let type: String
    let number: Int32
  }

  private struct File: Sendable {
    var bytes: [UInt8] = []
    var dependencies: [String] = []
  }

  private var files: [String: File] = [:]
  private var fileOfSymbol: [String: String] = [:]
  private var fileOfExtension: [Extension: String] = [:]

  /// An index over nothing, to which sets are added.
  package init() {}

  /// An index over the files of one set.
  package init(fileDescriptorSet bytes: [UInt8]) throws(WireError) {
    try add(fileDescriptorSet: bytes)
  }

  /// Adds the files of a set; a file that is known already stays as it is.
  package mutating func add(fileDescriptorSet bytes: [UInt8]) throws(WireError) {
    var all: [[UInt8]] = []
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      if field.number == 1 { all.append(try reader.bytes(field)) } else { try reader.skip(field) }
    }
    for bytes in all {
      let scan = try FileScan(bytes)
      guard files[scan.name] == nil else { continue }
      files[scan.name] = File(bytes: bytes, dependencies: scan.dependencies)
      for symbol in scan.symbols { fileOfSymbol[symbol] = scan.name }
      for found in scan.extensions { fileOfExtension[found] = scan.name }
    }
  }

  func file(named name: String) -> String? { files[name] == nil ? nil : name }

  /// The file that declares a full name, with or without a leading dot.
  func file(declaring symbol: String) -> String? {
    fileOfSymbol[symbol.hasPrefix(".") ? String(symbol.dropFirst()) : symbol]
  }

  func file(extending type: String, number: Int32) -> String? {
    fileOfExtension[Extension(type: type, number: number)]
  }

  /// The numbers of the extensions of a known message; `nil` for an unknown one.
  func extensionNumbers(of type: String) -> [Int32]? {
    guard fileOfSymbol[type] != nil else { return nil }
    return fileOfExtension.keys.filter { $0.type == type }.map(\.number).sorted()
  }

  /// A file and all it imports, each once and none that is in `sent`, the file itself first. A file
  /// asked for by name is always sent.
  func closure(of name: String, except sent: inout Set<String>) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var seen: Set<String> = [name]
    var open = [name]
    while let next = open.popLast() {
      guard let file = files[next] else { continue }
      if next == name || !sent.contains(next) { found.append(file.bytes) }
      sent.insert(next)
      for dependency in file.dependencies where seen.insert(dependency).inserted {
        open.append(dependency)
      }
    }
    return found
  }
}
