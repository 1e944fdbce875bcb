/// The methods of a router by the bytes of their paths.
///
/// A dictionary of strings would need a string for each call, and a hash that withstands keys of a
/// peer's choice: here the keys are those of the contract.
struct MethodTable: Sendable {
  /// A power of two, at most half of them taken.
  private var slots: [RegisteredMethod?] = Array(repeating: nil, count: 16)
  private var count = 0

  /// Adds a method whose path is not there yet.
  mutating func add(_ method: RegisteredMethod) {
    count += 1
    if 2 * count > slots.count { grow() }
    insert(method)
  }

  /// The method of `/package.Service/Method`.
  subscript(path: Span<UInt8>) -> RegisteredMethod? {
    var index = slot(of: path)
    while let method = slots[index] {
      if Self.isSame(method.path, path) { return method }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func grow() {
    let methods = slots.compactMap(\.self)
    slots = Array(repeating: nil, count: 2 * slots.count)
    for method in methods { insert(method) }
  }

  private mutating func insert(_ method: RegisteredMethod) {
    let path = method.path
    var index = slot(of: path.span)
    while slots[index] != nil { index = (index + 1) & (slots.count - 1) }
    slots[index] = method
  }

  /// Where a path is looked for first. Paths of one service differ at their end.
  private func slot(of path: Span<UInt8>) -> Int {
    let bytes = unsafe path.bytes
    var hash = UInt64(truncatingIfNeeded: bytes.byteCount)
    var offset = 0
    while offset + 8 <= bytes.byteCount {
      hash = unsafe Self.mix(
        hash, bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    while offset < bytes.byteCount {
      hash = Self.mix(hash, UInt64(path[offset]))
      offset += 1
    }
    return Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
  }

  private static func mix(_ hash: UInt64, _ more: UInt64) -> UInt64 {
    let product = (hash ^ more) &* 0x9e37_79b9_7f4a_7c15
    return product ^ product >> 32
  }

  private static func isSame(_ one: [UInt8], _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    let (one, other) = unsafe (one.span.bytes, other.bytes)
    var offset = 0
    while offset + 8 <= one.byteCount {
      let (left, right) = unsafe (
        one.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self),
        other.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      )
      if left != right { return false }
      offset += 8
    }
    while offset < one.byteCount {
      let (left, right) = unsafe (
        one.unsafeLoad(fromByteOffset: offset, as: UInt8.self),
        other.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      )
      if left != right { return false }
      offset += 1
    }
    return true
  }
}
