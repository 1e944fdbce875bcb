package import CodegenSchema

/// What the plugin answers on standard output: a `CodeGeneratorResponse`.
package enum PluginResponse {
  /// The answer with these files.
  package static func files(_ files: [GeneratedFile]) -> [UInt8] {
    // Bit 1: proto3 `optional` is understood.
    var bytes: [UInt8] = [0x10, 0x01]
    for file in files {
      var encoded: [UInt8] = []
      append(1, Array(file.path.utf8), to: &encoded)
      append(15, Array(file.content.utf8), to: &encoded)
      append(15, encoded, to: &bytes)
    }
    return bytes
  }

  /// The answer that refuses the input; protoc prints the text and fails.
  package static func error(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x10, 0x01]
    append(1, Array(text.utf8), to: &bytes)
    return bytes
  }

  private static func append(_ field: UInt64, _ value: [UInt8], to bytes: inout [UInt8]) {
    appendVarint(field << 3 | 2, to: &bytes)
    appendVarint(UInt64(value.count), to: &bytes)
    bytes += value
  }
}

extension PluginResponse {
  /// Checks the request and generates; `read` gives the bytes of a file, here the modules file that
  /// the parameter names.
  package static func answer(
    to request: GeneratorRequest, read: (String) -> [UInt8]?
  ) -> [UInt8] {
    let parts = request.parameter.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0] == "modules" else {
      return error("the parameter is modules=FILE")
    }
    guard let text = read(parts[1]) else { return error("cannot read \(parts[1])") }
    do throws(SchemaError) {
      let modules = try ModuleMap(text: String(decoding: text, as: UTF8.self), path: parts[1])
      return files(Generator(try Schema(checking: request.files, modules: modules)).files())
    } catch {
      return self.error("\n\(error)")
    }
  }
}
