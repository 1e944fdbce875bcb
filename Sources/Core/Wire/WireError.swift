/// Why bytes are not a message, and in which field.
public struct WireError: Error, Hashable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The input ends inside a field.
    case truncated
    /// A varint has more than ten bytes or more than 64 bits.
    case malformedVarint
    /// A tag names field 0, has more than five bytes or a wire type that does not exist.
    case invalidTag
    /// The field is there with a wire type that its reader does not allow.
    case wrongWireType
    /// A string field holds bytes that are not UTF-8.
    case invalidUTF8
    /// A length is 2 GiB or more, or has more than five bytes.
    case lengthOutOfRange
    /// Messages or groups are nested deeper than the limit.
    case recursionLimitExceeded
    /// A group ends that was not begun, or never ends.
    case unmatchedGroupEnd
    /// The whole message is 2 GiB or more.
    case tooLarge
  }

  /// What is wrong.
  public let reason: Reason

  /// Numbers of the fields that lead to the error, the outermost first. Empty when it is in no
  /// field, or when the error does not come from a whole message.
  public let path: [Int]

  /// An error in the field at a path.
  public init(_ reason: Reason, path: [Int] = []) {
    self.reason = reason
    self.path = path
  }

  /// The same error in the field at a path.
  func at(_ path: [Int]) -> WireError { WireError(reason, path: path) }
}

extension WireError {
  // One for each reason, without a path. Not inlined, so that throwing one is a single call out of
  // the way of reading.

  /// ``Reason/truncated``, wherever it is.
  public static var truncated: WireError { @inline(never) get { WireError(.truncated) } }

  /// ``Reason/malformedVarint``, wherever it is.
  public static var malformedVarint: WireError {
    @inline(never) get { WireError(.malformedVarint) }
  }

  /// ``Reason/invalidTag``, wherever it is.
  public static var invalidTag: WireError { @inline(never) get { WireError(.invalidTag) } }

  /// ``Reason/wrongWireType``, wherever it is.
  public static var wrongWireType: WireError { @inline(never) get { WireError(.wrongWireType) } }

  /// ``Reason/invalidUTF8``, wherever it is.
  public static var invalidUTF8: WireError { @inline(never) get { WireError(.invalidUTF8) } }

  /// ``Reason/lengthOutOfRange``, wherever it is.
  public static var lengthOutOfRange: WireError {
    @inline(never) get { WireError(.lengthOutOfRange) }
  }

  /// ``Reason/recursionLimitExceeded``, wherever it is.
  public static var recursionLimitExceeded: WireError {
    @inline(never) get { WireError(.recursionLimitExceeded) }
  }

  /// ``Reason/unmatchedGroupEnd``, wherever it is.
  public static var unmatchedGroupEnd: WireError {
    @inline(never) get { WireError(.unmatchedGroupEnd) }
  }

  /// ``Reason/tooLarge``, wherever it is.
  public static var tooLarge: WireError { @inline(never) get { WireError(.tooLarge) } }
}

extension WireError: CustomStringConvertible {
  /// One line without any of the input's data.
  public var description: String {
    guard !path.isEmpty else { return reason.description }
    return "field \(path.map(String.init).joined(separator: ".")): \(reason)"
  }
}

extension WireError.Reason: CustomStringConvertible {
  /// One line without any of the input's data.
  public var description: String {
    switch self {
    case .truncated: "the input ends inside a field"
    case .malformedVarint: "a varint is longer than 64 bits"
    case .invalidTag: "a tag is not valid"
    case .wrongWireType: "the wire type is not the declared one"
    case .invalidUTF8: "a string is not valid UTF-8"
    case .lengthOutOfRange: "a length is 2 GiB or more or too long"
    case .recursionLimitExceeded: "messages are nested too deeply"
    case .unmatchedGroupEnd: "a group does not begin and end in pairs"
    case .tooLarge: "the message is 2 GiB or more"
    }
  }
}
