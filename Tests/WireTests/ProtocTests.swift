internal import Foundation
internal import Testing
internal import Wire

/// Google's own codec is the judge of ours: what we write it reads, and the other way round.
@Suite("Against protoc")
struct ProtocTests {
  @Test("protoc reads what we write and writes what we read")
  func roundTrip() throws {
    let text = try protoc("--decode", input: Everything.full.wireBytes())
    // A field that protoc did not understand would be printed by its number.
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    #expect(!lines.contains { $0.first?.isNumber == true })
    #expect(lines.contains("default: \"default\""))
    #expect(lines.contains("sint64_value: -9223372036854775808"))
    let bytes = try protoc("--encode", input: text)
    #expect(try Everything(wireBytes: bytes) == .full)
  }

  @Test("an empty message is empty on both sides")
  func empty() throws {
    #expect(try protoc("--decode", input: []).isEmpty)
    #expect(try protoc("--encode", input: []).isEmpty)
  }

  private func protoc(_ mode: String, input: [UInt8]) throws -> [UInt8] {
    let protos = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Protos")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "protoc", "-I", protos.path(percentEncoded: false), "-I", "/usr/include",
      "\(mode)=wiretest.v1.Everything",
      "everything.proto",
    ]
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    try process.run()
    // Smaller than a pipe's buffer, so writing all of it first cannot block.
    try stdin.fileHandleForWriting.write(contentsOf: input)
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(output)
  }
}
