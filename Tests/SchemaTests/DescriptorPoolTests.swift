internal import Contract
internal import Testing

@testable internal import Schema

@Suite("DescriptorPool", .timeLimit(.minutes(1)))
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

  @Test("serves a client that has the files from elsewhere, in whatever order they came")
  func reflection() throws {
    let answers = casesPool.files.reversed().map { Self.entry($0.bytes) }
    let pool = try DescriptorPool(fileDescriptorSet: Array(answers.joined()))
    let library = try #require(pool.service(named: "klinke.test.Library"))
    let method = try #require(library.methods.first)
    let type = try #require(pool.message(named: method.inputType))
    let json =
      #"{"name":"a","author":{"born":1},"labels":{"k":"v"},"printed":"1970-01-01T00:00:01Z"}"#
    let request = try JSONMapping(pool).wireBytes(fromJSON: Array(json.utf8), type: type)
    let back = try JSONMapping(pool).json(fromWire: request, type: type)
    #expect(String(decoding: back, as: UTF8.self).contains(#""author":{"born":1}"#))
    #expect(
      try TextMapping(pool).text(fromWire: request, type: type).contains("printed {\n  seconds: 1"))
  }

  @Test("decodes a file when one of its types is needed, and no other")
  func laziness() throws {
    let pool = try DescriptorPool(generated: Contract.decode())
    #expect(pool.decodedCount == 0 && pool.files.count > 20)
    _ = pool.message(named: "klinke.tenant.v1.Missing")
    _ = pool.file(declaring: "klinke.tenant.v1.Tenant")
    #expect(pool.decodedCount == 0)
    let tenant = try #require(pool.message(named: "klinke.tenant.v1.Tenant"))
    #expect(pool.decodedCount == 1)
    let time = try #require(tenant.fields.first { $0.typeName == "google.protobuf.Timestamp" })
    #expect(pool.message(of: time).fullName == "google.protobuf.Timestamp")
    #expect(pool.decodedCount == 2)
    #expect(pool.message(named: "klinke.tenant.v1.Tenant") === tenant)
    #expect(pool.decodedCount == 2)
  }

  @Test("threads that need the same file at once get the same types")
  func threads() async throws {
    for _ in 0..<50 {
      let pool = try DescriptorPool(generated: Contract.decode())
      let found = await withTaskGroup(of: MessageDescriptor?.self) { group in
        for _ in 0..<8 {
          group.addTask { @concurrent in pool.message(named: "klinke.flow.v1.Flow") }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      let first = try #require(found[0])
      #expect(found.allSatisfy { $0 === first })
      #expect(pool.decodedCount == 1)
    }
  }

  @Test("every type of the contract is found under its own name, and its fields' types too")
  func contract() throws {
    let pool = try DescriptorPool(fileDescriptorSet: Contract.decode())
    #expect(pool.decodedCount == pool.files.count)
    var open = pool.services.flatMap(\.methods).flatMap { [$0.inputType, $0.outputType] }
    var seen = Set(open)
    while let name = open.popLast() {
      let type = try #require(pool.message(named: name))
      #expect(type.fullName == name)
      for field in type.fields where !field.typeName.isEmpty {
        if field.kind == .enumeration {
          #expect(pool.enumeration(of: field).fullName == field.typeName)
        } else {
          #expect(pool.message(of: field).fullName == field.typeName)
          #expect(pool.message(of: field).isMapEntry == (field.shape == .map))
          if seen.insert(field.typeName).inserted { open.append(field.typeName) }
        }
      }
    }
    #expect(seen.count > 80)
  }

  @Test("messages nested without end are refused")
  func depth() {
    var message: [UInt8] = []
    for _ in 0..<200 { message = Self.entry(message, field: 3) }
    #expect(throws: DescriptorError.malformed("messages are nested too deeply")) {
      try DescriptorPool(
        fileDescriptorSet: Self.entry(Self.entry(message, field: 4), field: 1))
    }
  }

  private static func entry(_ file: [UInt8], field: UInt8 = 1) -> [UInt8] {
    var entry: [UInt8] = [field << 3 | 2]
    var rest = file.count
    while rest >= 0x80 {
      entry.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return entry + [UInt8(rest)] + file
  }
}
