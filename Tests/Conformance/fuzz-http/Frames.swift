/// Frames of HTTP/2 (RFC 9113 section 4.1), right or wrong.
enum Frames {
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  enum Kind {
    static let data: UInt8 = 0
    static let headers: UInt8 = 1
    static let priority: UInt8 = 2
    static let reset: UInt8 = 3
    static let settings: UInt8 = 4
    static let promise: UInt8 = 5
    static let ping: UInt8 = 6
    static let goAway: UInt8 = 7
    static let windowUpdate: UInt8 = 8
    static let continuation: UInt8 = 9
  }

  enum Flag {
    static let endStream: UInt8 = 1
    static let acknowledges: UInt8 = 1
    static let endHeaders: UInt8 = 4
    static let padded: UInt8 = 8
    static let priority: UInt8 = 0x20
  }

  /// A frame; with a `lie` its length says more than there is.
  static func frame(
    _ type: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = [], lie: Int = 0
  ) -> [UInt8] {
    let length = UInt32(payload.count + lie)
    return [
      UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
      UInt8(truncatingIfNeeded: length), type, flags,
    ] + big(stream) + payload
  }

  static func big(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
  }

  /// A message of gRPC, or an envelope of one of the others; with a `lie` its length is another.
  static func message(_ payload: [UInt8], flags: UInt8 = 0, lie: Int = 0) -> [UInt8] {
    [flags] + big(UInt32(truncatingIfNeeded: payload.count + lie)) + payload
  }

  /// A `BytesValue`.
  static func bytesValue(_ content: [UInt8]) -> [UInt8] {
    guard !content.isEmpty else { return [] }
    guard content.count > 127 else { return [10, UInt8(content.count)] + content }
    return [10, UInt8(content.count & 127 | 128), UInt8(content.count >> 7)] + content
  }
}
