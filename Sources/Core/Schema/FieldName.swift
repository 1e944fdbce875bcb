/// The two spellings of a field's name.
enum FieldName {
  /// `display_name` → `displayName`, as protoc makes the JSON name.
  static func camelCase(_ name: some StringProtocol) -> String {
    var result: [UInt8] = []
    var upper = false
    for byte in name.utf8 {
      if byte == UInt8(ascii: "_") {
        upper = true
      } else {
        let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        result.append(upper && isLower ? byte - 0x20 : byte)
        upper = false
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// One path of a field mask in camel case, or nil when reading it back would give another path:
  /// an upper-case letter, or an underscore that no lower-case letter follows.
  static func maskPathToJSON(_ path: some StringProtocol) -> String? {
    var result: [UInt8] = []
    var upper = false
    for byte in path.utf8 {
      let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      if upper {
        guard isLower else { return nil }
        result.append(byte - 0x20)
        upper = false
      } else if byte == UInt8(ascii: "_") {
        upper = true
      } else if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) {
        return nil
      } else {
        result.append(byte)
      }
    }
    return upper ? nil : String(decoding: result, as: UTF8.self)
  }

  /// One path of a field mask out of JSON, or nil when it is not in camel case.
  static func maskPathFromJSON(_ path: some StringProtocol) -> String? {
    guard !path.isEmpty else { return nil }
    var result: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        result.append(UInt8(ascii: "_"))
        result.append(byte + 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."):
        result.append(byte)
      default: return nil
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
