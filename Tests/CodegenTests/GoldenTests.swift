internal import CodegenEmit
internal import CodegenSchema
internal import Foundation
internal import Testing

/// The output for a small schema, as people approved it. `codegen/generate` writes it anew.
@Suite("Golden files")
struct GoldenTests {
  @Test("the output is what was approved")
  func approved() throws {
    let tests = Protoc.root.appending(path: "Tests/CodegenTests")
    let modules = try ModuleMap(
      text: String(contentsOf: tests.appending(path: "modules.txt"), encoding: .utf8),
      path: "modules.txt")
    let files = try Protoc.files(in: tests.appending(path: "Protos"), name: "shop.proto")
    let output = Generator(try Schema(checking: files, modules: modules)).files()
    #expect(
      output.map(\.path).map { $0.split(separator: "/").last } == [
        "GeneratedCommands.swift", "GoldenCommands.swift", "README.md", "ShopMessages.swift",
        "ShopService.swift", "golden.v1.ShopService.md", "golden.v1.ts", "openapi.json",
      ])
    for file in output {
      let approved = try String(
        contentsOf: Protoc.root.appending(path: file.path), encoding: .utf8)
      #expect(file.content == approved, "\(file.path) is not what was approved")
    }
  }

  @Test("a method costs at most 40 lines")
  func linesPerMethod() throws {
    var folders = ["Tests/CodegenTests/Golden"]
    let modules = Protoc.root.appending(path: "Sources/API")
    folders += try FileManager.default.contentsOfDirectory(
      atPath: modules.path(percentEncoded: false)
    ).map {
      "Sources/API/\($0)/Generated"
    }
    var (lines, methods) = (0, 0)
    for folder in folders {
      let path = Protoc.root.appending(path: folder).path(percentEncoded: false)
      let names = try? FileManager.default.contentsOfDirectory(atPath: path)
      for name in names ?? [] where name.hasSuffix("Service.swift") {
        let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        methods += text.components(separatedBy: " = MethodDescriptor<").count - 1
        lines += text.split(separator: "\n").count
      }
    }
    #expect(methods > 40)
    #expect(lines <= methods * 40, "\(lines) lines for \(methods) methods")
  }

  @Test("the descriptor set holds imports first and no comments")
  func descriptors() throws {
    let files = try Protoc.files(
      in: Protoc.root.appending(path: "Tests/CodegenTests/Protos"), name: "shop.proto")
    #expect(files.last?.path == "shop.proto")
    #expect(files.contains { $0.path == "google/protobuf/descriptor.proto" })
    let descriptor = try #require(files.last?.descriptor)
    #expect(!String(decoding: descriptor, as: UTF8.self).contains("Sells things"))
  }
}
