internal import RPC
internal import Schema
internal import Testing

@Suite("Metadata")
struct MetadataTests {
  @Test("keeps the order of several values of one name")
  func order() {
    var metadata: Metadata = ["a": "1", "b": "2"]
    metadata.add("A", "3")
    #expect(metadata.values(for: "a") == ["1", "3"])
    #expect(metadata["a"] == "1")
    #expect(metadata["c"] == nil)
  }

  @Test(
    "reads binary values padded, unpadded and joined",
    arguments: [
      ("q6ur", [[0xab, 0xab, 0xab]]), ("/w==", [[0xff]]), ("/w", [[0xff]]),
      ("/w,q6ur", [[0xff], [0xab, 0xab, 0xab]]), ("", [[]]), ("!", []), ("/", []), ("/w=", []),
      ("/w===", []), ("=", []),
    ] as [(String, [[UInt8]])])
  func binary(value: String, expected: [[UInt8]]) {
    let metadata: Metadata = ["x-bin": value]
    #expect(metadata.binaryValues(for: "x-bin") == expected)
  }

  @Test("base64 survives a round trip at every length and is never padded")
  func roundTrip() {
    for count in 0..<50 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      let text = Base64.text(bytes)
      #expect(!text.contains("="))
      #expect(Base64.decode(text.utf8) == bytes)
    }
  }

  @Test("a request id of a caller is taken only when it fits a log line")
  func requestID() {
    #expect(RequestID.offered("abc-123") == "abc-123")
    #expect(RequestID.from("abc-123") == "abc-123")
    for bad in ["", "a b", "a\nb", "ü", String(repeating: "x", count: 65)] {
      #expect(RequestID.offered(bad) == nil)
      #expect(RequestID.from(bad).utf8.count == 15)
    }
  }

  @Test("a change is seen by the changed copy only")
  func copies() {
    let original: Metadata = ["a": "1", "b": "2", "c": "3"]
    var copy = original
    copy.add("d", "4")
    #expect(original == ["a": "1", "b": "2", "c": "3"])
    #expect(copy == ["a": "1", "b": "2", "c": "3", "d": "4"])
    var other = copy
    other.remove("a")
    #expect(copy["a"] == "1" && other["a"] == nil)
  }

  @Test("equality is that of the entries")
  func equality() {
    var one: Metadata = ["a": "1", "b": "2"]
    one.remove("a")
    #expect(one == ["b": "2"])
    #expect(one.hashValue == Metadata(dictionaryLiteral: ("b", "2")).hashValue)
    #expect(one != ["b": "3"])
  }
}

@Suite("ServerContext")
struct ServerContextTests {
  private enum Key: ContextKey { static var defaultValue: Int { 1 } }

  @Test("a call without a request id gets one of its own, and keeps it")
  func requestID() {
    let one = ServerContext(method: EchoMethods.echo.info)
    var copy = one
    copy.peer = "changed"
    #expect(one.requestID.utf8.count == 15)
    #expect(copy.requestID == one.requestID)
    #expect(ServerContext(method: EchoMethods.echo.info).requestID != one.requestID)
  }

  private final class EndingCall: Interruptible {
    let isInterrupted = true
  }

  @Test("a changed copy, and one of that, know that the call ends")
  func interruption() {
    let original = ServerContext(
      method: MethodReference(EchoMethods.echo.info), metadata: Metadata(), deadline: nil, peer: "",
      door: .grpc, requestID: nil, end: EndingCall())
    var copy = original
    copy.requestID = "two"
    var other = copy
    other.requestID = "three"
    #expect([original, copy, other].map(\.isInterrupted) == [true, true, true])
  }

  @Test("a change is seen by the changed copy only")
  func copies() {
    let original = ServerContext(method: EchoMethods.echo.info, requestID: "one")
    var copy = original
    copy.requestID = "two"
    copy[Key.self] = 2
    #expect(original.requestID == "one")
    #expect(original[Key.self] == 1)
    #expect(copy[Key.self] == 2)
    copy[Key.self] = 3
    #expect(copy[Key.self] == 3)
    copy.responseMetadata.addInitial("a", "b")
    #expect(original.responseMetadata.initial["a"] == "b")
  }
}
