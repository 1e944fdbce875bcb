@testable internal import Codings
internal import Testing

@Suite("Coding")
struct CodingTests {
  /// Bytes that neither repeat nor compress, the same in each run.
  private func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state)
    }
  }

  @Test(
    "what was compressed inflates to itself", arguments: Coding.allCases,
    [0, 1, 2, 511, 512, 513, 32_768, 32_769, 300_000])
  func roundTrip(coding: Coding, count: Int) throws {
    for bytes in [noise(count), [UInt8](repeating: 7, count: count)] {
      let inflated = try coding.inflate(coding.compress(bytes), bytesMax: count)
      #expect(inflated == bytes)
    }
  }

  @Test("the prefix of the caller is left free", arguments: Coding.allCases)
  func reserved(coding: Coding) throws {
    let compressed = coding.compress([1, 2, 3], reserved: 5)
    #expect(compressed[..<5] == [0, 0, 0, 0, 0])
    let inflated = try coding.inflate(compressed[5...], bytesMax: 3)
    #expect(inflated == [1, 2, 3])
  }

  @Test("both begin as their RFC says")
  func headers() {
    #expect(Coding.gzip.compress([1]).prefix(3) == [0x1f, 0x8b, 8])
    let header = Coding.deflate.compress([1]).prefix(2).map(Int.init)
    #expect(header[0] & 15 == 8 && (header[0] << 8 | header[1]) % 31 == 0)
  }

  @Test("a message at the limit passes, one byte more does not", arguments: Coding.allCases)
  func limit(coding: Coding) throws {
    for bytes in [noise(2_000), [UInt8](repeating: 0, count: 2_000)] {
      let compressed = coding.compress(bytes)
      let inflated = try coding.inflate(compressed, bytesMax: 2_000)
      #expect(inflated == bytes)
      #expect(throws: CompressionError.tooLong(bytesMax: 1_999)) {
        try coding.inflate(compressed, bytesMax: 1_999)
      }
    }
  }

  @Test("a bomb is stopped at the limit", arguments: Coding.allCases)
  func bomb(coding: Coding) throws {
    let compressed = coding.compress([UInt8](repeating: 0, count: 10 << 20))
    #expect(compressed.count < 12_000)
    #expect(throws: CompressionError.tooLong(bytesMax: 1 << 20)) {
      try coding.inflate(compressed, bytesMax: 1 << 20)
    }
    #expect(throws: CompressionError.tooLong(bytesMax: 0)) {
      try coding.inflate(compressed, bytesMax: 0)
    }
  }

  @Test("gzip that only says that it is too long is corrupt, and one that is so is too long")
  func saidLength() {
    for (count, expected) in [
      (300, CompressionError.corrupt), (65_537, .tooLong(bytesMax: 1 << 20)),
    ] {
      var bytes = Coding.gzip.compress(noise(count))
      bytes[bytes.count - 1] = 0x7f
      #expect(throws: expected) { try Coding.gzip.inflate(bytes, bytesMax: 1 << 20) }
    }
  }

  @Test("no prefix of good bytes is good", arguments: Coding.allCases)
  func truncated(coding: Coding) {
    let compressed = coding.compress(noise(300))
    for count in 0..<compressed.count {
      #expect(throws: CompressionError.corrupt) {
        try coding.inflate(compressed[..<count], bytesMax: 300)
      }
    }
  }

  @Test("no changed byte traps or passes for the original", arguments: Coding.allCases)
  func changed(coding: Coding) {
    let original = noise(100)
    let compressed = coding.compress(original)
    // What gzip says about time, system and level does not concern the content.
    let irrelevant = coding == .gzip ? 4..<10 : 0..<0
    for index in compressed.indices where !irrelevant.contains(index) {
      for mask: UInt8 in [1, 0x10, 0x80, 0xff] {
        var bytes = compressed
        bytes[index] ^= mask
        let inflated = try? coding.inflate(bytes, bytesMax: 100)
        // The flag for text, and a larger window than was needed, leave the content alone.
        #expect(inflated == nil || inflated == original)
      }
    }
  }

  @Test("something behind the end is corrupt, another member of gzip is not")
  func trailing() throws {
    for coding in Coding.allCases {
      #expect(throws: CompressionError.corrupt) {
        try coding.inflate(coding.compress([1, 2]) + [0], bytesMax: 100)
      }
    }
    let members = Coding.gzip.compress([1, 2]) + Coding.gzip.compress([3])
    let inflated = try Coding.gzip.inflate(members, bytesMax: 3)
    #expect(inflated == [1, 2, 3])
    #expect(throws: CompressionError.tooLong(bytesMax: 2)) {
      try Coding.gzip.inflate(members, bytesMax: 2)
    }
    #expect(throws: CompressionError.corrupt) {
      try Coding.deflate.inflate(
        Coding.deflate.compress([1]) + Coding.deflate.compress([2]), bytesMax: 9)
    }
  }

  @Test("one coding is not the other")
  func mistaken() {
    #expect(throws: CompressionError.corrupt) {
      try Coding.gzip.inflate(Coding.deflate.compress([1]), bytesMax: 9)
    }
    #expect(throws: CompressionError.corrupt) {
      try Coding.deflate.inflate(Coding.gzip.compress([1]), bytesMax: 9)
    }
  }

  @Test(
    "a list gives the codings that we know, in its order",
    arguments: [
      ("gzip", [.gzip]), ("identity,deflate,gzip", [.deflate, .gzip]),
      (" GZIP ,\tDeflate", [.gzip, .deflate]),
      ("br;q=1, gzip;q=0.5", [.gzip]), ("gzip;q=0, deflate;q=0.000", []), ("gzip,gzip", [.gzip]),
      ("", []), (",,;", []), ("identity", []), ("xgzip", []),
    ] as [(String, [Coding])])
  func lists(text: String, expected: [Coding]) {
    #expect(Coding.known(in: text) == expected)
  }
}
