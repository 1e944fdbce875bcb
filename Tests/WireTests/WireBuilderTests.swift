internal import Testing
internal import Wire

@Suite("WireBuilder")
struct WireBuilderTests {
  @Test("writes what a generated message writes")
  func sameAsMessage() {
    var nested = WireBuilder()
    nested.appendVarint(field: 1, 7)
    nested.appendString(field: 2, "sieben")
    var builder = WireBuilder()
    builder.appendTag(7, .varint)
    builder.appendZigZag(-3)
    builder.appendTag(9, .fixed32)
    builder.appendFixed32(5)
    builder.appendTag(10, .fixed64)
    builder.appendFixed64(6)
    builder.appendString(field: 14, "Grüße")
    builder.appendBytes(field: 15, [0, 255])
    builder.appendMessage(field: 17, nested.bytes)

    let message = Everything(
      sint32Value: -3, fixed32Value: 5, fixed64Value: 6, stringValue: "Grüße",
      bytesValue: [0, 255], nested: .init(number: 7, text: "sieben"))
    #expect(builder.bytes == message.wireBytes())
  }

  @Test("zigzag keeps small numbers short", arguments: [(0, 0), (-1, 1), (1, 2), (-2, 3)])
  func zigZag(value: Int64, expected: UInt8) {
    var builder = WireBuilder()
    builder.appendZigZag(value)
    #expect(builder.bytes == [expected])
  }

  @Test(
    "measures a varint as it is written",
    arguments: (0..<64).map { UInt64(1) << UInt64($0) } + [0, .max])
  func varintSizes(value: UInt64) {
    var builder = WireBuilder()
    builder.appendVarint(value)
    #expect(builder.bytes.count == varintSize(value))
    #expect(varintSize(value &- 1) <= 10)
  }
}
