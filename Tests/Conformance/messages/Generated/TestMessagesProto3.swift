// Generated from test_messages_proto3.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

public struct TestAllTypesProto3: Message {
  /// One of each.
  public var optionalInt32: Int32 = 0
  public var optionalInt64: Int64 = 0
  public var optionalUint32: UInt32 = 0
  public var optionalUint64: UInt64 = 0
  public var optionalSint32: Int32 = 0
  public var optionalSint64: Int64 = 0
  public var optionalFixed32: UInt32 = 0
  public var optionalFixed64: UInt64 = 0
  public var optionalSfixed32: Int32 = 0
  public var optionalSfixed64: Int64 = 0
  public var optionalFloat: Float = 0
  public var optionalDouble: Double = 0
  public var optionalBool: Bool = false
  public var optionalString: String = ""
  public var optionalBytes: [UInt8] = []
  @Boxed public var optionalNestedMessage: NestedMessage?
  public var optionalForeignMessage: ForeignMessage?
  public var optionalNestedEnum: NestedEnum = .foo
  public var optionalForeignEnum: ForeignEnum = .foreignFoo
  public var optionalAliasedEnum: AliasedEnum = .aliasFoo
  public var optionalStringPiece: String = ""
  public var optionalCord: String = ""
  @Boxed public var recursiveMessage: TestAllTypesProto3?
  /// Lists.
  public var repeatedInt32: [Int32] = []
  public var repeatedInt64: [Int64] = []
  public var repeatedUint32: [UInt32] = []
  public var repeatedUint64: [UInt64] = []
  public var repeatedSint32: [Int32] = []
  public var repeatedSint64: [Int64] = []
  public var repeatedFixed32: [UInt32] = []
  public var repeatedFixed64: [UInt64] = []
  public var repeatedSfixed32: [Int32] = []
  public var repeatedSfixed64: [Int64] = []
  public var repeatedFloat: [Float] = []
  public var repeatedDouble: [Double] = []
  public var repeatedBool: [Bool] = []
  public var repeatedString: [String] = []
  public var repeatedBytes: [[UInt8]] = []
  public var repeatedNestedMessage: [NestedMessage] = []
  public var repeatedForeignMessage: [ForeignMessage] = []
  public var repeatedNestedEnum: [NestedEnum] = []
  public var repeatedForeignEnum: [ForeignEnum] = []
  public var repeatedStringPiece: [String] = []
  public var repeatedCord: [String] = []
  /// Lists that say how they are packed.
  public var packedInt32: [Int32] = []
  public var packedInt64: [Int64] = []
  public var packedUint32: [UInt32] = []
  public var packedUint64: [UInt64] = []
  public var packedSint32: [Int32] = []
  public var packedSint64: [Int64] = []
  public var packedFixed32: [UInt32] = []
  public var packedFixed64: [UInt64] = []
  public var packedSfixed32: [Int32] = []
  public var packedSfixed64: [Int64] = []
  public var packedFloat: [Float] = []
  public var packedDouble: [Double] = []
  public var packedBool: [Bool] = []
  public var packedNestedEnum: [NestedEnum] = []
  public var unpackedInt32: [Int32] = []
  public var unpackedInt64: [Int64] = []
  public var unpackedUint32: [UInt32] = []
  public var unpackedUint64: [UInt64] = []
  public var unpackedSint32: [Int32] = []
  public var unpackedSint64: [Int64] = []
  public var unpackedFixed32: [UInt32] = []
  public var unpackedFixed64: [UInt64] = []
  public var unpackedSfixed32: [Int32] = []
  public var unpackedSfixed64: [Int64] = []
  public var unpackedFloat: [Float] = []
  public var unpackedDouble: [Double] = []
  public var unpackedBool: [Bool] = []
  public var unpackedNestedEnum: [NestedEnum] = []
  /// Maps.
  public var mapInt32Int32: [Int32: Int32] = [:]
  public var mapInt64Int64: [Int64: Int64] = [:]
  public var mapUint32Uint32: [UInt32: UInt32] = [:]
  public var mapUint64Uint64: [UInt64: UInt64] = [:]
  public var mapSint32Sint32: [Int32: Int32] = [:]
  public var mapSint64Sint64: [Int64: Int64] = [:]
  public var mapFixed32Fixed32: [UInt32: UInt32] = [:]
  public var mapFixed64Fixed64: [UInt64: UInt64] = [:]
  public var mapSfixed32Sfixed32: [Int32: Int32] = [:]
  public var mapSfixed64Sfixed64: [Int64: Int64] = [:]
  public var mapInt32Float: [Int32: Float] = [:]
  public var mapInt32Double: [Int32: Double] = [:]
  public var mapBoolBool: [Bool: Bool] = [:]
  public var mapStringString: [String: String] = [:]
  public var mapStringBytes: [String: [UInt8]] = [:]
  public var mapStringNestedMessage: [String: NestedMessage] = [:]
  public var mapStringForeignMessage: [String: ForeignMessage] = [:]
  public var mapStringNestedEnum: [String: NestedEnum] = [:]
  public var mapStringForeignEnum: [String: ForeignEnum] = [:]
  public var oneofField: OneofField?
  /// Well-known types.
  public var optionalBoolWrapper: BoolValue?
  public var optionalInt32Wrapper: Int32Value?
  public var optionalInt64Wrapper: Int64Value?
  public var optionalUint32Wrapper: UInt32Value?
  public var optionalUint64Wrapper: UInt64Value?
  public var optionalFloatWrapper: FloatValue?
  public var optionalDoubleWrapper: DoubleValue?
  public var optionalStringWrapper: StringValue?
  public var optionalBytesWrapper: BytesValue?
  public var repeatedBoolWrapper: [BoolValue] = []
  public var repeatedInt32Wrapper: [Int32Value] = []
  public var repeatedInt64Wrapper: [Int64Value] = []
  public var repeatedUint32Wrapper: [UInt32Value] = []
  public var repeatedUint64Wrapper: [UInt64Value] = []
  public var repeatedFloatWrapper: [FloatValue] = []
  public var repeatedDoubleWrapper: [DoubleValue] = []
  public var repeatedStringWrapper: [StringValue] = []
  public var repeatedBytesWrapper: [BytesValue] = []
  public var optionalDuration: ProtoDuration?
  public var optionalTimestamp: Timestamp?
  public var optionalFieldMask: FieldMask?
  public var optionalStruct: Struct?
  public var optionalAny: AnyMessage?
  public var optionalValue: Value?
  public var optionalNullValue: NullValue = .nullValue
  public var repeatedDuration: [ProtoDuration] = []
  public var repeatedTimestamp: [Timestamp] = []
  public var repeatedFieldmask: [FieldMask] = []
  public var repeatedAny: [AnyMessage] = []
  public var repeatedValue: [Value] = []
  public var repeatedListValue: [ListValue] = []
  public var repeatedStruct: [Struct] = []
  /// Names that are hard in JSON.
  public var fieldname1: Int32 = 0
  public var fieldName2: Int32 = 0
  public var fieldName3: Int32 = 0
  public var fieldName4: Int32 = 0
  public var field0name5: Int32 = 0
  public var field0Name6: Int32 = 0
  public var fieldName7: Int32 = 0
  public var fieldName8: Int32 = 0
  public var fieldName9: Int32 = 0
  public var fieldName10: Int32 = 0
  public var fIELDNAME11: Int32 = 0
  public var fIELDName12: Int32 = 0
  public var fieldName13: Int32 = 0
  public var fieldName14: Int32 = 0
  public var fieldName15: Int32 = 0
  public var fieldName16: Int32 = 0
  public var fieldName17: Int32 = 0
  public var fieldName18: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    optionalInt32: Int32 = 0,
    optionalInt64: Int64 = 0,
    optionalUint32: UInt32 = 0,
    optionalUint64: UInt64 = 0,
    optionalSint32: Int32 = 0,
    optionalSint64: Int64 = 0,
    optionalFixed32: UInt32 = 0,
    optionalFixed64: UInt64 = 0,
    optionalSfixed32: Int32 = 0,
    optionalSfixed64: Int64 = 0,
    optionalFloat: Float = 0,
    optionalDouble: Double = 0,
    optionalBool: Bool = false,
    optionalString: String = "",
    optionalBytes: [UInt8] = [],
    optionalNestedMessage: NestedMessage? = nil,
    optionalForeignMessage: ForeignMessage? = nil,
    optionalNestedEnum: NestedEnum = .foo,
    optionalForeignEnum: ForeignEnum = .foreignFoo,
    optionalAliasedEnum: AliasedEnum = .aliasFoo,
    optionalStringPiece: String = "",
    optionalCord: String = "",
    recursiveMessage: TestAllTypesProto3? = nil,
    repeatedInt32: [Int32] = [],
    repeatedInt64: [Int64] = [],
    repeatedUint32: [UInt32] = [],
    repeatedUint64: [UInt64] = [],
    repeatedSint32: [Int32] = [],
    repeatedSint64: [Int64] = [],
    repeatedFixed32: [UInt32] = [],
    repeatedFixed64: [UInt64] = [],
    repeatedSfixed32: [Int32] = [],
    repeatedSfixed64: [Int64] = [],
    repeatedFloat: [Float] = [],
    repeatedDouble: [Double] = [],
    repeatedBool: [Bool] = [],
    repeatedString: [String] = [],
    repeatedBytes: [[UInt8]] = [],
    repeatedNestedMessage: [NestedMessage] = [],
    repeatedForeignMessage: [ForeignMessage] = [],
    repeatedNestedEnum: [NestedEnum] = [],
    repeatedForeignEnum: [ForeignEnum] = [],
    repeatedStringPiece: [String] = [],
    repeatedCord: [String] = [],
    packedInt32: [Int32] = [],
    packedInt64: [Int64] = [],
    packedUint32: [UInt32] = [],
    packedUint64: [UInt64] = [],
    packedSint32: [Int32] = [],
    packedSint64: [Int64] = [],
    packedFixed32: [UInt32] = [],
    packedFixed64: [UInt64] = [],
    packedSfixed32: [Int32] = [],
    packedSfixed64: [Int64] = [],
    packedFloat: [Float] = [],
    packedDouble: [Double] = [],
    packedBool: [Bool] = [],
    packedNestedEnum: [NestedEnum] = [],
    unpackedInt32: [Int32] = [],
    unpackedInt64: [Int64] = [],
    unpackedUint32: [UInt32] = [],
    unpackedUint64: [UInt64] = [],
    unpackedSint32: [Int32] = [],
    unpackedSint64: [Int64] = [],
    unpackedFixed32: [UInt32] = [],
    unpackedFixed64: [UInt64] = [],
    unpackedSfixed32: [Int32] = [],
    unpackedSfixed64: [Int64] = [],
    unpackedFloat: [Float] = [],
    unpackedDouble: [Double] = [],
    unpackedBool: [Bool] = [],
    unpackedNestedEnum: [NestedEnum] = [],
    mapInt32Int32: [Int32: Int32] = [:],
    mapInt64Int64: [Int64: Int64] = [:],
    mapUint32Uint32: [UInt32: UInt32] = [:],
    mapUint64Uint64: [UInt64: UInt64] = [:],
    mapSint32Sint32: [Int32: Int32] = [:],
    mapSint64Sint64: [Int64: Int64] = [:],
    mapFixed32Fixed32: [UInt32: UInt32] = [:],
    mapFixed64Fixed64: [UInt64: UInt64] = [:],
    mapSfixed32Sfixed32: [Int32: Int32] = [:],
    mapSfixed64Sfixed64: [Int64: Int64] = [:],
    mapInt32Float: [Int32: Float] = [:],
    mapInt32Double: [Int32: Double] = [:],
    mapBoolBool: [Bool: Bool] = [:],
    mapStringString: [String: String] = [:],
    mapStringBytes: [String: [UInt8]] = [:],
    mapStringNestedMessage: [String: NestedMessage] = [:],
    mapStringForeignMessage: [String: ForeignMessage] = [:],
    mapStringNestedEnum: [String: NestedEnum] = [:],
    mapStringForeignEnum: [String: ForeignEnum] = [:],
    oneofField: OneofField? = nil,
    optionalBoolWrapper: BoolValue? = nil,
    optionalInt32Wrapper: Int32Value? = nil,
    optionalInt64Wrapper: Int64Value? = nil,
    optionalUint32Wrapper: UInt32Value? = nil,
    optionalUint64Wrapper: UInt64Value? = nil,
    optionalFloatWrapper: FloatValue? = nil,
    optionalDoubleWrapper: DoubleValue? = nil,
    optionalStringWrapper: StringValue? = nil,
    optionalBytesWrapper: BytesValue? = nil,
    repeatedBoolWrapper: [BoolValue] = [],
    repeatedInt32Wrapper: [Int32Value] = [],
    repeatedInt64Wrapper: [Int64Value] = [],
    repeatedUint32Wrapper: [UInt32Value] = [],
    repeatedUint64Wrapper: [UInt64Value] = [],
    repeatedFloatWrapper: [FloatValue] = [],
    repeatedDoubleWrapper: [DoubleValue] = [],
    repeatedStringWrapper: [StringValue] = [],
    repeatedBytesWrapper: [BytesValue] = [],
    optionalDuration: ProtoDuration? = nil,
    optionalTimestamp: Timestamp? = nil,
    optionalFieldMask: FieldMask? = nil,
    optionalStruct: Struct? = nil,
    optionalAny: AnyMessage? = nil,
    optionalValue: Value? = nil,
    optionalNullValue: NullValue = .nullValue,
    repeatedDuration: [ProtoDuration] = [],
    repeatedTimestamp: [Timestamp] = [],
    repeatedFieldmask: [FieldMask] = [],
    repeatedAny: [AnyMessage] = [],
    repeatedValue: [Value] = [],
    repeatedListValue: [ListValue] = [],
    repeatedStruct: [Struct] = [],
    fieldname1: Int32 = 0,
    fieldName2: Int32 = 0,
    fieldName3: Int32 = 0,
    fieldName4: Int32 = 0,
    field0name5: Int32 = 0,
    field0Name6: Int32 = 0,
    fieldName7: Int32 = 0,
    fieldName8: Int32 = 0,
    fieldName9: Int32 = 0,
    fieldName10: Int32 = 0,
    fIELDNAME11: Int32 = 0,
    fIELDName12: Int32 = 0,
    fieldName13: Int32 = 0,
    fieldName14: Int32 = 0,
    fieldName15: Int32 = 0,
    fieldName16: Int32 = 0,
    fieldName17: Int32 = 0,
    fieldName18: Int32 = 0
  ) {
    self.optionalInt32 = optionalInt32
    self.optionalInt64 = optionalInt64
    self.optionalUint32 = optionalUint32
    self.optionalUint64 = optionalUint64
    self.optionalSint32 = optionalSint32
    self.optionalSint64 = optionalSint64
    self.optionalFixed32 = optionalFixed32
    self.optionalFixed64 = optionalFixed64
    self.optionalSfixed32 = optionalSfixed32
    self.optionalSfixed64 = optionalSfixed64
    self.optionalFloat = optionalFloat
    self.optionalDouble = optionalDouble
    self.optionalBool = optionalBool
    self.optionalString = optionalString
    self.optionalBytes = optionalBytes
    self.optionalNestedMessage = optionalNestedMessage
    self.optionalForeignMessage = optionalForeignMessage
    self.optionalNestedEnum = optionalNestedEnum
    self.optionalForeignEnum = optionalForeignEnum
    self.optionalAliasedEnum = optionalAliasedEnum
    self.optionalStringPiece = optionalStringPiece
    self.optionalCord = optionalCord
    self.recursiveMessage = recursiveMessage
    self.repeatedInt32 = repeatedInt32
    self.repeatedInt64 = repeatedInt64
    self.repeatedUint32 = repeatedUint32
    self.repeatedUint64 = repeatedUint64
    self.repeatedSint32 = repeatedSint32
    self.repeatedSint64 = repeatedSint64
    self.repeatedFixed32 = repeatedFixed32
    self.repeatedFixed64 = repeatedFixed64
    self.repeatedSfixed32 = repeatedSfixed32
    self.repeatedSfixed64 = repeatedSfixed64
    self.repeatedFloat = repeatedFloat
    self.repeatedDouble = repeatedDouble
    self.repeatedBool = repeatedBool
    self.repeatedString = repeatedString
    self.repeatedBytes = repeatedBytes
    self.repeatedNestedMessage = repeatedNestedMessage
    self.repeatedForeignMessage = repeatedForeignMessage
    self.repeatedNestedEnum = repeatedNestedEnum
    self.repeatedForeignEnum = repeatedForeignEnum
    self.repeatedStringPiece = repeatedStringPiece
    self.repeatedCord = repeatedCord
    self.packedInt32 = packedInt32
    self.packedInt64 = packedInt64
    self.packedUint32 = packedUint32
    self.packedUint64 = packedUint64
    self.packedSint32 = packedSint32
    self.packedSint64 = packedSint64
    self.packedFixed32 = packedFixed32
    self.packedFixed64 = packedFixed64
    self.packedSfixed32 = packedSfixed32
    self.packedSfixed64 = packedSfixed64
    self.packedFloat = packedFloat
    self.packedDouble = packedDouble
    self.packedBool = packedBool
    self.packedNestedEnum = packedNestedEnum
    self.unpackedInt32 = unpackedInt32
    self.unpackedInt64 = unpackedInt64
    self.unpackedUint32 = unpackedUint32
    self.unpackedUint64 = unpackedUint64
    self.unpackedSint32 = unpackedSint32
    self.unpackedSint64 = unpackedSint64
    self.unpackedFixed32 = unpackedFixed32
    self.unpackedFixed64 = unpackedFixed64
    self.unpackedSfixed32 = unpackedSfixed32
    self.unpackedSfixed64 = unpackedSfixed64
    self.unpackedFloat = unpackedFloat
    self.unpackedDouble = unpackedDouble
    self.unpackedBool = unpackedBool
    self.unpackedNestedEnum = unpackedNestedEnum
    self.mapInt32Int32 = mapInt32Int32
    self.mapInt64Int64 = mapInt64Int64
    self.mapUint32Uint32 = mapUint32Uint32
    self.mapUint64Uint64 = mapUint64Uint64
    self.mapSint32Sint32 = mapSint32Sint32
    self.mapSint64Sint64 = mapSint64Sint64
    self.mapFixed32Fixed32 = mapFixed32Fixed32
    self.mapFixed64Fixed64 = mapFixed64Fixed64
    self.mapSfixed32Sfixed32 = mapSfixed32Sfixed32
    self.mapSfixed64Sfixed64 = mapSfixed64Sfixed64
    self.mapInt32Float = mapInt32Float
    self.mapInt32Double = mapInt32Double
    self.mapBoolBool = mapBoolBool
    self.mapStringString = mapStringString
    self.mapStringBytes = mapStringBytes
    self.mapStringNestedMessage = mapStringNestedMessage
    self.mapStringForeignMessage = mapStringForeignMessage
    self.mapStringNestedEnum = mapStringNestedEnum
    self.mapStringForeignEnum = mapStringForeignEnum
    self.oneofField = oneofField
    self.optionalBoolWrapper = optionalBoolWrapper
    self.optionalInt32Wrapper = optionalInt32Wrapper
    self.optionalInt64Wrapper = optionalInt64Wrapper
    self.optionalUint32Wrapper = optionalUint32Wrapper
    self.optionalUint64Wrapper = optionalUint64Wrapper
    self.optionalFloatWrapper = optionalFloatWrapper
    self.optionalDoubleWrapper = optionalDoubleWrapper
    self.optionalStringWrapper = optionalStringWrapper
    self.optionalBytesWrapper = optionalBytesWrapper
    self.repeatedBoolWrapper = repeatedBoolWrapper
    self.repeatedInt32Wrapper = repeatedInt32Wrapper
    self.repeatedInt64Wrapper = repeatedInt64Wrapper
    self.repeatedUint32Wrapper = repeatedUint32Wrapper
    self.repeatedUint64Wrapper = repeatedUint64Wrapper
    self.repeatedFloatWrapper = repeatedFloatWrapper
    self.repeatedDoubleWrapper = repeatedDoubleWrapper
    self.repeatedStringWrapper = repeatedStringWrapper
    self.repeatedBytesWrapper = repeatedBytesWrapper
    self.optionalDuration = optionalDuration
    self.optionalTimestamp = optionalTimestamp
    self.optionalFieldMask = optionalFieldMask
    self.optionalStruct = optionalStruct
    self.optionalAny = optionalAny
    self.optionalValue = optionalValue
    self.optionalNullValue = optionalNullValue
    self.repeatedDuration = repeatedDuration
    self.repeatedTimestamp = repeatedTimestamp
    self.repeatedFieldmask = repeatedFieldmask
    self.repeatedAny = repeatedAny
    self.repeatedValue = repeatedValue
    self.repeatedListValue = repeatedListValue
    self.repeatedStruct = repeatedStruct
    self.fieldname1 = fieldname1
    self.fieldName2 = fieldName2
    self.fieldName3 = fieldName3
    self.fieldName4 = fieldName4
    self.field0name5 = field0name5
    self.field0Name6 = field0Name6
    self.fieldName7 = fieldName7
    self.fieldName8 = fieldName8
    self.fieldName9 = fieldName9
    self.fieldName10 = fieldName10
    self.fIELDNAME11 = fIELDNAME11
    self.fIELDName12 = fIELDName12
    self.fieldName13 = fieldName13
    self.fieldName14 = fieldName14
    self.fieldName15 = fieldName15
    self.fieldName16 = fieldName16
    self.fieldName17 = fieldName17
    self.fieldName18 = fieldName18
  }

  public enum OneofField: Hashable, Sendable {
    case oneofUint32(UInt32)
    indirect case oneofNestedMessage(NestedMessage)
    case oneofString(String)
    case oneofBytes([UInt8])
    case oneofBool(Bool)
    case oneofUint64(UInt64)
    case oneofFloat(Float)
    case oneofDouble(Double)
    case oneofEnum(NestedEnum)
    case oneofNullValue(NullValue)
  }

  public enum NestedEnum: WireEnum {
    case foo
    case bar
    case baz
    case neg
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
  }

  public enum AliasedEnum: WireEnum {
    case aliasFoo
    case aliasBar
    case aliasBaz
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
    public static var moo: Self { .aliasBaz }
    public static var baz: Self { .aliasBaz }
  }

  public struct NestedMessage: Message {
    public var a: Int32 = 0
    @Boxed public var corecursive: TestAllTypesProto3?
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(a: Int32 = 0, corecursive: TestAllTypesProto3? = nil) {
      self.a = a
      self.corecursive = corecursive
    }
  }
}

