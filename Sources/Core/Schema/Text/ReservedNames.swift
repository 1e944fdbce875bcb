private import Wire

/// The names of fields that a message had once, and that nobody may use for another.
///
/// Read from the file's own descriptor when a name is not known, which is rare, so that no pool has
/// to keep them.
enum ReservedNames {
  private typealias Text = Substring.UTF8View

  static func contain(
    _ name: String, of type: MessageDescriptor, in pool: DescriptorPool
  ) -> Bool {
    guard let file = pool.file(declaring: type.fullName) else { return false }
    let scope = file.package.isEmpty ? 0 : file.package.utf8.count + 1
    let path = type.fullName.utf8.dropFirst(scope).split(separator: UInt8(ascii: "."))
    return (try? search(file.bytes.span, messages: 4, path[...], for: name)) ?? false
  }

  /// Goes down the path of names; a file's messages have another number than nested ones.
  private static func search(
    _ bytes: Span<UInt8>, messages: Int, _ path: ArraySlice<Text>, for name: String
  ) throws(WireError) -> Bool {
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      guard field.type == .lengthDelimited else {
        try reader.skip(field)
        continue
      }
      let value = bytes.extracting(try reader.lengthDelimited())
      if path.isEmpty {
        if field.number == 10, isText(value, name.utf8) { return true }
      } else if field.number == messages, let first = path.first, try isNamed(value, first) {
        return try search(value, messages: 3, path.dropFirst(), for: name)
      }
    }
    return false
  }

  /// Whether a message's descriptor has this name.
  private static func isNamed(
    _ bytes: Span<UInt8>, _ name: Text
  ) throws(WireError) -> Bool {
    var reader = WireReader(bytes)
    while let field = try reader.nextField() {
      guard field.number == 1, field.type == .lengthDelimited else {
        try reader.skip(field)
        continue
      }
      return isText(bytes.extracting(try reader.lengthDelimited()), name)
    }
    return false
  }

  private static func isText(_ bytes: Span<UInt8>, _ text: some Collection<UInt8>) -> Bool {
    [UInt8](copying: bytes).elementsEqual(text)
  }
}
