private import CodegenEmit
private import CodegenSchema
private import Glibc

/// Reads to the end; nil when that is not possible.
private func contents(of descriptor: Int32) -> [UInt8]? {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
}

/// Writes all of it or ends the process.
private func write(_ bytes: [UInt8], to descriptor: Int32) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { buffer in
      unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    }
    guard count > 0 else { exit(1) }
    rest = rest.dropFirst(count)
  }
}

guard let input = contents(of: 0), let request = GeneratorRequest(bytes: input) else {
  write(Array("protoc-gen-klinke: standard input is not a CodeGeneratorRequest\n".utf8), to: 2)
  exit(1)
}
write(
  PluginResponse.answer(to: request) { path in unsafe contents(of: open(path, O_RDONLY)) }, to: 1)
