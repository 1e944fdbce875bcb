internal import Schema
internal import Testing

@Suite("DescriptorPool")
struct DescriptorPoolTests {
  @Test("finds messages, enums, services and files by name")
  func lookups() {
    #expect(casesPool.message(named: "klinke.test.Everything.Nested") != nil)
    #expect(casesPool.message(named: "google.protobuf.Timestamp") != nil)
    #expect(casesPool.message(named: "klinke.test.Missing") == nil)
    #expect(casesPool.enumeration(named: "klinke.test.Color")?.number(of: "COLOR_BLUE") == 2)
    #expect(casesPool.enumeration(named: "klinke.test.Color")?.name(of: -1) == "COLOR_NEGATIVE")
    #expect(
      casesPool.service(named: "klinke.test.Library")?.methods.first?.inputType
        == "klinke.test.Book")
    #expect(casesPool.file(named: "json_cases.proto")?.dependencies.count == 7)
    #expect(casesPool.file(declaring: "klinke.test.Author")?.name == "json_cases.proto")
    #expect(casesPool.file(declaring: "klinke.test.Library.GetBook")?.name == "json_cases.proto")
    #expect(casesPool.file(declaring: "klinke.test.Library.Missing") == nil)
  }

  @Test("knows presence, packing, shapes and oneofs")
  func fields() throws {
    let plain = try #require(everything.field(number: 5))
    #expect(plain.jsonName == "int32Field" && !plain.hasPresence && plain.kind == .int32)
    #expect(everything.field(named: "maybeNumber")?.hasPresence == true)
    #expect(everything.field(named: "maybe_number")?.oneofIndex == nil)
    #expect(everything.field(named: "choiceText")?.oneofIndex == 0)
    #expect(everything.field(named: "numbers")?.isPacked == true)
    #expect(everything.field(named: "unpacked")?.isPacked == false)
    #expect(everything.field(named: "byNumber")?.shape == .map)
    #expect(everything.field(named: "items")?.shape == .repeated)
    #expect(everything.field(named: "otherName")?.name == "renamed")
    #expect(everything.oneofs == ["choice"])
  }

  @Test("refuses every prefix of a descriptor set without a trap, and a set with a missing import")
  func prefixes() {
    let bytes = Array(casesPool.files.flatMap { file in Self.entry(file.bytes) })
    for length in stride(from: 0, to: bytes.count, by: 7) {
      _ = try? DescriptorPool(fileDescriptorSet: Array(bytes[..<length]))
    }
    let last = casesPool.files.last?.bytes ?? []
    #expect(throws: DescriptorError.self) {
      try DescriptorPool(fileDescriptorSet: Self.entry(last))
    }
  }

  private static func entry(_ file: [UInt8]) -> [UInt8] {
    var entry: [UInt8] = [0x0A]
    var rest = file.count
    while rest >= 0x80 {
      entry.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return entry + [UInt8(rest)] + file
  }
}
