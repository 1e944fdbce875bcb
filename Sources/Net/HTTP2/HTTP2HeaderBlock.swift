internal import HTTP

/// What a block of header or trailer fields says. The library has checked which pseudo-headers are
/// there.
struct HTTP2HeaderBlock {
  /// What is known of a block beside its fields.
  struct Marks {
    var method = HTTPFields.Piece()
    var authority = HTTPFields.Piece()
    var path = HTTPFields.Piece()
    var status = 0
    var isTooLarge = false
    /// There is a field with a name as long as `host`.
    var mayNameHost = false
  }

  private let marks: Marks
  let fields: HTTPFields

  fileprivate init(_ marks: Marks, _ fields: HTTPFields) {
    self.marks = marks
    self.fields = fields
  }

  var method: HTTPFields.Piece { marks.method }
  var authority: HTTPFields.Piece { marks.authority }
  var path: HTTPFields.Piece { marks.path }
  var status: Int { marks.status }
  var isTooLarge: Bool { marks.isTooLarge }

  /// A pseudo-header has what RFC 9113 section 8.3.1 forbids and the library lets pass: a fragment
  /// never reaches a server, nor does who the user is.
  var isMalformed: Bool {
    fields.has(UInt8(ascii: "#"), in: path) || fields.has(UInt8(ascii: "@"), in: authority)
  }

  var isConnect: Bool { method.count == 7 && fields.text(method) == "CONNECT" }

  /// Whether `host` names another host than `:authority` does (RFC 9113 section 8.3.1).
  var namesTwoHosts: Bool {
    guard marks.mayNameHost, !authority.isEmpty, let host = fields["host"] else { return false }
    let authority = fields.text(authority)
    return host != authority && host.lowercased() != authority.lowercased()
  }
}

/// A block of fields as it comes in, bounded. A connection has one, for one block after the other.
struct HTTP2OpenBlock: ~Copyable {
  private var marks = HTTP2HeaderBlock.Marks()
  private var buffer = HTTPFieldBuffer()
  private var size = 0

  var isTooLarge: Bool { marks.isTooLarge }

  /// A block begins.
  mutating func begin() {
    marks = HTTP2HeaderBlock.Marks()
    buffer.removeAll()
    size = 0
  }

  /// Adds a field, or drops it and everything after it when the block is too large. Nothing is
  /// kept of what is dropped: a small compressed block can stand for a large one.
  mutating func add(
    name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>, bytesMax: Int,
    fieldsMax: Int
  ) {
    size += name.count + value.count + 32
    if size > bytesMax || buffer.count >= fieldsMax { marks.isTooLarge = true }
    guard !marks.isTooLarge else { return }
    if unsafe name.first == UInt8(ascii: ":") {
      unsafe addPseudo(name, value)
    } else {
      if name.count == 4 { marks.mayNameHost = true }
      unsafe buffer.add(checkedName: name, value: value)
    }
  }

  private mutating func addPseudo(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) {
    switch unsafe (name.count, name[2]) {
    case (5, _): unsafe marks.path = buffer.keep(value)
    case (10, _): unsafe marks.authority = buffer.keep(value)
    case (7, UInt8(ascii: "e")): unsafe marks.method = buffer.keep(value)
    case (7, UInt8(ascii: "t")):
      unsafe marks.status = Int(String(decoding: value, as: UTF8.self)) ?? 0
    // What the scheme is we know from the connection.
    default: break
    }
  }

  /// Whether the block is that of a request which was found good.
  func repeats(_ head: HTTPRequestHead) -> Bool {
    !marks.isTooLarge
      && head.isSame(
        method: marks.method, authority: marks.authority, target: marks.path, fields: buffer)
  }

  /// The block, which is complete.
  func finished() -> HTTP2HeaderBlock { HTTP2HeaderBlock(marks, buffer.fields()) }
}
