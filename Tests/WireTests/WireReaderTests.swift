internal import Testing
internal import Wire

@Suite("WireReader")
struct WireReaderTests {
  @Test(
    "reads the boundary values of a varint",
    arguments: [
      ([0x00], 0), ([0x7f], 127), ([0x80, 0x01], 128), ([0xff, 0x7f], 16383),
      ([0x80, 0x80, 0x01], 16384), ([0xff, 0xff, 0xff, 0xff, 0x0f], UInt64(UInt32.max)),
      ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], UInt64.max),
      // Longer than need be, which every implementation accepts.
      ([0x81, 0x00], 1),
    ] as [([UInt8], UInt64)])
  func varint(bytes: [UInt8], expected: UInt64) throws {
    var reader = WireReader(bytes.span)
    let value = try reader.varint()
    let isAtEnd = reader.isAtEnd
    #expect(value == expected)
    #expect(isAtEnd)
  }

  @Test(
    "refuses what is not a varint",
    arguments: [
      ([], .truncated), ([0x80], .truncated), ([0xff, 0xff], .truncated),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02], .malformedVarint),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], .malformedVarint),
    ] as [([UInt8], WireError)])
  func malformedVarint(bytes: [UInt8], expected: WireError) {
    #expect(error { (reader) throws(WireError) in _ = try reader.varint() }(bytes) == expected)
  }

  @Test(
    "refuses what is not a tag",
    arguments: [
      // Field 0, wire types 6 and 7, six bytes, more than 32 bits.
      [0x00], [0x07], [0x0e], [0x0f], [0x88, 0x80, 0x80, 0x80, 0x80, 0x00],
      [0xff, 0xff, 0xff, 0xff, 0x7f],
    ] as [[UInt8]])
  func invalidTag(bytes: [UInt8]) {
    #expect(
      error { (reader) throws(WireError) in _ = try reader.nextField() }(bytes) == .invalidTag)
  }

  @Test("reads the largest field number")
  func largestField() throws {
    let bytes: [UInt8] = [0xfa, 0xff, 0xff, 0xff, 0x0f]
    var reader = WireReader(bytes.span)
    let field = try reader.nextField()
    #expect(field == WireField(number: 536_870_911, type: .lengthDelimited))
  }

  @Test(
    "refuses lengths beyond the end and beyond 2 GiB",
    arguments: [
      ([0x05, 0x01], .truncated), ([0xff, 0xff, 0xff, 0xff, 0x07], .truncated),
      ([0x80, 0x80, 0x80, 0x80, 0x08], .lengthOutOfRange),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x00], .lengthOutOfRange),
      ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], .lengthOutOfRange),
    ] as [([UInt8], WireError)])
  func lengths(bytes: [UInt8], expected: WireError) {
    #expect(error { (reader) throws(WireError) in _ = try reader.bytes() }(bytes) == expected)
  }

  @Test(
    "refuses text that is not UTF-8",
    arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]] as [[UInt8]])
  func invalidUTF8(text: [UInt8]) {
    let bytes: [UInt8] = [0x72, UInt8(text.count)] + text
    #expect(throws: WireError(.invalidUTF8, path: [14])) { try Everything(wireBytes: bytes) }
  }

  @Test("reads fixed values with the least significant byte first")
  func fixed() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    var reader = WireReader(bytes.span)
    let small = try reader.fixed32()
    let large = try reader.fixed64()
    #expect(small == 0x0403_0201)
    #expect(large == 0x0c0b_0a09_0807_0605)
  }

  @Test("keeps nested reading inside its length")
  func nesting() throws {
    let bytes: [UInt8] = [0x02, 0x08, 0x01, 0x10]
    var reader = WireReader(bytes.span)
    try reader.nested { (inner) throws(WireError) in
      let field = try inner.nextField()
      #expect(field == WireField(number: 1, type: .varint))
      let value = try inner.varint()
      #expect(value == 1)
      let end = try inner.nextField()
      #expect(end == nil)
    }
    let position = reader.position
    #expect(position == 3)
  }

  /// The error that reading ends in; nil when it succeeds.
  private func error(
    _ read: @escaping (inout WireReader) throws(WireError) -> Void
  ) -> ([UInt8]) -> WireError? {
    { bytes in
      var reader = WireReader(bytes.span)
      do throws(WireError) {
        try read(&reader)
        return nil
      } catch {
        return error
      }
    }
  }
}
