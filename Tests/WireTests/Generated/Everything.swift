// Generated from everything.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A field of every type and shape.
public struct Everything: Message {
  /// Scalars without presence.
  public var doubleValue: Double = 0
  public var floatValue: Float = 0
  public var int32Value: Int32 = 0
  public var int64Value: Int64 = 0
  public var uint32Value: UInt32 = 0
  public var uint64Value: UInt64 = 0
  public var sint32Value: Int32 = 0
  public var sint64Value: Int64 = 0
  public var fixed32Value: UInt32 = 0
  public var fixed64Value: UInt64 = 0
  public var sfixed32Value: Int32 = 0
  public var sfixed64Value: Int64 = 0
  public var boolValue: Bool = false
  public var stringValue: String = ""
  public var bytesValue: [UInt8] = []
  public var color: Color = .unspecified
  public var nested: Nested?
  /// Scalars with presence.
  public var optionalInt32: Int32?
  public var optionalString: String?
  public var optionalBytes: [UInt8]?
  public var optionalColor: Color?
  public var optionalSint64: Int64?
  /// Lists.
  public var packedInt32: [Int32] = []
  public var unpackedInt32: [Int32] = []
  public var packedSint64: [Int64] = []
  public var packedFixed32: [UInt32] = []
  public var packedDouble: [Double] = []
  public var packedBool: [Bool] = []
  public var packedColor: [Color] = []
  public var strings: [String] = []
  public var blobs: [[UInt8]] = []
  public var nesteds: [Nested] = []
  /// Maps.
  public var labels: [String: String] = [:]
  public var nestedByNumber: [Int32: Nested] = [:]
  public var colorByFlag: [Bool: Color] = [:]
  public var blobByDelta: [Int64: [UInt8]] = [:]
  /// What is one of several.
  public var choice: Choice?
  /// A message in itself.
  @Boxed public var child: Everything?
  /// Well-known types.
  public var createTime: Timestamp?
  public var timeout: ProtoDuration?
  public var attributes: Struct?
  public var nickname: StringValue?
  public var detail: AnyMessage?
  /// Names that are hard in Swift.
  public var `default`: String = ""
  public var selfValue: String = ""
  public var size: String = ""
  public var tenantID: String = ""
  public var baseURL: String = ""
  @available(*, deprecated, message: "deprecated in the schema")
  public var oldName: String {
    get { storedOldName }
    set { storedOldName = newValue }
  }
  var storedOldName: String = ""
  /// The largest number there is.
  public var last: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    doubleValue: Double = 0,
    floatValue: Float = 0,
    int32Value: Int32 = 0,
    int64Value: Int64 = 0,
    uint32Value: UInt32 = 0,
    uint64Value: UInt64 = 0,
    sint32Value: Int32 = 0,
    sint64Value: Int64 = 0,
    fixed32Value: UInt32 = 0,
    fixed64Value: UInt64 = 0,
    sfixed32Value: Int32 = 0,
    sfixed64Value: Int64 = 0,
    boolValue: Bool = false,
    stringValue: String = "",
    bytesValue: [UInt8] = [],
    color: Color = .unspecified,
    nested: Nested? = nil,
    optionalInt32: Int32? = nil,
    optionalString: String? = nil,
    optionalBytes: [UInt8]? = nil,
    optionalColor: Color? = nil,
    optionalSint64: Int64? = nil,
    packedInt32: [Int32] = [],
    unpackedInt32: [Int32] = [],
    packedSint64: [Int64] = [],
    packedFixed32: [UInt32] = [],
    packedDouble: [Double] = [],
    packedBool: [Bool] = [],
    packedColor: [Color] = [],
    strings: [String] = [],
    blobs: [[UInt8]] = [],
    nesteds: [Nested] = [],
    labels: [String: String] = [:],
    nestedByNumber: [Int32: Nested] = [:],
    colorByFlag: [Bool: Color] = [:],
    blobByDelta: [Int64: [UInt8]] = [:],
    choice: Choice? = nil,
    child: Everything? = nil,
    createTime: Timestamp? = nil,
    timeout: ProtoDuration? = nil,
    attributes: Struct? = nil,
    nickname: StringValue? = nil,
    detail: AnyMessage? = nil,
    `default`: String = "",
    selfValue: String = "",
    size: String = "",
    tenantID: String = "",
    baseURL: String = "",
    last: String = ""
  ) {
    self.doubleValue = doubleValue
    self.floatValue = floatValue
    self.int32Value = int32Value
    self.int64Value = int64Value
    self.uint32Value = uint32Value
    self.uint64Value = uint64Value
    self.sint32Value = sint32Value
    self.sint64Value = sint64Value
    self.fixed32Value = fixed32Value
    self.fixed64Value = fixed64Value
    self.sfixed32Value = sfixed32Value
    self.sfixed64Value = sfixed64Value
    self.boolValue = boolValue
    self.stringValue = stringValue
    self.bytesValue = bytesValue
    self.color = color
    self.nested = nested
    self.optionalInt32 = optionalInt32
    self.optionalString = optionalString
    self.optionalBytes = optionalBytes
    self.optionalColor = optionalColor
    self.optionalSint64 = optionalSint64
    self.packedInt32 = packedInt32
    self.unpackedInt32 = unpackedInt32
    self.packedSint64 = packedSint64
    self.packedFixed32 = packedFixed32
    self.packedDouble = packedDouble
    self.packedBool = packedBool
    self.packedColor = packedColor
    self.strings = strings
    self.blobs = blobs
    self.nesteds = nesteds
    self.labels = labels
    self.nestedByNumber = nestedByNumber
    self.colorByFlag = colorByFlag
    self.blobByDelta = blobByDelta
    self.choice = choice
    self.child = child
    self.createTime = createTime
    self.timeout = timeout
    self.attributes = attributes
    self.nickname = nickname
    self.detail = detail
    self.`default` = `default`
    self.selfValue = selfValue
    self.size = size
    self.tenantID = tenantID
    self.baseURL = baseURL
    self.last = last
  }

  /// What is one of several.
  public enum Choice: Hashable, Sendable {
    case choiceText(String)
    case choiceNumber(Int32)
    case choiceNested(Nested)
    indirect case choiceEverything(Everything)
    case choiceColor(Color)
  }

  /// An enum inside, with a second name for a value.
  public enum Color: WireEnum {
    /// Not set.
    case unspecified
    /// The first.
    case red
    /// Begins with a digit.
    case color3d
    /// Below zero.
    case negative
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
    /// The same.
    public static var crimson: Self { .red }
  }

  /// A message inside.
  public struct Nested: Message {
    /// A number.
    public var number: Int32 = 0
    /// A text.
    public var text: String = ""
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(number: Int32 = 0, text: String = "") {
      self.number = number
      self.text = text
    }
  }
}

