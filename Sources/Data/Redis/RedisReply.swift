private import CRedis

/// What Redis answers.
package enum RedisReply: Sendable, Hashable {
  case null
  case integer(Int64)
  /// A short text such as `OK`.
  case status(String)
  case bytes([UInt8])
  case array([RedisReply])
  /// A refusal inside of an array; alone it is thrown as ``RedisError/server(_:)``.
  case error(String)

  package var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// A status, or bytes that are UTF-8.
  package var text: String? {
    switch self {
    case .status(let text): text
    case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
    case .null, .integer, .array, .error: nil
    }
  }
}

/// hiredis' reader of the protocol: bytes in as they come, whole replies out.
///
/// Safe to hold: the reader lives as long as this.
@safe final class ReplyReader {
  /// What the bytes so far amount to.
  enum Step: Equatable {
    case reply(RedisReply)
    case needsMore
    /// The peer does not speak the protocol, or memory ran out.
    case broken
  }

  private let reader: UnsafeMutablePointer<redisReader>

  init?() {
    guard let reader = unsafe redisReaderCreate() else { return nil }
    unsafe self.reader = unsafe reader
  }

  deinit { unsafe redisReaderFree(reader) }

  func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
    return unsafe redisReaderFeed(reader, start, bytes.count) == REDIS_OK
  }

  func next() -> Step {
    var reply: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &reply) == REDIS_OK else { return .broken }
    guard let reply = unsafe reply else { return .needsMore }
    defer { unsafe freeReplyObject(reply) }
    return .reply(unsafe Self.value(reply.assumingMemoryBound(to: redisReply.self)))
  }

  private static func value(_ reply: UnsafePointer<redisReply>) -> RedisReply {
    let reply = unsafe reply.pointee
    switch unsafe reply.type {
    case REDIS_REPLY_INTEGER: return .integer(unsafe reply.integer)
    case REDIS_REPLY_STATUS: return .status(String(decoding: unsafe bytes(reply), as: UTF8.self))
    case REDIS_REPLY_ERROR: return .error(String(decoding: unsafe bytes(reply), as: UTF8.self))
    case REDIS_REPLY_STRING: return .bytes(unsafe bytes(reply))
    case REDIS_REPLY_ARRAY:
      // hiredis limits the depth to 7 itself.
      let count = unsafe reply.elements
      return .array(
        (0..<count).map { index in
          guard let element = unsafe reply.element[index] else { return .null }
          return unsafe value(element)
        })
    default: return .null
    }
  }

  private static func bytes(_ reply: redisReply) -> [UInt8] {
    guard let start = unsafe reply.str else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: reply.len))
  }
}

/// A command as it goes over the wire: an array of strings, each with its length.
enum RedisCommand {
  static func append(_ arguments: [[UInt8]], to buffer: inout [UInt8]) {
    buffer += "*\(arguments.count)\r\n".utf8
    for argument in arguments {
      buffer += "$\(argument.count)\r\n".utf8
      buffer += argument
      buffer += "\r\n".utf8
    }
  }
}
