private import Glibc

/// Writes fields one after the other into memory that grows.
///
/// One pass is enough: the length in front of a nested message is filled in when its end is known.
/// Measuring every message first, as most implementations do, took a third of the time of encoding and
/// a third of the generated code.
///
/// Only ``Message/wireBytes(deterministic:)`` makes one. It cannot be copied, so the pointers in it
/// end with the call that got it.
@safe
public struct WireWriter: ~Copyable {
  /// Where the next byte goes; never beyond `end`.
  @usableFromInline var next: UnsafeMutablePointer<UInt8>
  @usableFromInline var end: UnsafeMutablePointer<UInt8>
  @usableFromInline var base: UnsafeMutablePointer<UInt8>

  /// Whether `base` was allocated here and not by the caller.
  private var isOwner = false

  /// Whether equal messages give equal bytes: map entries are sorted by their keys.
  public let isDeterministic: Bool

  /// Begins in memory of the caller, which must outlive the writer.
  init(_ scratch: UnsafeMutableBufferPointer<UInt8>, isDeterministic: Bool) {
    // A buffer of one byte or more has an address.
    unsafe base = scratch.baseAddress.unsafelyUnwrapped
    unsafe next = base
    unsafe end = base + scratch.count
    self.isDeterministic = isDeterministic
  }

  deinit {
    if isOwner { unsafe free(base) }
  }

  /// Number of bytes written.
  @inlinable
  public var count: Int { unsafe next - base }

  /// A copy of what has been written, with room for what a transport may put in front of it.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + Self.roomForPrefix)
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
    return bytes
  }

  private static let roomForPrefix = 8

  /// What has been written.
  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  // MARK: Room

  /// Makes sure that `count` more bytes fit.
  @inlinable @inline(__always)
  mutating func reserve(_ count: Int) {
    if unsafe end - next < count { grow(by: count) }
  }

  @usableFromInline @inline(never)
  mutating func grow(by count: Int) {
    let used = self.count
    let present = unsafe end - base
    // Rarely more than one or two steps for a small message, no waste for a large one.
    let capacity = max(present < 1 << 20 ? present * 4 : present * 2, used + count)
    guard let memory = unsafe malloc(capacity) else { fatalError("out of memory") }
    let larger = unsafe memory.bindMemory(to: UInt8.self, capacity: capacity)
    unsafe larger.initialize(from: base, count: used)
    if isOwner { unsafe free(base) }
    isOwner = true
    unsafe base = larger
    unsafe next = larger + used
    unsafe end = larger + capacity
  }

  /// Writes a varint for which there is room.
  @inlinable @inline(__always)
  mutating func put(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      unsafe next.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
      unsafe next += 1
      rest >>= 7
    }
    unsafe next.pointee = UInt8(truncatingIfNeeded: rest)
    unsafe next += 1
  }

  /// Writes a tag for which there is room.
  @inlinable @inline(__always)
  mutating func put(tag number: Int, _ type: WireType) {
    put(varint: UInt64(truncatingIfNeeded: number) << 3 | UInt64(type.rawValue))
  }

  // MARK: Lengths that are known later

  /// Writes a tag, leaves room for a length and returns where what it measures begins.
  @usableFromInline
  mutating func open(_ number: Int) -> Int {
    reserve(tagBytesMax + 1)
    put(tag: number, .lengthDelimited)
    unsafe next += 1
    return count
  }

  /// The same behind a tag that has been written.
  @usableFromInline
  mutating func openLength() -> Int {
    reserve(1)
    unsafe next += 1
    return count
  }

  /// Fills in the length of all that was written since `start`.
  @inlinable @inline(__always)
  mutating func close(_ start: Int) {
    let length = count - start
    if length < 0x80 {
      unsafe base[start - 1] = UInt8(truncatingIfNeeded: length)
    } else {
      closeLong(start)
    }
  }

  /// Moves what was written by the bytes that its length has beyond the first.
  @usableFromInline
  mutating func closeLong(_ start: Int) {
    let length = count - start
    let more = varintSize(UInt64(truncatingIfNeeded: length)) - 1
    reserve(more)
    unsafe (base + start + more).update(from: base + start, count: length)
    let last = unsafe next + more
    unsafe next = base + start - 1
    put(varint: UInt64(truncatingIfNeeded: length))
    unsafe next = last
  }
}

/// Bytes that a tag can have.
@usableFromInline let tagBytesMax = 5

/// Bytes that a varint can have.
@usableFromInline let varintBytesMax = 10

/// Bytes of a varint: one for each seven bits.
@inlinable
public func varintSize(_ value: UInt64) -> Int {
  // (bits + 6) / 7 for 1...64 bits, without a division.
  (9 &* (64 &- (value | 1).leadingZeroBitCount) &+ 64) >> 6
}
