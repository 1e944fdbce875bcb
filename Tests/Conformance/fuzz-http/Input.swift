/// The bytes of an input, taken from the front as what they are asked for. Beyond their end is zero,
/// so that every input means something.
struct Input {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isEmpty: Bool { position >= bytes.count }

  mutating func byte() -> UInt8 {
    guard position < bytes.count else { return 0 }
    position += 1
    return bytes[position - 1]
  }

  mutating func flag() -> Bool { byte() & 1 == 1 }

  mutating func number16() -> Int { Int(byte()) << 8 | Int(byte()) }

  mutating func number32() -> UInt32 {
    UInt32(byte()) << 24 | UInt32(byte()) << 16 | UInt32(byte()) << 8 | UInt32(byte())
  }

  /// So many bytes, or those that are left.
  mutating func take(_ count: Int) -> [UInt8] {
    let end = min(bytes.count, position + count)
    defer { position = end }
    return Array(bytes[position..<end])
  }

  /// Bytes after a byte that says how many.
  mutating func short() -> [UInt8] { take(Int(byte())) }

  /// Bytes after two that say how many.
  mutating func long() -> [UInt8] { take(number16()) }

  mutating func rest() -> [UInt8] { take(bytes.count - position) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(byte()) % elements.count]
  }
}
