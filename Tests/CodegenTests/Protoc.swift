internal import CodegenSchema
internal import Foundation

/// Runs protoc over schemas of the tests and makes of its answer what a plugin would be given.
struct Protoc {
  enum Failure: Error {
    case protoc(String)
    case request
  }

  /// The root of the repository.
  static let root = URL(filePath: #filePath)
    .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "../..")
    .standardizedFileURL

  /// Files of the request for one schema, given as text and named `test.proto`.
  static func files(_ text: String) throws -> [SchemaFile] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appending(path: "test.proto"))
    return try files(in: folder, name: "test.proto")
  }

  static func files(in folder: URL, name: String) throws -> [SchemaFile] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "protoc", "-I", folder.path(percentEncoded: false), "-I",
      root.appending(path: "proto").path(percentEncoded: false), "-I",
      root.appending(path: ".deps/protos").path(percentEncoded: false), "-I", "/usr/include",
      "--include_imports",
      "--include_source_info", "--descriptor_set_out=/dev/stdout", name,
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let set = try output.fileHandleForReading.readToEnd() ?? Data()
    let words = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure.protoc(String(decoding: words, as: UTF8.self))
    }
    guard let request = GeneratorRequest(bytes: request(set: Array(set), name: name)) else {
      throw Failure.request
    }
    return request.files
  }

  /// A descriptor set is a list of field 1, a request one of field 15: only the tags differ.
  private static func request(set: [UInt8], name: String) -> [UInt8] {
    var bytes: [UInt8] = [0x0a, UInt8(name.utf8.count)] + Array(name.utf8)
    var rest = set[...]
    while rest.popFirst() == 0x0a {
      var length = 0
      var shift = 0
      bytes.append(0x7a)
      while let byte = rest.popFirst() {
        bytes.append(byte)
        length |= Int(byte & 0x7f) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      bytes += rest.prefix(length)
      rest = rest.dropFirst(length)
    }
    return bytes
  }
}
