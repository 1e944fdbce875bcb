internal import Testing
internal import Wire

/// What a peer can send to hurt a reader, each with the error and the path of field numbers that
/// comes of it. Varints, tags and lengths by themselves are in ``WireReaderTests``.
@Suite("Traps of the wire format")
struct TrapTests {
  private func expect(
    _ bytes: [UInt8], _ error: WireError, location: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: error, sourceLocation: location) { try Everything(wireBytes: bytes) }
  }

  @Test(
    "input that ends inside a value is refused at that field",
    arguments: [
      // A double, a varint, a fixed32, a string's length, a string, a message, a map's entry.
      ([0x09, 1, 2, 3, 4, 5, 6, 7], [1]), ([0x18, 0xff], [3]), ([0x4d, 1, 2, 3], [9]),
      ([0x72, 0x80], [14]), ([0x72, 2, 0x61], [14]), ([0x8a, 1, 2, 0x08], [17]),
      ([0x9a, 3, 3, 0x0a, 2], [51]),
      // A field's number of two bytes, and a known field inside a message whose value is cut off.
      ([0x8a], []), ([0x8a, 1, 1, 0x08], [17, 1]),
      // A packed list of fixed values whose last has a byte too few, and of varints.
      ([0x92, 2, 5, 1, 2, 3, 4, 5], [34]), ([0xfa, 1, 1, 0x80], [31]),
    ] as [([UInt8], [Int])])
  func truncated(bytes: [UInt8], path: [Int]) { expect(bytes, WireError(.truncated, path: path)) }

  @Test(
    "a varint of more than 64 bits is refused wherever it stands",
    arguments: [
      // An int32, a bool, an enum, a packed list, a map's key.
      ([0x18], [3]), ([0x68], [13]), ([0x80, 1], [16]), ([0xfa, 1, 11], [31]),
      ([0xa2, 3, 12, 0x08], [52, 1]),
    ] as [([UInt8], [Int])])
  func overlong(prefix: [UInt8], path: [Int]) {
    let eleven = [UInt8](repeating: 0x80, count: 10) + [1]
    expect(prefix + eleven, WireError(.malformedVarint, path: path))
  }

  @Test(
    "a length that is negative or 2 GiB is refused before anything is reserved",
    arguments: [
      // A string, bytes, a message, a packed list, an unknown field.
      ([0x72], [14]), ([0x7a], [15]), ([0x8a, 1], [17]), ([0xfa, 1], [31]), ([0xa2, 0x06], [100]),
    ] as [([UInt8], [Int])])
  func lengths(prefix: [UInt8], path: [Int]) {
    let negative = [UInt8](repeating: 0xff, count: 9) + [1]
    expect(prefix + negative, WireError(.lengthOutOfRange, path: path))
    expect(prefix + [0x80, 0x80, 0x80, 0x80, 0x08], WireError(.lengthOutOfRange, path: path))
    // One byte less than 2 GiB is a length, of which nothing is there.
    expect(prefix + [0xff, 0xff, 0xff, 0xff, 0x07], WireError(.truncated, path: path))
  }

  @Test("a tag of field 0 is refused, also inside messages and unknown groups")
  func fieldZero() {
    for tag: UInt8 in 0...5 { expect([tag, 0], .invalidTag) }
    expect([0x8a, 1, 2, 0x00, 0x00], WireError(.invalidTag, path: [17]))
    expect([0xa3, 0x06, 0x00, 0x00, 0xa4, 0x06], WireError(.invalidTag, path: [100]))
  }

  @Test("a known field of any other wire type is kept as an unknown one")
  func wireTypes() throws {
    // Field 3, an int32, as fixed64, string, group and fixed32; field 14, a string, as a varint.
    let bytes: [UInt8] = [
      0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x1a, 1, 0x61, 0x1b, 0x08, 1, 0x1c, 0x1d, 1, 2, 3, 4, 0x70, 9,
    ]
    let message = try Everything(wireBytes: bytes)
    #expect(message.unknownFields.bytes == bytes)
    #expect(message.wireBytes() == bytes)
  }

  @Test("text that is not UTF-8 is refused in lists, maps and oneofs as well")
  func invalidUTF8() {
    expect([0xb2, 2, 1, 0xff], WireError(.invalidUTF8, path: [38]))
    expect([0x9a, 3, 3, 0x0a, 1, 0xff], WireError(.invalidUTF8, path: [51, 1]))
    expect([0x9a, 3, 3, 0x12, 1, 0xff], WireError(.invalidUTF8, path: [51, 2]))
    expect([0xea, 3, 1, 0xff], WireError(.invalidUTF8, path: [61]))
    expect([0xb2, 1, 1, 0xff], WireError(.invalidUTF8, path: [22]))
  }

  @Test("groups are skipped a hundred deep and refused at a hundred and one")
  func groups() throws {
    let open: [UInt8] = [0xa3, 0x06]
    let close: [UInt8] = [0xa4, 0x06]
    func nested(_ count: Int) -> [UInt8] {
      Array(repeatElement(open, count: count).joined())
        + Array(repeatElement(close, count: count).joined())
    }
    #expect(try Everything(wireBytes: nested(100)).unknownFields.bytes == nested(100))
    let error = #expect(throws: WireError.self) { try Everything(wireBytes: nested(101)) }
    #expect(error?.reason == .recursionLimitExceeded)
    // An attacker does not stop at one more.
    let endless = #expect(throws: WireError.self) {
      try Everything(wireBytes: Array(repeatElement(open, count: 500_000).joined()))
    }
    #expect(endless?.reason == .recursionLimitExceeded)
  }

  @Test("a message of 2 GiB is refused, one of a byte less is read")
  func totalSize() {
    // Never written to and so never in memory: what is read of it is a tag of zeros.
    func zeros(_ count: Int) -> [UInt8] {
      unsafe [UInt8](unsafeUninitializedCapacity: count) { $1 = count }
    }
    let most = Int(Int32.max)
    expect(zeros(most + 1), .tooLarge)
    expect(zeros(most), .invalidTag)
  }
}
