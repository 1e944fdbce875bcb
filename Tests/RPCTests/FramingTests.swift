@testable internal import RPCTransport
internal import Testing

@Suite("MessageDeframer")
struct FramingTests {
  private func deframe(
    _ pieces: [[UInt8]], bytesMax: Int = 100
  ) throws(FramingError) -> [[UInt8]] {
    var deframer = MessageDeframer(messageBytesMax: bytesMax)
    var messages: [[UInt8]] = []
    for piece in pieces {
      deframer.append(piece)
      while let message = try deframer.next() { messages.append(message) }
    }
    try deframer.end()
    return messages
  }

  @Test("a body that is one whole message within the limit needs no deframer")
  func onlyMessage() {
    func unframed(_ body: [UInt8], bytesMax: Int) -> [UInt8]? {
      var message = body
      if MessageDeframer.unframe(&message, bytesMax: bytesMax) { return message }
      #expect(message == body)
      return nil
    }
    #expect(unframed([0, 0, 0, 0, 2, 8, 9], bytesMax: 2) == [8, 9])
    #expect(unframed([0, 0, 0, 0, 0], bytesMax: 0) == [])
    #expect(unframed([0, 0, 0, 0, 2, 8, 9], bytesMax: 1) == nil)
    for body: [UInt8] in [
      [], [0, 0, 0, 0], [1, 0, 0, 0, 1, 9], [0, 0, 0, 0, 2, 9], [0, 0, 0, 0, 1, 8, 9],
      [0, 1, 0, 0, 1, 9],
    ] {
      #expect(unframed(body, bytesMax: 100) == nil)
    }
  }

  @Test(
    "a body is decided when its message is whole, or refused by what it begins with",
    arguments: [
      ([0, 0, 0, 0], false), ([0, 0, 0, 0, 0], true), ([0, 0, 0, 0, 2, 7], false),
      ([0, 0, 0, 0, 2, 7, 7], true), ([0, 0, 0, 1, 0], false), ([0, 0, 0, 1, 1], true),
      ([2, 0, 0, 0, 9], true), ([1, 0, 0, 0, 9], true),
    ] as [([UInt8], Bool)])
  func decided(body: [UInt8], isDecided: Bool) {
    let found = MessageDeframer.isDecided(body[...], bytesMax: 256, isCompressible: false)
    #expect(found == isDecided)
    let compressed = MessageDeframer.isDecided(
      [1, 0, 0, 0, 9], bytesMax: 256, isCompressible: true)
    #expect(!compressed)
  }

  @Test("a long message is the same in pieces of any size", arguments: [1_000, 16_384, 40_000])
  func longMessage(size: Int) throws {
    let long = (0..<100_003).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let messages = [[1, 2], long, [3], long]
    let bytes = messages.flatMap { framed($0) }
    let pieces = stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
    #expect(try deframe(pieces, bytesMax: 200_000) == messages)
  }

  @Test("an unfinished message has little more memory than has come of it")
  func memory() throws {
    var deframer = MessageDeframer(messageBytesMax: 4 << 20)
    deframer.append([0, 0, 0x40, 0, 0])
    var most = 0
    for _ in 0..<200 {
      deframer.append([UInt8](repeating: 1, count: 8_192))
      _ = try deframer.next()
      most = max(most, capacity(of: deframer) - deframer.keptCount)
    }
    #expect(deframer.keptCount == 200 * 8_192)
    // The sizes of an allocator are up to a quarter apart, and an array that is made longer again
    // and again has up to twice what is in it.
    #expect(most <= deframer.keptCount / 4 + 65_536)
  }

  /// The bytes of all arrays in it.
  private func capacity(of value: Any) -> Int {
    if let bytes = value as? [UInt8] { return bytes.capacity }
    return Mirror(reflecting: value).children.reduce(0) { $0 + capacity(of: $1.value) }
  }

  @Test("cuts between pieces mean nothing", arguments: 1...20)
  func pieces(size: Int) throws {
    let messages: [[UInt8]] = [[1, 2, 3], [], [4], Array(5...40)]
    let bytes = messages.flatMap { framed($0) }
    let pieces = stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
    #expect(try deframe(pieces) == messages)
  }

  @Test("two messages and half a prefix in one piece")
  func halfPrefix() throws {
    let bytes = framed([1]) + framed([2, 3]) + framed([4])
    let cut = framed([1]).count + framed([2, 3]).count + 2
    #expect(try deframe([Array(bytes[..<cut]), Array(bytes[cut...])]) == [[1], [2, 3], [4]])
  }

  @Test("a message of length zero is a message")
  func empty() throws {
    #expect(try deframe([framed([])]) == [[]])
    #expect(try deframe([]) == [])
  }

  @Test(
    "broken framing is told apart",
    arguments: [
      ([2, 0, 0, 0, 0], .unknownFlag(2)),
      ([255, 0, 0, 0, 0], .unknownFlag(255)),
      ([1, 0, 0, 0, 0], .compressed),
      ([0, 0xff, 0xff, 0xff, 0xff], .messageTooLong(bytes: 0xffff_ffff, bytesMax: 100)),
      ([0, 0, 0, 0, 101], .messageTooLong(bytes: 101, bytesMax: 100)),
      ([0, 0, 0, 0], .truncated),
      ([0], .truncated),
      ([0, 0, 0, 0, 2, 1], .truncated),
      ([0, 0, 0, 0, 1], .truncated),
    ] as [([UInt8], FramingError)])
  func broken(bytes: [UInt8], expected: FramingError) {
    #expect(throws: expected) { try deframe([bytes]) }
    #expect(throws: expected) { try deframe(bytes.map { [$0] }) }
  }

  @Test("a message at the limit passes, one byte more does not")
  func limit() throws {
    let message = [UInt8](repeating: 7, count: 100)
    #expect(try deframe([framed(message)]) == [message])
    #expect(throws: FramingError.messageTooLong(bytes: 101, bytesMax: 100)) {
      try deframe([framed(message + [7])])
    }
  }

  @Test("a stream that failed stays failed")
  func sticky() {
    var deframer = MessageDeframer(messageBytesMax: 10)
    deframer.append([9, 0, 0, 0, 0])
    #expect(throws: FramingError.unknownFlag(9)) { try deframer.next() }
    deframer.append(framed([1]))
    #expect(throws: FramingError.unknownFlag(9)) { try deframer.next() }
    #expect(throws: FramingError.unknownFlag(9)) { try deframer.end() }
  }
}
