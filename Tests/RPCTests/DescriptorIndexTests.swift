@testable internal import RPCTransport
internal import Testing
internal import Wire

@Suite("DescriptorIndex")
struct DescriptorIndexTests {
  /// `name` with the package, imports and declarations of a `FileDescriptorProto`.
  private func file(
    _ name: String, package: String, imports: [String] = [], _ body: (inout WireBuilder) -> Void
  ) -> [UInt8] {
    var file = WireBuilder()
    file.appendString(field: 1, name)
    for dependency in imports { file.appendString(field: 3, dependency) }
    body(&file)
    // After what it prefixes, as the wire format allows.
    file.appendString(field: 2, package)
    var set = WireBuilder()
    set.appendMessage(field: 1, file.bytes)
    return set.bytes
  }

  private func named(_ name: String, _ body: (inout WireBuilder) -> Void = { _ in }) -> [UInt8] {
    var builder = WireBuilder()
    builder.appendString(field: 1, name)
    body(&builder)
    return builder.bytes
  }

  private func index() throws -> DescriptorIndex {
    let base = file("base.proto", package: "p") { file in
      let message = named("M") { message in
        message.appendMessage(field: 2, named("field"))
        message.appendMessage(field: 8, named("choice"))
        message.appendMessage(field: 3, named("Inner"))
        message.appendMessage(
          field: 4, named("Kind") { $0.appendMessage(field: 2, named("KIND_A")) })
      }
      file.appendMessage(field: 4, message)
    }
    let top = file("top.proto", package: "p.q", imports: ["base.proto", "missing.proto"]) { file in
      file.appendMessage(field: 6, named("Svc") { $0.appendMessage(field: 2, named("Call")) })
      file.appendMessage(field: 5, named("E") { $0.appendMessage(field: 2, named("E_ZERO")) })
      let option = named("option") { field in
        field.appendString(field: 2, ".p.M")
        field.appendVarint(field: 3, 50_001)
      }
      file.appendMessage(field: 7, option)
    }
    return try DescriptorIndex(fileDescriptorSet: top + base)
  }

  @Test(
    "finds every kind of symbol",
    arguments: [
      ("p.M", "base.proto"), (".p.M", "base.proto"), ("p.M.field", "base.proto"),
      ("p.M.choice", "base.proto"), ("p.M.Inner", "base.proto"), ("p.M.Kind", "base.proto"),
      ("p.M.KIND_A", "base.proto"), ("p.q.Svc", "top.proto"), ("p.q.Svc.Call", "top.proto"),
      ("p.q.E", "top.proto"), ("p.q.E_ZERO", "top.proto"), ("p.q.option", "top.proto"),
      ("p.q.Nope", nil), ("", nil), ("p", nil),
    ] as [(String, String?)])
  func symbols(symbol: String, expected: String?) throws {
    #expect(try index().file(declaring: symbol) == expected)
  }

  @Test("finds extensions by type and number")
  func extensions() throws {
    let index = try index()
    #expect(index.file(extending: "p.M", number: 50_001) == "top.proto")
    #expect(index.file(extending: "p.M", number: 1) == nil)
    #expect(index.extensionNumbers(of: "p.M") == [50_001])
    #expect(index.extensionNumbers(of: "p.M.Inner") == [])
    #expect(index.extensionNumbers(of: "p.Nope") == nil)
  }

  @Test("a file comes with its imports, and each only once on a stream")
  func closure() throws {
    let index = try index()
    var sent: Set<String> = []
    #expect(index.closure(of: "top.proto", except: &sent).count == 2)
    #expect(index.closure(of: "top.proto", except: &sent).count == 1)
    #expect(index.closure(of: "base.proto", except: &sent).count == 1)
  }

  @Test("a stream of questions is told of an import once, and another stream again")
  func session() throws {
    var session = ReflectionSession(index: try index(), services: [])
    let question = ServerReflectionRequest(messageRequest: .fileByFilename("top.proto"))
    var files: [Int] = []
    for _ in 0..<2 {
      guard case .fileDescriptorResponse(let found)? = session.answer(question).messageResponse
      else { continue }
      files.append(found.fileDescriptorProto.count)
    }
    #expect(files == [2, 1])
  }

  @Test("a broken set throws at every prefix or is read, and never traps")
  func broken() throws {
    let set = file("a.proto", package: "a") { file in
      file.appendMessage(
        field: 4, named("M") { $0.appendMessage(field: 3, named("N")) })
    }
    for count in set.indices {
      _ = try? DescriptorIndex(fileDescriptorSet: Array(set[..<count]))
      var changed = set
      changed[count] ^= 0x55
      _ = try? DescriptorIndex(fileDescriptorSet: changed)
    }
  }
}
