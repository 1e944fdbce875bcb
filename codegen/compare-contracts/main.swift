private import CodegenCompare
private import CodegenSchema
private import Glibc

// Compares two contracts: compare-contracts MODULES OLDER NEWER
//
// The contracts are descriptor sets. Prints a line for each difference; ends with 1 when one of them
// breaks somebody, with 2 when a file cannot be read.

private func contents(of path: String) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY)
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { fail("cannot read \(path)") }
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
}

private func fail(_ text: String) -> Never {
  let line = Array("compare-contracts: \(text)\n".utf8)
  _ = unsafe write(STDERR_FILENO, line, line.count)
  exit(2)
}

private func contract(_ path: String, _ modules: ModuleMap) -> Schema {
  guard let request = GeneratorRequest(descriptorSet: contents(of: path)), !request.files.isEmpty
  else { fail("\(path) is no descriptor set") }
  return Schema(files: request.files, modules: modules)
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else { fail("usage: compare-contracts MODULES OLDER NEWER") }
do throws(SchemaError) {
  let text = String(decoding: contents(of: arguments[1]), as: UTF8.self)
  let modules = try ModuleMap(text: text, path: arguments[1])
  let changes = ContractComparison(
    from: contract(arguments[2], modules), to: contract(arguments[3], modules)
  ).changes
  for change in changes { print(change) }
  let breaking = changes.count { $0.meaning == .breaking }
  print("\(changes.count - breaking) compatible, \(breaking) breaking")
  exit(breaking == 0 ? 0 : 1)
} catch {
  fail("\(error)")
}
