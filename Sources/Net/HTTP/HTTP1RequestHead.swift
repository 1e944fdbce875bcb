/// The head of an HTTP/1.1 request, checked.
package struct HTTP1RequestHead: Sendable {
  /// How the end of the body is found.
  package enum Body: Sendable, Hashable {
    case none
    case fixed(Int)
    case chunked
  }

  package var method = ""
  package var target = ""
  /// From `Host`, or from a target that is a whole URL; empty on HTTP/1.0 without `Host`.
  package var authority = ""
  package var fields = HTTPFields()
  package var body = Body.none
  /// HTTP/1.0 has no chunks and closes by default.
  package var isHTTP10 = false
  /// Whether the client wants to use the connection again.
  package var keepsAlive = true
  /// Whether the client waits for status 100 before it sends the body.
  package var expectsContinue = false
  /// Whether the client reads trailers after a chunked response.
  package var acceptsTrailers = false
}

/// Bytes that the grammar of RFC 9110 and 9112 allows.
enum HTTP1Grammar {
  /// A character of a method or field name (RFC 9110 section 5.6.2).
  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
      UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
      UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// A character of a field value: visible, space, tab, or beyond ASCII.
  static func isFieldValue(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t")
  }

  /// A character of a host with port: no user info, no path.
  static func isHost(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "%"):
      true
    default: false
    }
  }

  /// Whether a comma-separated list has the (lower-case) word in it.
  static func list(_ value: String, contains word: String) -> Bool {
    value.utf8.split(separator: UInt8(ascii: ",")).contains { part in
      part.withoutBlanks.map { $0 | 0x20 }.elementsEqual(word.utf8.map { $0 | 0x20 })
    }
  }
}
