internal import Foundation

/// The files of this repository.
struct SourceTree {
  struct File {
    /// From the root, e.g. `Sources/Core/Wire/WireReader.swift`.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var isGenerated: Bool { path.contains("/Generated/") || path.contains(".pb-c.") }

    /// `Wire` of `Sources/Core/Wire/…`, `CodegenEmit` of `codegen/Emit/…`.
    var module: String {
      let parts = path.split(separator: "/").map(String.init)
      guard parts.count > 2 else { return "" }
      return switch parts[0] {
      case "Sources": parts[2]
      case "clients": parts[2]
      case "codegen": parts[1].contains("-") ? parts[1] : "Codegen" + parts[1]
      default: ""
      }
    }
  }

  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Files in one of the folders, or with the very path, whose name ends in one of the endings.
  static func files(in places: [String], endings: [String]) throws -> [File] {
    var files: [File] = []
    for place in places {
      let start = root.appendingPathComponent(place)
      let children = FileManager.default.enumerator(atPath: start.path)
      let paths =
        children.map { $0.compactMap { $0 as? String }.map { "\(place)/\($0)" } } ?? [place]
      for path in paths where endings.contains(where: path.hasSuffix) {
        // Folders of build results and of Python's byte code are not ours.
        if path.contains("/.") || path.contains("__pycache__") { continue }
        let content = try Data(contentsOf: root.appendingPathComponent(path))
        files.append(File(path: path, text: String(decoding: content, as: UTF8.self)))
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  /// Swift of the product, of the client library and of the generator.
  static func product() throws -> [File] {
    try files(in: ["Sources", "clients/swift", "codegen"], endings: [".swift"])
  }

  /// Everything that a person wrote.
  static func written() throws -> [File] {
    try files(
      in: [
        "Sources", "clients", "codegen", "Tests", "bench", "proto", "migrations", "scripts",
        "docs", ".ci", "Makefile", "Package.swift", "README.md", "buf.yaml",
      ],
      endings: [
        ".swift", ".proto", ".sql", ".md", ".py", ".sh", ".txt", ".c", ".h", ".cc", ".yaml", ".ts",
        "Makefile", "/setup", "/test", "/run", "/generate", "/baseline", "/compatibility",
        "/descriptors",
      ]
    ).filter { !$0.isGenerated }
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }
}
