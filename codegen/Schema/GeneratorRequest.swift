private import CDescriptor
private import CProtobufC

/// What protoc asks of the plugin, read with libprotobuf-c.
package struct GeneratorRequest: Sendable {
  /// What the command line gave behind `--klinke_opt`.
  package let parameter: String
  /// In protoc's order: imports come before the files that import them.
  package let files: [SchemaFile]

  /// Nil when the bytes are no request.
  package init?(bytes: [UInt8]) {
    let unpacked = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe google__protobuf__compiler__code_generator_request__unpack(
        nil, buffer.count, buffer.baseAddress)
    }
    guard let request = unsafe unpacked else { return nil }
    defer {
      unsafe google__protobuf__compiler__code_generator_request__free_unpacked(request, nil)
    }
    parameter = unsafe string(request.pointee.parameter)
    let wanted = unsafe Set(
      strings(request.pointee.file_to_generate, request.pointee.n_file_to_generate))
    let proto = unsafe pointers(request.pointee.proto_file, request.pointee.n_proto_file)
    files = unsafe proto.map { file in
      let isGenerated = unsafe wanted.contains(string(file.pointee.name))
      return unsafe DescriptorReader(file).file(file, isGenerated: isGenerated)
    }
  }
}

// MARK: C values as Swift values

/// The text of a C string; empty for a null pointer.
func string(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
  guard let pointer = unsafe pointer else { return "" }
  return unsafe String(cString: pointer)
}

func strings(
  _ pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int
) -> [String] {
  unsafe pointers(pointer, count).map { unsafe string($0) }
}

/// The elements of a repeated field, which libprotobuf-c never leaves null.
func pointers<T>(
  _ pointer: UnsafeMutablePointer<UnsafeMutablePointer<T>?>?, _ count: Int
) -> [UnsafeMutablePointer<T>] {
  unsafe UnsafeBufferPointer(start: pointer, count: count).compactMap { unsafe $0 }
}

func numbers(_ pointer: UnsafeMutablePointer<Int32>?, _ count: Int) -> [Int32] {
  unsafe Array(UnsafeBufferPointer(start: pointer, count: count))
}