public struct ForeignMessage: Message {
  public var c: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(c: Int32 = 0) {
    self.c = c
  }
}

public enum ForeignEnum: WireEnum {
  case foreignFoo
  case foreignBar
  case foreignBaz
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension TestAllTypesProto3 {
  public static var protoName: String { "protobuf_test_messages.proto3.TestAllTypesProto3" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, optionalInt32)
    output.appendField(2, optionalInt64)
    output.appendField(3, optionalUint32)
    output.appendField(4, optionalUint64)
    output.appendField(5, optionalSint32, as: WireSInt32.self)
    output.appendField(6, optionalSint64, as: WireSInt64.self)
    output.appendField(7, optionalFixed32, as: WireFixed32.self)
    output.appendField(8, optionalFixed64, as: WireFixed64.self)
    output.appendField(9, optionalSfixed32, as: WireSFixed32.self)
    output.appendField(10, optionalSfixed64, as: WireSFixed64.self)
    output.appendField(11, optionalFloat)
    output.appendField(12, optionalDouble)
    output.appendField(13, optionalBool)
    output.appendField(14, optionalString)
    output.appendField(15, optionalBytes)
    output.appendField(18, optionalNestedMessage)
    output.appendField(19, optionalForeignMessage)
    output.appendField(21, optionalNestedEnum)
    output.appendField(22, optionalForeignEnum)
    output.appendField(23, optionalAliasedEnum)
    output.appendField(24, optionalStringPiece)
    output.appendField(25, optionalCord)
    output.appendField(27, recursiveMessage)
    output.appendRepeated(31, repeatedInt32, as: WireInt32.self)
    output.appendRepeated(32, repeatedInt64, as: WireInt64.self)
    output.appendRepeated(33, repeatedUint32, as: WireUInt32.self)
    output.appendRepeated(34, repeatedUint64, as: WireUInt64.self)
    output.appendRepeated(35, repeatedSint32, as: WireSInt32.self)
    output.appendRepeated(36, repeatedSint64, as: WireSInt64.self)
    output.appendRepeated(37, repeatedFixed32, as: WireFixed32.self)
    output.appendRepeated(38, repeatedFixed64, as: WireFixed64.self)
    output.appendRepeated(39, repeatedSfixed32, as: WireSFixed32.self)
    output.appendRepeated(40, repeatedSfixed64, as: WireSFixed64.self)
    output.appendRepeated(41, repeatedFloat, as: WireFloat.self)
    output.appendRepeated(42, repeatedDouble, as: WireDouble.self)
    output.appendRepeated(43, repeatedBool, as: WireBool.self)
    output.appendRepeated(44, repeatedString, as: WireString.self)
    output.appendRepeated(45, repeatedBytes, as: WireBytes.self)
    output.appendRepeated(48, repeatedNestedMessage)
    output.appendRepeated(49, repeatedForeignMessage)
    output.appendRepeated(51, repeatedNestedEnum, as: WireEnumeration<NestedEnum>.self)
    output.appendRepeated(52, repeatedForeignEnum, as: WireEnumeration<ForeignEnum>.self)
    output.appendRepeated(54, repeatedStringPiece, as: WireString.self)
    output.appendRepeated(55, repeatedCord, as: WireString.self)
    output.appendMap(56, mapInt32Int32, key: WireInt32.self, value: WireInt32.self)
    output.appendMap(57, mapInt64Int64, key: WireInt64.self, value: WireInt64.self)
    output.appendMap(58, mapUint32Uint32, key: WireUInt32.self, value: WireUInt32.self)
    output.appendMap(59, mapUint64Uint64, key: WireUInt64.self, value: WireUInt64.self)
    output.appendMap(60, mapSint32Sint32, key: WireSInt32.self, value: WireSInt32.self)
    output.appendMap(61, mapSint64Sint64, key: WireSInt64.self, value: WireSInt64.self)
    output.appendMap(62, mapFixed32Fixed32, key: WireFixed32.self, value: WireFixed32.self)
    output.appendMap(63, mapFixed64Fixed64, key: WireFixed64.self, value: WireFixed64.self)
    output.appendMap(64, mapSfixed32Sfixed32, key: WireSFixed32.self, value: WireSFixed32.self)
    output.appendMap(65, mapSfixed64Sfixed64, key: WireSFixed64.self, value: WireSFixed64.self)
    output.appendMap(66, mapInt32Float, key: WireInt32.self, value: WireFloat.self)
    output.appendMap(67, mapInt32Double, key: WireInt32.self, value: WireDouble.self)
    output.appendMap(68, mapBoolBool, key: WireBool.self, value: WireBool.self)
    output.appendMap(69, mapStringString, key: WireString.self, value: WireString.self)
    output.appendMap(70, mapStringBytes, key: WireString.self, value: WireBytes.self)
    output.appendMap(71, mapStringNestedMessage, key: WireString.self, value: WireMessage<NestedMessage>.self)
    output.appendMap(72, mapStringForeignMessage, key: WireString.self, value: WireMessage<ForeignMessage>.self)
    output.appendMap(73, mapStringNestedEnum, key: WireString.self, value: WireEnumeration<NestedEnum>.self)
    output.appendMap(74, mapStringForeignEnum, key: WireString.self, value: WireEnumeration<ForeignEnum>.self)
    output.appendRepeated(75, packedInt32, as: WireInt32.self)
    output.appendRepeated(76, packedInt64, as: WireInt64.self)
    output.appendRepeated(77, packedUint32, as: WireUInt32.self)
    output.appendRepeated(78, packedUint64, as: WireUInt64.self)
    output.appendRepeated(79, packedSint32, as: WireSInt32.self)
    output.appendRepeated(80, packedSint64, as: WireSInt64.self)
    output.appendRepeated(81, packedFixed32, as: WireFixed32.self)
    output.appendRepeated(82, packedFixed64, as: WireFixed64.self)
    output.appendRepeated(83, packedSfixed32, as: WireSFixed32.self)
    output.appendRepeated(84, packedSfixed64, as: WireSFixed64.self)
    output.appendRepeated(85, packedFloat, as: WireFloat.self)
    output.appendRepeated(86, packedDouble, as: WireDouble.self)
    output.appendRepeated(87, packedBool, as: WireBool.self)
    output.appendRepeated(88, packedNestedEnum, as: WireEnumeration<NestedEnum>.self)
    output.appendUnpacked(89, unpackedInt32, as: WireInt32.self)
    output.appendUnpacked(90, unpackedInt64, as: WireInt64.self)
    output.appendUnpacked(91, unpackedUint32, as: WireUInt32.self)
    output.appendUnpacked(92, unpackedUint64, as: WireUInt64.self)
    output.appendUnpacked(93, unpackedSint32, as: WireSInt32.self)
    output.appendUnpacked(94, unpackedSint64, as: WireSInt64.self)
    output.appendUnpacked(95, unpackedFixed32, as: WireFixed32.self)
    output.appendUnpacked(96, unpackedFixed64, as: WireFixed64.self)
    output.appendUnpacked(97, unpackedSfixed32, as: WireSFixed32.self)
    output.appendUnpacked(98, unpackedSfixed64, as: WireSFixed64.self)
    output.appendUnpacked(99, unpackedFloat, as: WireFloat.self)
    output.appendUnpacked(100, unpackedDouble, as: WireDouble.self)
    output.appendUnpacked(101, unpackedBool, as: WireBool.self)
    output.appendUnpacked(102, unpackedNestedEnum, as: WireEnumeration<NestedEnum>.self)
    if case .oneofUint32(let value)? = oneofField { output.appendPresent(111, value, as: WireUInt32.self) }
    if case .oneofNestedMessage(let value)? = oneofField { output.appendField(112, value) }
    if case .oneofString(let value)? = oneofField { output.appendPresent(113, value, as: WireString.self) }
    if case .oneofBytes(let value)? = oneofField { output.appendPresent(114, value, as: WireBytes.self) }
    if case .oneofBool(let value)? = oneofField { output.appendPresent(115, value, as: WireBool.self) }
    if case .oneofUint64(let value)? = oneofField { output.appendPresent(116, value, as: WireUInt64.self) }
    if case .oneofFloat(let value)? = oneofField { output.appendPresent(117, value, as: WireFloat.self) }
    if case .oneofDouble(let value)? = oneofField { output.appendPresent(118, value, as: WireDouble.self) }
    if case .oneofEnum(let value)? = oneofField { output.appendPresent(119, value, as: WireEnumeration<NestedEnum>.self) }
    if case .oneofNullValue(let value)? = oneofField { output.appendPresent(120, value, as: WireEnumeration<NullValue>.self) }
    output.appendField(201, optionalBoolWrapper)
    output.appendField(202, optionalInt32Wrapper)
    output.appendField(203, optionalInt64Wrapper)
    output.appendField(204, optionalUint32Wrapper)
    output.appendField(205, optionalUint64Wrapper)
    output.appendField(206, optionalFloatWrapper)
    output.appendField(207, optionalDoubleWrapper)
    output.appendField(208, optionalStringWrapper)
    output.appendField(209, optionalBytesWrapper)
    output.appendRepeated(211, repeatedBoolWrapper)
    output.appendRepeated(212, repeatedInt32Wrapper)
    output.appendRepeated(213, repeatedInt64Wrapper)
    output.appendRepeated(214, repeatedUint32Wrapper)
    output.appendRepeated(215, repeatedUint64Wrapper)
    output.appendRepeated(216, repeatedFloatWrapper)
    output.appendRepeated(217, repeatedDoubleWrapper)
    output.appendRepeated(218, repeatedStringWrapper)
    output.appendRepeated(219, repeatedBytesWrapper)
    output.appendField(301, optionalDuration)
    output.appendField(302, optionalTimestamp)
    output.appendField(303, optionalFieldMask)
    output.appendField(304, optionalStruct)
    output.appendField(305, optionalAny)
    output.appendField(306, optionalValue)
    output.appendField(307, optionalNullValue)
    output.appendRepeated(311, repeatedDuration)
    output.appendRepeated(312, repeatedTimestamp)
    output.appendRepeated(313, repeatedFieldmask)
    output.appendRepeated(315, repeatedAny)
    output.appendRepeated(316, repeatedValue)
    output.appendRepeated(317, repeatedListValue)
    output.appendRepeated(324, repeatedStruct)
    output.appendField(401, fieldname1)
    output.appendField(402, fieldName2)
    output.appendField(403, fieldName3)
    output.appendField(404, fieldName4)
    output.appendField(405, field0name5)
    output.appendField(406, field0Name6)
    output.appendField(407, fieldName7)
    output.appendField(408, fieldName8)
    output.appendField(409, fieldName9)
    output.appendField(410, fieldName10)
    output.appendField(411, fIELDNAME11)
    output.appendField(412, fIELDName12)
    output.appendField(413, fieldName13)
    output.appendField(414, fieldName14)
    output.appendField(415, fieldName15)
    output.appendField(416, fieldName16)
    output.appendField(417, fieldName17)
    output.appendField(418, fieldName18)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: optionalInt32 = try reader.int32()
      case 16: optionalInt64 = try reader.int64()
      case 24: optionalUint32 = try reader.uint32()
      case 32: optionalUint64 = try reader.uint64()
      case 40: optionalSint32 = try reader.value(as: WireSInt32.self)
      case 48: optionalSint64 = try reader.value(as: WireSInt64.self)
      case 61: optionalFixed32 = try reader.value(as: WireFixed32.self)
      case 65: optionalFixed64 = try reader.value(as: WireFixed64.self)
      case 77: optionalSfixed32 = try reader.value(as: WireSFixed32.self)
      case 81: optionalSfixed64 = try reader.value(as: WireSFixed64.self)
      case 93: optionalFloat = try reader.float()
      case 97: optionalDouble = try reader.double()
      case 104: optionalBool = try reader.bool()
      case 114: optionalString = try reader.string()
      case 122: optionalBytes = try reader.bytes()
      case 146: try reader.message(into: &optionalNestedMessage)
      case 154: try reader.message(into: &optionalForeignMessage)
      case 168: optionalNestedEnum = try reader.enumeration()
      case 176: optionalForeignEnum = try reader.enumeration()
      case 184: optionalAliasedEnum = try reader.enumeration()
      case 194: optionalStringPiece = try reader.string()
      case 202: optionalCord = try reader.string()
      case 218: try reader.message(into: &recursiveMessage)
      case 248, 250: try reader.append(tag, to: &repeatedInt32, as: WireInt32.self)
      case 256, 258: try reader.append(tag, to: &repeatedInt64, as: WireInt64.self)
      case 264, 266: try reader.append(tag, to: &repeatedUint32, as: WireUInt32.self)
      case 272, 274: try reader.append(tag, to: &repeatedUint64, as: WireUInt64.self)
      case 280, 282: try reader.append(tag, to: &repeatedSint32, as: WireSInt32.self)
      case 288, 290: try reader.append(tag, to: &repeatedSint64, as: WireSInt64.self)
      case 298, 301: try reader.append(tag, to: &repeatedFixed32, as: WireFixed32.self)
      case 305, 306: try reader.append(tag, to: &repeatedFixed64, as: WireFixed64.self)
      case 314, 317: try reader.append(tag, to: &repeatedSfixed32, as: WireSFixed32.self)
      case 321, 322: try reader.append(tag, to: &repeatedSfixed64, as: WireSFixed64.self)
      case 330, 333: try reader.append(tag, to: &repeatedFloat, as: WireFloat.self)
      case 337, 338: try reader.append(tag, to: &repeatedDouble, as: WireDouble.self)
      case 344, 346: try reader.append(tag, to: &repeatedBool, as: WireBool.self)
      case 354: try reader.append(tag, to: &repeatedString, as: WireString.self)
      case 362: try reader.append(tag, to: &repeatedBytes, as: WireBytes.self)
      case 386: try reader.append(tag, to: &repeatedNestedMessage)
      case 394: try reader.append(tag, to: &repeatedForeignMessage)
      case 408, 410: try reader.append(tag, to: &repeatedNestedEnum, as: WireEnumeration<NestedEnum>.self)
      case 416, 418: try reader.append(tag, to: &repeatedForeignEnum, as: WireEnumeration<ForeignEnum>.self)
      case 434: try reader.append(tag, to: &repeatedStringPiece, as: WireString.self)
      case 442: try reader.append(tag, to: &repeatedCord, as: WireString.self)
      case 450: try reader.insert(tag, into: &mapInt32Int32, key: WireInt32.self, value: WireInt32.self)
      case 458: try reader.insert(tag, into: &mapInt64Int64, key: WireInt64.self, value: WireInt64.self)
      case 466: try reader.insert(tag, into: &mapUint32Uint32, key: WireUInt32.self, value: WireUInt32.self)
      case 474: try reader.insert(tag, into: &mapUint64Uint64, key: WireUInt64.self, value: WireUInt64.self)
      case 482: try reader.insert(tag, into: &mapSint32Sint32, key: WireSInt32.self, value: WireSInt32.self)
      case 490: try reader.insert(tag, into: &mapSint64Sint64, key: WireSInt64.self, value: WireSInt64.self)
      case 498: try reader.insert(tag, into: &mapFixed32Fixed32, key: WireFixed32.self, value: WireFixed32.self)
      case 506: try reader.insert(tag, into: &mapFixed64Fixed64, key: WireFixed64.self, value: WireFixed64.self)
      case 514: try reader.insert(tag, into: &mapSfixed32Sfixed32, key: WireSFixed32.self, value: WireSFixed32.self)
      case 522: try reader.insert(tag, into: &mapSfixed64Sfixed64, key: WireSFixed64.self, value: WireSFixed64.self)
      case 530: try reader.insert(tag, into: &mapInt32Float, key: WireInt32.self, value: WireFloat.self)
      case 538: try reader.insert(tag, into: &mapInt32Double, key: WireInt32.self, value: WireDouble.self)
      case 546: try reader.insert(tag, into: &mapBoolBool, key: WireBool.self, value: WireBool.self)
      case 554: try reader.insert(tag, into: &mapStringString, key: WireString.self, value: WireString.self)
      case 562: try reader.insert(tag, into: &mapStringBytes, key: WireString.self, value: WireBytes.self)
      case 570: try reader.insert(tag, into: &mapStringNestedMessage, key: WireString.self, value: WireMessage<NestedMessage>.self)
      case 578: try reader.insert(tag, into: &mapStringForeignMessage, key: WireString.self, value: WireMessage<ForeignMessage>.self)
      case 586: try reader.insert(tag, into: &mapStringNestedEnum, key: WireString.self, value: WireEnumeration<NestedEnum>.self)
      case 594: try reader.insert(tag, into: &mapStringForeignEnum, key: WireString.self, value: WireEnumeration<ForeignEnum>.self)
      case 600, 602: try reader.append(tag, to: &packedInt32, as: WireInt32.self)
      case 608, 610: try reader.append(tag, to: &packedInt64, as: WireInt64.self)
      case 616, 618: try reader.append(tag, to: &packedUint32, as: WireUInt32.self)
      case 624, 626: try reader.append(tag, to: &packedUint64, as: WireUInt64.self)
      case 632, 634: try reader.append(tag, to: &packedSint32, as: WireSInt32.self)
      case 640, 642: try reader.append(tag, to: &packedSint64, as: WireSInt64.self)
      case 650, 653: try reader.append(tag, to: &packedFixed32, as: WireFixed32.self)
      case 657, 658: try reader.append(tag, to: &packedFixed64, as: WireFixed64.self)
      case 666, 669: try reader.append(tag, to: &packedSfixed32, as: WireSFixed32.self)
      case 673, 674: try reader.append(tag, to: &packedSfixed64, as: WireSFixed64.self)
      case 682, 685: try reader.append(tag, to: &packedFloat, as: WireFloat.self)
      case 689, 690: try reader.append(tag, to: &packedDouble, as: WireDouble.self)
      case 696, 698: try reader.append(tag, to: &packedBool, as: WireBool.self)
      case 704, 706: try reader.append(tag, to: &packedNestedEnum, as: WireEnumeration<NestedEnum>.self)
      case 712, 714: try reader.append(tag, to: &unpackedInt32, as: WireInt32.self)
      case 720, 722: try reader.append(tag, to: &unpackedInt64, as: WireInt64.self)
      case 728, 730: try reader.append(tag, to: &unpackedUint32, as: WireUInt32.self)
      case 736, 738: try reader.append(tag, to: &unpackedUint64, as: WireUInt64.self)
      case 744, 746: try reader.append(tag, to: &unpackedSint32, as: WireSInt32.self)
      case 752, 754: try reader.append(tag, to: &unpackedSint64, as: WireSInt64.self)
      case 762, 765: try reader.append(tag, to: &unpackedFixed32, as: WireFixed32.self)
      case 769, 770: try reader.append(tag, to: &unpackedFixed64, as: WireFixed64.self)
      case 778, 781: try reader.append(tag, to: &unpackedSfixed32, as: WireSFixed32.self)
      case 785, 786: try reader.append(tag, to: &unpackedSfixed64, as: WireSFixed64.self)
      case 794, 797: try reader.append(tag, to: &unpackedFloat, as: WireFloat.self)
      case 801, 802: try reader.append(tag, to: &unpackedDouble, as: WireDouble.self)
      case 808, 810: try reader.append(tag, to: &unpackedBool, as: WireBool.self)
      case 816, 818: try reader.append(tag, to: &unpackedNestedEnum, as: WireEnumeration<NestedEnum>.self)
      case 888: oneofField = .oneofUint32(try reader.uint32())
      case 898:
        var value = NestedMessage()
        if case .oneofNestedMessage(let current)? = oneofField { value = current }
        try reader.message(into: &value)
        oneofField = .oneofNestedMessage(value)
      case 906: oneofField = .oneofString(try reader.string())
      case 914: oneofField = .oneofBytes(try reader.bytes())
      case 920: oneofField = .oneofBool(try reader.bool())
      case 928: oneofField = .oneofUint64(try reader.uint64())
      case 941: oneofField = .oneofFloat(try reader.float())
      case 945: oneofField = .oneofDouble(try reader.double())
      case 952: oneofField = .oneofEnum(try reader.enumeration())
      case 960: oneofField = .oneofNullValue(try reader.enumeration())
      case 1610: try reader.message(into: &optionalBoolWrapper)
      case 1618: try reader.message(into: &optionalInt32Wrapper)
      case 1626: try reader.message(into: &optionalInt64Wrapper)
      case 1634: try reader.message(into: &optionalUint32Wrapper)
      case 1642: try reader.message(into: &optionalUint64Wrapper)
      case 1650: try reader.message(into: &optionalFloatWrapper)
      case 1658: try reader.message(into: &optionalDoubleWrapper)
      case 1666: try reader.message(into: &optionalStringWrapper)
      case 1674: try reader.message(into: &optionalBytesWrapper)
      case 1690: try reader.append(tag, to: &repeatedBoolWrapper)
      case 1698: try reader.append(tag, to: &repeatedInt32Wrapper)
      case 1706: try reader.append(tag, to: &repeatedInt64Wrapper)
      case 1714: try reader.append(tag, to: &repeatedUint32Wrapper)
      case 1722: try reader.append(tag, to: &repeatedUint64Wrapper)
      case 1730: try reader.append(tag, to: &repeatedFloatWrapper)
      case 1738: try reader.append(tag, to: &repeatedDoubleWrapper)
      case 1746: try reader.append(tag, to: &repeatedStringWrapper)
      case 1754: try reader.append(tag, to: &repeatedBytesWrapper)
      case 2410: try reader.message(into: &optionalDuration)
      case 2418: try reader.message(into: &optionalTimestamp)
      case 2426: try reader.message(into: &optionalFieldMask)
      case 2434: try reader.message(into: &optionalStruct)
      case 2442: try reader.message(into: &optionalAny)
      case 2450: try reader.message(into: &optionalValue)
      case 2456: optionalNullValue = try reader.enumeration()
      case 2490: try reader.append(tag, to: &repeatedDuration)
      case 2498: try reader.append(tag, to: &repeatedTimestamp)
      case 2506: try reader.append(tag, to: &repeatedFieldmask)
      case 2522: try reader.append(tag, to: &repeatedAny)
      case 2530: try reader.append(tag, to: &repeatedValue)
      case 2538: try reader.append(tag, to: &repeatedListValue)
      case 2594: try reader.append(tag, to: &repeatedStruct)
      case 3208: fieldname1 = try reader.int32()
      case 3216: fieldName2 = try reader.int32()
      case 3224: fieldName3 = try reader.int32()
      case 3232: fieldName4 = try reader.int32()
      case 3240: field0name5 = try reader.int32()
      case 3248: field0Name6 = try reader.int32()
      case 3256: fieldName7 = try reader.int32()
      case 3264: fieldName8 = try reader.int32()
      case 3272: fieldName9 = try reader.int32()
      case 3280: fieldName10 = try reader.int32()
      case 3288: fIELDNAME11 = try reader.int32()
      case 3296: fIELDName12 = try reader.int32()
      case 3304: fieldName13 = try reader.int32()
      case 3312: fieldName14 = try reader.int32()
      case 3320: fieldName15 = try reader.int32()
      case 3328: fieldName16 = try reader.int32()
      case 3336: fieldName17 = try reader.int32()
      case 3344: fieldName18 = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TestAllTypesProto3.NestedEnum {
  public static var protoName: String { "protobuf_test_messages.proto3.TestAllTypesProto3.NestedEnum" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .foo
    case 1: self = .bar
    case 2: self = .baz
    case -1: self = .neg
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .foo: 0
    case .bar: 1
    case .baz: 2
    case .neg: -1
    case .unrecognized(let number): number
    }
  }
}

extension TestAllTypesProto3.AliasedEnum {
  public static var protoName: String { "protobuf_test_messages.proto3.TestAllTypesProto3.AliasedEnum" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .aliasFoo
    case 1: self = .aliasBar
    case 2: self = .aliasBaz
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .aliasFoo: 0
    case .aliasBar: 1
    case .aliasBaz: 2
    case .unrecognized(let number): number
    }
  }
}

extension TestAllTypesProto3.NestedMessage {
  public static var protoName: String { "protobuf_test_messages.proto3.TestAllTypesProto3.NestedMessage" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, a)
    output.appendField(2, corecursive)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: a = try reader.int32()
      case 18: try reader.message(into: &corecursive)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ForeignMessage {
  public static var protoName: String { "protobuf_test_messages.proto3.ForeignMessage" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, c)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: c = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ForeignEnum {
  public static var protoName: String { "protobuf_test_messages.proto3.ForeignEnum" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .foreignFoo
    case 1: self = .foreignBar
    case 2: self = .foreignBaz
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .foreignFoo: 0
    case .foreignBar: 1
    case .foreignBaz: 2
    case .unrecognized(let number): number
    }
  }
}
