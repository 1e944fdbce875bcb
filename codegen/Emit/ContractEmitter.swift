internal import CZlib
internal import CodegenSchema

/// Writes the descriptors of every file, for reflection, JSON and the command line.
struct ContractEmitter {
  private let context: EmitContext

  init(_ context: EmitContext) { self.context = context }

  func emit() -> GeneratedFile {
    var text = context.header("proto/", imports: [], in: "Contract")
    text.line()
    text.block("extension Contract") { text in
      text.line(
        "/// A `FileDescriptorSet` of the contract and its imports, without comments, compressed by"
      )
      text.line("/// zlib, in base64.")
      text.line("public static let fileDescriptorSet: StaticString = \"\"\"")
      text.indented { text in
        var rest = base64(compressed(descriptorSet))[...]
        while !rest.isEmpty {
          let line = String(decoding: rest.prefix(92), as: UTF8.self)
          rest = rest.dropFirst(92)
          text.line(rest.isEmpty ? line : line + "\\")
        }
        text.line("\"\"\"")
      }
      text.line()
      text.line("/// Bytes of the set before it was compressed.")
      text.line("static let fileDescriptorSetSize = \(descriptorSet.count)")
    }
    let folder = context.schema.modules.contractFolder
    return GeneratedFile(path: "\(folder)/DescriptorSet.swift", content: text.text)
  }

  /// Field 1 of a `FileDescriptorSet` for each file, imports first.
  private var descriptorSet: [UInt8] {
    var bytes: [UInt8] = []
    for file in context.schema.files {
      bytes.append(0x0a)
      appendVarint(UInt64(file.descriptor.count), to: &bytes)
      bytes += file.descriptor
    }
    return bytes
  }
}

/// The zlib stream (RFC 1950) of some bytes, at the best level.
private func compressed(_ bytes: [UInt8]) -> [UInt8] {
  unsafe [UInt8](unsafeUninitializedCapacity: Int(compressBound(uLong(bytes.count)))) {
    buffer, count in
    var length = uLongf(buffer.count)
    let status = unsafe compress2(
      buffer.baseAddress, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
    precondition(status == Z_OK, "the buffer has the size that zlib asked for")
    count = Int(length)
  }
}

func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
  var rest = value
  while rest >= 0x80 {
    bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
    rest >>= 7
  }
  bytes.append(UInt8(rest))
}

/// Standard base64 with padding.
private func base64(_ bytes: [UInt8]) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count * 4 / 3 + 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits: UInt32 = 0
    for byte in group { bits = bits << 8 | UInt32(byte) }
    bits <<= 8 * UInt32(3 - group.count)
    for index in 0..<4 {
      let isPadding = index > group.count
      let digit = Int(bits >> (18 - 6 * UInt32(index)) & 63)
      result.append(isPadding ? UInt8(ascii: "=") : alphabet[digit])
    }
  }
  return result
}
