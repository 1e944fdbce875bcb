private import Glibc

/// The fields of a head as they come in, in memory that the next head has again.
///
/// They lie there as in ``HTTPFields``, which they become by one copy of the right size. Where a
/// connection repeats a head they need not: ``isSame(as:)`` finds that out without one.
@safe package struct HTTPFieldBuffer: ~Copyable {
  /// Enough for most heads, and kept for the next one.
  private static let ordinaryBytes = 512

  // Nobody else knows the address.
  private var memory = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var byteCount = 0
  /// How many fields there are.
  package private(set) var count = 0

  package init() {}

  /// Room that has been taken.
  var capacity: Int { unsafe memory.count }

  deinit { unsafe memory.deallocate() }

  /// Begins with nothing. The memory of an unusually long head is given back.
  package mutating func removeAll() {
    byteCount = 0
    count = 0
    guard unsafe memory.count > Self.ordinaryBytes else { return }
    unsafe memory.deallocate()
    unsafe memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  }

  /// Adds a field that was received by HTTP/2, whose library has refused upper case in names and
  /// CR, LF and NUL anywhere (RFC 9113 section 8.2.1).
  package mutating func add(
    checkedName name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>
  ) {
    _ = unsafe append(name, value)
    count += 1
  }

  /// Keeps a part of a head that is no field, of HTTP/2 too.
  package mutating func keep(_ part: UnsafeBufferPointer<UInt8>) -> HTTPFields.Piece {
    let start = unsafe append(UnsafeBufferPointer(start: nil, count: 0), part)
    return HTTPFields.Piece(start: Int32(start), count: Int32(part.count))
  }

  /// Puts both behind their lengths; where the name begins.
  @inline(__always)
  private mutating func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let start = byteCount + HTTPFields.lengthsCount
    let end = start + name.count + value.count
    if unsafe end > memory.count { grow(to: end) }
    // There is memory now, for the lengths at least.
    guard let base = unsafe memory.baseAddress else { preconditionFailure("a buffer has memory") }
    unsafe HTTPFields.write(name, value, to: base + byteCount)
    byteCount = end
    return start
  }

  private mutating func grow(to count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(Self.ordinaryBytes, 2 * count), alignment: 1)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<byteCount]))
    unsafe memory.deallocate()
    unsafe memory = larger
  }

  /// What has been added, in memory of its own.
  package func fields() -> HTTPFields {
    unsafe HTTPFields(bytes: Array(memory[..<byteCount]), count: count)
  }

  /// Whether ``fields()`` would be the same, byte by byte.
  func isSame(as fields: HTTPFields) -> Bool {
    guard fields.bytes.count == byteCount, fields.count == count else { return false }
    guard let base = unsafe memory.baseAddress else { return true }
    return unsafe fields.bytes.withUnsafeBufferPointer { other in
      guard let other = other.baseAddress else { return true }
      return unsafe memcmp(base, other, byteCount) == 0
    }
  }
}
