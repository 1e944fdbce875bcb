internal import Wire

extension Everything {
  /// Every field has a value that is not its default.
  static var full: Everything {
    var message = Everything(
      doubleValue: 1.5, floatValue: -0.25, int32Value: .min, int64Value: .max, uint32Value: .max,
      uint64Value: .max, sint32Value: .min, sint64Value: .min, fixed32Value: .max,
      fixed64Value: .max, sfixed32Value: .min, sfixed64Value: .min, boolValue: true,
      stringValue: "Grüß Gott, \u{1F4DE}", bytesValue: [0, 1, 254, 255], color: .unrecognized(77),
      nested: .init(number: -1, text: "nested"))
    message.optionalInt32 = 0
    message.optionalString = ""
    message.optionalBytes = []
    message.optionalColor = .unspecified
    message.optionalSint64 = -64
    fillLists(&message)
    message.choice = .choiceNested(.init(number: 3, text: "choice"))
    message.child = Everything(child: Everything(int32Value: 2), tenantID: "t")
    message.createTime = Timestamp(seconds: 1_700_000_000, nanos: 5)
    message.timeout = ProtoDuration(seconds: -1, nanos: -500)
    message.attributes = Struct(fields: [
      "list": Value(kind: .listValue(ListValue(values: [Value(kind: .numberValue(1))])))
    ])
    message.nickname = StringValue(value: "nick")
    message.detail = AnyMessage(packing: Nested(number: 9))
    message.default = "default"
    message.selfValue = "self"
    message.size = "size"
    message.tenantID = "tenant"
    message.baseURL = "https://klinke.test"
    message.last = "last"
    return message
  }

  private static func fillLists(_ message: inout Everything) {
    message.packedInt32 = [0, -1, 300]
    message.unpackedInt32 = [0, -1, 300]
    message.packedSint64 = [.min, 0, .max]
    message.packedFixed32 = [1, .max]
    message.packedDouble = [.infinity, -0.0]
    message.packedBool = [true, false]
    message.packedColor = [.red, .color3d, .negative, .unrecognized(-5)]
    message.strings = ["", "a", "ä"]
    message.blobs = [[], [7]]
    message.nesteds = [.init(), .init(number: 1)]
    // One entry each: the order of several is not defined, and texts are compared.
    message.labels = ["key": "value"]
    message.nestedByNumber = [-1: .init(text: "minus")]
    message.colorByFlag = [true: .red]
    message.blobByDelta = [-2: [1, 2]]
  }
}
