/// How the messages of a call may be compressed.
public enum Compression: String, Sendable, Hashable {
  /// Not at all.
  case identity
  /// RFC 1952.
  case gzip
  /// The zlib format, RFC 1950.
  case deflate
}