/// Two messages that contain each other.
public struct Left: Message {
  /// The other.
  @Boxed public var right: Right?
  /// How deep.
  public var depth: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(right: Right? = nil, depth: Int32 = 0) {
    self.right = right
    self.depth = depth
  }
}

/// The other of two.
public struct Right: Message {
  /// The first.
  @Boxed public var left: Left?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(left: Left? = nil) {
    self.left = left
  }
}

/// Nothing known: all fields are unknown.
public struct Blank: Message {
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init() {}
}

// MARK: - Wire format

extension Everything {
  public static var protoName: String { "wiretest.v1.Everything" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, doubleValue)
    output.appendField(2, floatValue)
    output.appendField(3, int32Value)
    output.appendField(4, int64Value)
    output.appendField(5, uint32Value)
    output.appendField(6, uint64Value)
    output.appendField(7, sint32Value, as: WireSInt32.self)
    output.appendField(8, sint64Value, as: WireSInt64.self)
    output.appendField(9, fixed32Value, as: WireFixed32.self)
    output.appendField(10, fixed64Value, as: WireFixed64.self)
    output.appendField(11, sfixed32Value, as: WireSFixed32.self)
    output.appendField(12, sfixed64Value, as: WireSFixed64.self)
    output.appendField(13, boolValue)
    output.appendField(14, stringValue)
    output.appendField(15, bytesValue)
    output.appendField(16, color)
    output.appendField(17, nested)
    output.appendPresent(21, optionalInt32, as: WireInt32.self)
    output.appendPresent(22, optionalString, as: WireString.self)
    output.appendPresent(23, optionalBytes, as: WireBytes.self)
    output.appendPresent(24, optionalColor, as: WireEnumeration<Color>.self)
    output.appendPresent(25, optionalSint64, as: WireSInt64.self)
    output.appendRepeated(31, packedInt32, as: WireInt32.self)
    output.appendUnpacked(32, unpackedInt32, as: WireInt32.self)
    output.appendRepeated(33, packedSint64, as: WireSInt64.self)
    output.appendRepeated(34, packedFixed32, as: WireFixed32.self)
    output.appendRepeated(35, packedDouble, as: WireDouble.self)
    output.appendRepeated(36, packedBool, as: WireBool.self)
    output.appendRepeated(37, packedColor, as: WireEnumeration<Color>.self)
    output.appendRepeated(38, strings, as: WireString.self)
    output.appendRepeated(39, blobs, as: WireBytes.self)
    output.appendRepeated(40, nesteds)
    output.appendMap(51, labels, key: WireString.self, value: WireString.self)
    output.appendMap(52, nestedByNumber, key: WireInt32.self, value: WireMessage<Nested>.self)
    output.appendMap(53, colorByFlag, key: WireBool.self, value: WireEnumeration<Color>.self)
    output.appendMap(54, blobByDelta, key: WireSInt64.self, value: WireBytes.self)
    if case .choiceText(let value)? = choice { output.appendPresent(61, value, as: WireString.self) }
    if case .choiceNumber(let value)? = choice { output.appendPresent(62, value, as: WireInt32.self) }
    if case .choiceNested(let value)? = choice { output.appendField(63, value) }
    if case .choiceEverything(let value)? = choice { output.appendField(64, value) }
    if case .choiceColor(let value)? = choice { output.appendPresent(65, value, as: WireEnumeration<Color>.self) }
    output.appendField(71, child)
    output.appendField(81, createTime)
    output.appendField(82, timeout)
    output.appendField(83, attributes)
    output.appendField(84, nickname)
    output.appendField(85, detail)
    output.appendField(91, `default`)
    output.appendField(92, selfValue)
    output.appendField(93, size)
    output.appendField(94, tenantID)
    output.appendField(95, baseURL)
    output.appendField(96, storedOldName)
    output.appendField(536870911, last)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 9: doubleValue = try reader.double()
      case 21: floatValue = try reader.float()
      case 24: int32Value = try reader.int32()
      case 32: int64Value = try reader.int64()
      case 40: uint32Value = try reader.uint32()
      case 48: uint64Value = try reader.uint64()
      case 56: sint32Value = try reader.value(as: WireSInt32.self)
      case 64: sint64Value = try reader.value(as: WireSInt64.self)
      case 77: fixed32Value = try reader.value(as: WireFixed32.self)
      case 81: fixed64Value = try reader.value(as: WireFixed64.self)
      case 93: sfixed32Value = try reader.value(as: WireSFixed32.self)
      case 97: sfixed64Value = try reader.value(as: WireSFixed64.self)
      case 104: boolValue = try reader.bool()
      case 114: stringValue = try reader.string()
      case 122: bytesValue = try reader.bytes()
      case 128: color = try reader.enumeration()
      case 138: try reader.message(into: &nested)
      case 168: optionalInt32 = try reader.int32()
      case 178: optionalString = try reader.string()
      case 186: optionalBytes = try reader.bytes()
      case 192: optionalColor = try reader.enumeration()
      case 200: optionalSint64 = try reader.value(as: WireSInt64.self)
      case 248, 250: try reader.append(tag, to: &packedInt32, as: WireInt32.self)
      case 256, 258: try reader.append(tag, to: &unpackedInt32, as: WireInt32.self)
      case 264, 266: try reader.append(tag, to: &packedSint64, as: WireSInt64.self)
      case 274, 277: try reader.append(tag, to: &packedFixed32, as: WireFixed32.self)
      case 281, 282: try reader.append(tag, to: &packedDouble, as: WireDouble.self)
      case 288, 290: try reader.append(tag, to: &packedBool, as: WireBool.self)
      case 296, 298: try reader.append(tag, to: &packedColor, as: WireEnumeration<Color>.self)
      case 306: try reader.append(tag, to: &strings, as: WireString.self)
      case 314: try reader.append(tag, to: &blobs, as: WireBytes.self)
      case 322: try reader.append(tag, to: &nesteds)
      case 410: try reader.insert(tag, into: &labels, key: WireString.self, value: WireString.self)
      case 418: try reader.insert(tag, into: &nestedByNumber, key: WireInt32.self, value: WireMessage<Nested>.self)
      case 426: try reader.insert(tag, into: &colorByFlag, key: WireBool.self, value: WireEnumeration<Color>.self)
      case 434: try reader.insert(tag, into: &blobByDelta, key: WireSInt64.self, value: WireBytes.self)
      case 490: choice = .choiceText(try reader.string())
      case 496: choice = .choiceNumber(try reader.int32())
      case 506:
        var value = Nested()
        if case .choiceNested(let current)? = choice { value = current }
        try reader.message(into: &value)
        choice = .choiceNested(value)
      case 514:
        var value = Everything()
        if case .choiceEverything(let current)? = choice { value = current }
        try reader.message(into: &value)
        choice = .choiceEverything(value)
      case 520: choice = .choiceColor(try reader.enumeration())
      case 570: try reader.message(into: &child)
      case 650: try reader.message(into: &createTime)
      case 658: try reader.message(into: &timeout)
      case 666: try reader.message(into: &attributes)
      case 674: try reader.message(into: &nickname)
      case 682: try reader.message(into: &detail)
      case 730: `default` = try reader.string()
      case 738: selfValue = try reader.string()
      case 746: size = try reader.string()
      case 754: tenantID = try reader.string()
      case 762: baseURL = try reader.string()
      case 770: storedOldName = try reader.string()
      case 4294967290: last = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Everything.Color {
  public static var protoName: String { "wiretest.v1.Everything.Color" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .red
    case 2: self = .color3d
    case -1: self = .negative
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .red: 1
    case .color3d: 2
    case .negative: -1
    case .unrecognized(let number): number
    }
  }
}

extension Everything.Nested {
  public static var protoName: String { "wiretest.v1.Everything.Nested" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, number)
    output.appendField(2, text)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: number = try reader.int32()
      case 18: text = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Left {
  public static var protoName: String { "wiretest.v1.Left" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, right)
    output.appendField(2, depth)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &right)
      case 16: depth = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Right {
  public static var protoName: String { "wiretest.v1.Right" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, left)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &left)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Blank {
  public static var protoName: String { "wiretest.v1.Blank" }

  public func encode(into output: inout WireWriter) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      try reader.keepUnknown(tag, in: &unknownFields)
    }
  }
}
