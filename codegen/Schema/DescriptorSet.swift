extension GeneratorRequest {
  /// Reads a `FileDescriptorSet`, as protoc and buf write it. Nil when the bytes are none.
  ///
  /// A request is the same list under another field number, so only the tags are rewritten.
  package init?(descriptorSet: [UInt8]) {
    guard let set = OptionBytes(descriptorSet[...]) else { return nil }
    var request: [UInt8] = []
    for case (1, .bytes(let file)) in set.fields {
      request.append(15 << 3 | 2)
      var length = file.count
      while length >= 0x80 {
        request.append(UInt8(truncatingIfNeeded: length) | 0x80)
        length >>= 7
      }
      request.append(UInt8(length))
      request += file
    }
    self.init(bytes: request)
  }
}
