internal import Testing
internal import Wire

@Suite("Generated messages")
struct MessageTests {
  @Test("a message with every field survives a round trip")
  func roundTrip() throws {
    let message = Everything.full
    let bytes = message.wireBytes()
    #expect(bytes.count == message.wireSize)
    #expect(try Everything(wireBytes: bytes) == message)
  }

  @Test("defaults are not written, negative zero is")
  func defaults() throws {
    #expect(Everything().wireBytes() == [])
    let negative = Everything(doubleValue: -0.0)
    #expect(negative.wireBytes() == [0x09, 0, 0, 0, 0, 0, 0, 0, 0x80])
    #expect(try Everything(wireBytes: negative.wireBytes()).doubleValue.sign == .minus)
  }

  @Test("no prefix of a message traps")
  func prefixes() {
    let bytes = Everything.full.wireBytes()
    for count in bytes.indices { decodeAnything(Array(bytes.prefix(count))) }
  }

  @Test("no change of a single byte traps")
  func mutations() {
    let bytes = Everything.full.wireBytes()
    for index in bytes.indices {
      for value in [0x00, 0x01, 0x07, 0x7f, 0x80, 0xff, bytes[index] &+ 1, bytes[index] ^ 0x40] {
        var changed = bytes
        changed[index] = value
        decodeAnything(changed)
      }
    }
  }

  /// Decodes what may be no message; what decodes must be written in the size it says.
  private func decodeAnything(_ bytes: [UInt8]) {
    guard let message = try? Everything(wireBytes: bytes) else { return }
    #expect(message.wireBytes().count == message.wireSize)
  }

  @Test("unknown fields survive a program that does not know them")
  func unknownFields() throws {
    let bytes = Everything.full.wireBytes()
    let blank = try Blank(wireBytes: bytes)
    #expect(blank.unknownFields.count == bytes.count)
    #expect(blank.wireBytes() == bytes)
    #expect(try Everything(wireBytes: blank.wireBytes()) == .full)
  }

  @Test("an unknown group is kept whole")
  func unknownGroup() throws {
    // Field 500 is a group that holds a varint and another group.
    let bytes: [UInt8] = [0xa3, 0x1f, 0x08, 0x01, 0x13, 0x14, 0xa4, 0x1f]
    #expect(try Blank(wireBytes: bytes).wireBytes() == bytes)
  }

  @Test(
    "groups that do not match are refused",
    arguments: [
      ([0x0c], .unmatchedGroupEnd), ([0x0b, 0x14], .unmatchedGroupEnd), ([0x0b], .truncated),
    ] as [([UInt8], WireError)])
  func groups(bytes: [UInt8], expected: WireError) throws {
    let error = #expect(throws: WireError.self) { try Blank(wireBytes: bytes) }
    #expect(error?.reason == expected.reason)
  }

  @Test("a known field of another wire type is an unknown field")
  func otherWireType() throws {
    let bytes: [UInt8] = [0x1d, 1, 2, 3, 4, 0x70, 0x05, 0x8a, 0x01, 0x00, 0x88, 0x01, 0x07]
    let message = try Everything(wireBytes: bytes)
    #expect(message.int32Value == 0)
    #expect(message.stringValue == "")
    #expect(message.nested == .init())
    #expect(message.unknownFields.bytes == [0x1d, 1, 2, 3, 4, 0x70, 0x05, 0x88, 0x01, 0x07])
  }

  @Test("a deterministic encoding sorts maps by the bytes of their keys")
  func deterministic() throws {
    var message = Everything(labels: ["b": "1", "a": "2", "é": "3", "z": "4"])
    message.nestedByNumber = [3: .init(), -1: .init(number: 5), 2: .init()]
    message.colorByFlag = [true: .red, false: .unspecified]
    let bytes = message.wireBytes(deterministic: true)
    var sorted = WireBuilder()
    for (key, value) in [("a", "2"), ("b", "1"), ("z", "4"), ("é", "3")] {
      var entry = WireBuilder()
      entry.appendString(field: 1, key)
      entry.appendString(field: 2, value)
      sorted.appendMessage(field: 51, entry.bytes)
    }
    #expect(bytes.starts(with: sorted.bytes))
    #expect(try Everything(wireBytes: bytes).wireBytes(deterministic: true) == bytes)
  }

  @Test("a length is filled in however many bytes it has", arguments: [0, 1, 127, 128, 16384])
  func lengths(count: Int) throws {
    var message = Everything()
    message.child = Everything(bytesValue: [UInt8](repeating: 7, count: count))
    message.nesteds = [.init(text: String(repeating: "x", count: count))]
    message.packedInt32 = [Int32](repeating: 1, count: count)
    message.last = "end"
    let copy = try Everything(wireBytes: message.wireBytes())
    #expect(copy == message)
    #expect(copy.wireSize == message.wireBytes().count)
  }

