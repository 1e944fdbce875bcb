internal import CNghttp2
private import Glibc
internal import HTTP

/// The head of the last request of a connection that was found good, which most others repeat.
///
/// A block is the same when its bytes are. When they have been twice, the fields of the next one
/// are noted as the library hands them out: what a client has in its table of fields (RFC 7541 section
/// 2.3.2) are the same buffers each time, so that a block which repeats them is told by addresses
/// and nothing of it is copied. The buffers are kept, so nothing else can be at their addresses.
@safe struct HTTP2KnownHead: ~Copyable {
  @safe private struct Field {
    let name: OpaquePointer
    let value: OpaquePointer
    /// As it counts against a limit.
    let size: Int
  }

  private enum Notes {
    /// The last block was another one.
    case unwanted
    /// It was the same, which one of two heads in turn is now and then.
    case doubtful
    /// The fields of the next block are to be noted.
    case wanted
    /// Those of the open block are.
    case taking
    /// There are all of them.
    case complete
  }

  /// Longer heads are not kept: a connection without requests is not to hold much.
  private static let bytesMax = 1_024

  private var head: HTTPRequestHead?
  private var notes = Notes.unwanted
  private var fields: [Field] = []
  /// The open block has been the same up to this one of the fields.
  private var followed = 0
  private(set) var isFollowing = false

  deinit { Self.release(fields) }

  /// A request with this head has been found good.
  mutating func found(_ head: HTTPRequestHead) {
    guard head.fields.bytes.count <= Self.bytesMax else { return }
    self.head = head
    forgetFields(.unwanted)
  }

  private mutating func forgetFields(_ next: Notes) {
    notes = next
    isFollowing = false
    Self.release(fields)
    if !fields.isEmpty { fields = [] }
  }

  private static func release(_ fields: [Field]) {
    for field in fields {
      unsafe nghttp2_rcbuf_decref(field.name)
      unsafe nghttp2_rcbuf_decref(field.value)
    }
  }

  /// A block begins.
  mutating func begin() {
    followed = 0
    switch notes {
    case .unwanted, .doubtful: break
    case .wanted: notes = .taking
    // The last block did not end.
    case .taking: forgetFields(.taking)
    case .complete: isFollowing = true
    }
  }

  /// The size of the field if the block, which is followed, goes on as the head does. If not, what
  /// was followed has to be added to the block: see ``giveUp(_:)``.
  mutating func follow(_ name: OpaquePointer, _ value: OpaquePointer) -> Int? {
    guard followed < fields.count else { return nil }
    let field = fields[followed]
    guard unsafe Self.isSame(name, field.name), unsafe Self.isSame(value, field.value) else {
      return nil
    }
    followed += 1
    return field.size
  }

  private static func isSame(_ one: OpaquePointer, _ other: OpaquePointer) -> Bool {
    if one == other { return true }
    let (one, other) = unsafe (nghttp2_rcbuf_get_buf(one), nghttp2_rcbuf_get_buf(other))
    return unsafe one.len == other.len && memcmp(one.base, other.base, one.len) == 0
  }

  /// Hands out what was followed, for the block is another one.
  mutating func giveUp(_ add: (_ name: OpaquePointer, _ value: OpaquePointer) -> Void) {
    guard isFollowing else { return }
    isFollowing = false
    for field in fields[..<followed] { unsafe add(field.name, field.value) }
  }

  /// A field has been added to the block.
  mutating func added(_ name: OpaquePointer, _ value: OpaquePointer, size: Int) {
    guard case .taking = notes else { return }
    unsafe nghttp2_rcbuf_incref(name)
    unsafe nghttp2_rcbuf_incref(value)
    unsafe fields.append(Field(name: name, value: value, size: size))
  }

  /// The head if the whole block was followed.
  mutating func followedHead() -> HTTPRequestHead? {
    guard isFollowing, followed == fields.count else { return nil }
    isFollowing = false
    return head
  }

  /// The head if the block is the same, which is complete and was not followed to its end.
  mutating func head(sameAs block: borrowing HTTP2OpenBlock) -> HTTPRequestHead? {
    let isSame = head.map { block.repeats($0) } ?? false
    switch notes {
    case .unwanted: if isSame { notes = .doubtful }
    case .doubtful: notes = isSame ? .wanted : .unwanted
    case .taking: if isSame { notes = .complete } else { forgetFields(.unwanted) }
    case .wanted, .complete: break
    }
    return isSame ? head : nil
  }
}
