internal import Testing

@testable internal import HTTP2

@Suite("Unsent output")
struct UnsentOutputTests {
  @Test("what a full socket has not taken shares nothing with the buffer", arguments: [0, 1, 3])
  func copies(sent: Int) {
    let output: [UInt8] = [1, 2, 3]
    let rest = output.copy(from: sent)
    #expect(rest == Array([1, 2, 3].dropFirst(sent)))
    guard !rest.isEmpty else { return }
    let address = { (bytes: [UInt8]) in
      unsafe bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
    #expect(address(rest) != address(output) + UInt(sent))
  }
}