  @Test(
    "an error names the path of its field",
    arguments: [
      // In a message, in a list of messages, in a map's value, in a group.
      ([0x8a, 0x01, 0x03, 0x12, 0x01, 0xff], WireError(.invalidUTF8, path: [17, 2])),
      ([0xc2, 0x02, 0x00, 0xc2, 0x02, 0x02, 0x12, 0x05], WireError(.truncated, path: [40, 2])),
      (
        [0xa2, 0x03, 0x05, 0x12, 0x03, 0x12, 0x01, 0xff], WireError(.invalidUTF8, path: [52, 2, 2])
      ),
      ([0x8a, 0x01, 0x02, 0x18, 0x80], WireError(.truncated, path: [17, 3])),
      ([0x08, 0x80], WireError(.truncated, path: [1])),
      ([0x8a, 0x01, 0x01, 0x00], WireError(.invalidTag, path: [17])),
      ([0x93, 0x3f, 0x0a, 0x7f], WireError(.truncated, path: [1010, 1])),
      ([0x00], .invalidTag),
    ] as [([UInt8], WireError)])
  func errorPath(bytes: [UInt8], expected: WireError) {
    #expect(throws: expected) { try Everything(wireBytes: bytes) }
  }

  @Test("numbers are read packed and unpacked, whatever the schema says")
  func packing() throws {
    // 31 is packed and 32 is not; here it is the other way round, and mixed.
    let bytes: [UInt8] = [
      0xf8, 0x01, 1, 0xfa, 0x01, 2, 2, 3, 0x82, 0x02, 2, 4, 5, 0x80, 0x02, 6,
    ]
    let message = try Everything(wireBytes: bytes)
    #expect(message.packedInt32 == [1, 2, 3])
    #expect(message.unpackedInt32 == [4, 5, 6])
  }

  @Test("the last scalar wins, messages merge, lists grow")
  func merging() throws {
    let first = Everything(
      int32Value: 1, nested: .init(number: 1, text: "first"), strings: ["a"],
      labels: ["a": "1", "b": "1"])
    let second = Everything(
      int32Value: 2, nested: .init(number: 2), strings: ["b"], labels: ["b": "2"])
    let merged = try Everything(wireBytes: first.wireBytes() + second.wireBytes())
    #expect(merged.int32Value == 2)
    #expect(merged.nested == .init(number: 2, text: "first"))
    #expect(merged.strings == ["a", "b"])
    #expect(merged.labels == ["a": "1", "b": "2"])
  }

  @Test("the same member of a oneof merges, another replaces it")
  func oneof() throws {
    let number = Everything(choice: .choiceNested(.init(number: 4)))
    let text = Everything(choice: .choiceNested(.init(text: "four")))
    let other = Everything(choice: .choiceText(""))
    let merged = try Everything(wireBytes: number.wireBytes() + text.wireBytes())
    #expect(merged.choice == .choiceNested(.init(number: 4, text: "four")))
    let replaced = try Everything(wireBytes: number.wireBytes() + other.wireBytes())
    #expect(replaced.choice == .choiceText(""))
  }

  @Test("a map entry without key or value has their defaults")
  func mapEntries() throws {
    let empty = try Everything(wireBytes: [0x9a, 0x03, 0])
    #expect(empty.labels == ["": ""])
    let keyOnly = try Everything(wireBytes: [0xa2, 0x03, 2, 0x08, 5])
    #expect(keyOnly.nestedByNumber == [5: .init()])
  }

  @Test("64 bits in a 32-bit field are cut off")
  func truncation() throws {
    let bytes: [UInt8] = [0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]
    #expect(try Everything(wireBytes: bytes).int32Value == -1)
  }

  @Test("nesting is allowed to the limit and refused beyond it")
  func recursion() throws {
    #expect(try nested(100).depth == 1)
    let error = #expect(throws: WireError.self) { try nested(101) }
    #expect(error == WireError(.recursionLimitExceeded, path: Array(repeating: 1, count: 101)))
  }

  /// A message inside `levels` others, as the reader sees it.
  private func nested(_ levels: Int) throws(WireError) -> Left {
    var bytes = Left(depth: 1).wireBytes()
    for level in 0..<levels {
      var outer = WireBuilder()
      outer.appendMessage(field: 1, bytes)
      if level == levels - 1 { outer.appendVarint(field: 2, 1) }
      bytes = outer.bytes
    }
    return try Left(wireBytes: bytes)
  }

  @Test("messages that contain each other are values")
  func values() {
    var left = Left(right: Right(left: Left(depth: 2)), depth: 1)
    let copy = left
    left.right?.left?.depth = 3
    #expect(copy.right?.left?.depth == 2)
    #expect(left != copy)
  }

  @Test("Any names what it holds")
  func anyPacking() throws {
    let any = AnyMessage(packing: Timestamp(seconds: 5))
    #expect(any.typeURL == "type.googleapis.com/google.protobuf.Timestamp")
    #expect(any.messageName == "google.protobuf.Timestamp")
    #expect(try any.unpacked(as: Timestamp.self) == Timestamp(seconds: 5))
    #expect(try any.unpacked(as: Empty.self) == nil)
  }
}
