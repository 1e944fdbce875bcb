/// Why bytes are not a message.
public enum WireError: Error, Hashable {
  /// The input ends inside a field.
  case truncated
  /// A varint has more than ten bytes or more than 64 bits.
  case malformedVarint
  /// A tag names field 0, has more than five bytes or a wire type that does not exist.
  case invalidTag
  /// The field is there with a wire type that its declaration does not allow.
  case wrongWireType(field: Int)
  /// The string field holds bytes that are not UTF-8.
  case invalidUTF8(field: Int)
  /// A length is 2 GiB or more.
  case lengthOutOfRange
  /// Messages or groups are nested deeper than the limit.
  case recursionLimitExceeded
  /// A group ends that was not begun, or never ends.
  case unmatchedGroupEnd
  /// The whole message is 2 GiB or more.
  case tooLarge
}

extension WireError: CustomStringConvertible {
  /// One line without any of the input's data.
  public var description: String {
    switch self {
    case .truncated: "the input ends inside a field"
    case .malformedVarint: "a varint is longer than 64 bits"
    case .invalidTag: "a tag is not valid"
    case .wrongWireType(let field): "field \(field) has the wrong wire type"
    case .invalidUTF8(let field): "field \(field) is not valid UTF-8"
    case .lengthOutOfRange: "a length is 2 GiB or more"
    case .recursionLimitExceeded: "messages are nested too deeply"
    case .unmatchedGroupEnd: "a group does not begin and end in pairs"
    case .tooLarge: "the message is 2 GiB or more"
    }
  }
}
