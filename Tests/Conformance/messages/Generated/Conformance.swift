// Generated from conformance.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// One test that went wrong.
public struct TestStatus: Message {
  public var name: String = ""
  public var failureMessage: String = ""
  public var matchedName: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(name: String = "", failureMessage: String = "", matchedName: String = "") {
    self.name = name
    self.failureMessage = failureMessage
    self.matchedName = matchedName
  }
}

/// The runner asks for this with its first request.
public struct FailureSet: Message {
  public var test: [TestStatus] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(test: [TestStatus] = []) {
    self.test = test
  }
}

/// A message in one format, to be written in another.
public struct ConformanceRequest: Message {
  public var payload: Payload?
  public var requestedOutputFormat: WireFormat = .unspecified
  public var messageType: String = ""
  public var testCategory: TestCategory = .unspecifiedTest
  public var jspbEncodingOptions: JspbEncodingConfig?
  public var printUnknownFields: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    payload: Payload? = nil,
    requestedOutputFormat: WireFormat = .unspecified,
    messageType: String = "",
    testCategory: TestCategory = .unspecifiedTest,
    jspbEncodingOptions: JspbEncodingConfig? = nil,
    printUnknownFields: Bool = false
  ) {
    self.payload = payload
    self.requestedOutputFormat = requestedOutputFormat
    self.messageType = messageType
    self.testCategory = testCategory
    self.jspbEncodingOptions = jspbEncodingOptions
    self.printUnknownFields = printUnknownFields
  }

  public enum Payload: Hashable, Sendable {
    case protobufPayload([UInt8])
    case jsonPayload(String)
    case jspbPayload(String)
    case textPayload(String)
  }
}

/// What became of it.
public struct ConformanceResponse: Message {
  public var result: ResultChoice?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(result: ResultChoice? = nil) {
    self.result = result
  }

  public enum ResultChoice: Hashable, Sendable {
    case parseError(String)
    case serializeError(String)
    case timeoutError(String)
    case runtimeError(String)
    case protobufPayload([UInt8])
    case jsonPayload(String)
    case skipped(String)
    case jspbPayload(String)
    case textPayload(String)
  }
}

/// For a format that only browsers speak.
public struct JspbEncodingConfig: Message {
  public var useJspbArrayAnyFormat: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(useJspbArrayAnyFormat: Bool = false) {
    self.useJspbArrayAnyFormat = useJspbArrayAnyFormat
  }
}

public enum WireFormat: WireEnum {
  case unspecified
  case protobuf
  case json
  case jspb
  case textFormat
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

public enum TestCategory: WireEnum {
  case unspecifiedTest
  case binaryTest
  case jsonTest
  case jsonIgnoreUnknownParsingTest
  case jspbTest
  case textFormatTest
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension TestStatus {
  public static var protoName: String { "conformance.TestStatus" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, name)
    output.appendField(2, failureMessage)
    output.appendField(3, matchedName)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: name = try reader.string()
      case 18: failureMessage = try reader.string()
      case 26: matchedName = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FailureSet {
  public static var protoName: String { "conformance.FailureSet" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(2, test)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 18: try reader.append(tag, to: &test)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ConformanceRequest {
  public static var protoName: String { "conformance.ConformanceRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    if case .protobufPayload(let value)? = payload { output.appendPresent(1, value, as: WireBytes.self) }
    if case .jsonPayload(let value)? = payload { output.appendPresent(2, value, as: WireString.self) }
    output.appendField(3, requestedOutputFormat)
    output.appendField(4, messageType)
    output.appendField(5, testCategory)
    output.appendField(6, jspbEncodingOptions)
    if case .jspbPayload(let value)? = payload { output.appendPresent(7, value, as: WireString.self) }
    if case .textPayload(let value)? = payload { output.appendPresent(8, value, as: WireString.self) }
    output.appendField(9, printUnknownFields)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: payload = .protobufPayload(try reader.bytes())
      case 18: payload = .jsonPayload(try reader.string())
      case 24: requestedOutputFormat = try reader.enumeration()
      case 34: messageType = try reader.string()
      case 40: testCategory = try reader.enumeration()
      case 50: try reader.message(into: &jspbEncodingOptions)
      case 58: payload = .jspbPayload(try reader.string())
      case 66: payload = .textPayload(try reader.string())
      case 72: printUnknownFields = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ConformanceResponse {
  public static var protoName: String { "conformance.ConformanceResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    if case .parseError(let value)? = result { output.appendPresent(1, value, as: WireString.self) }
    if case .runtimeError(let value)? = result { output.appendPresent(2, value, as: WireString.self) }
    if case .protobufPayload(let value)? = result { output.appendPresent(3, value, as: WireBytes.self) }
    if case .jsonPayload(let value)? = result { output.appendPresent(4, value, as: WireString.self) }
    if case .skipped(let value)? = result { output.appendPresent(5, value, as: WireString.self) }
    if case .serializeError(let value)? = result { output.appendPresent(6, value, as: WireString.self) }
    if case .jspbPayload(let value)? = result { output.appendPresent(7, value, as: WireString.self) }
    if case .textPayload(let value)? = result { output.appendPresent(8, value, as: WireString.self) }
    if case .timeoutError(let value)? = result { output.appendPresent(9, value, as: WireString.self) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: result = .parseError(try reader.string())
      case 18: result = .runtimeError(try reader.string())
      case 26: result = .protobufPayload(try reader.bytes())
      case 34: result = .jsonPayload(try reader.string())
      case 42: result = .skipped(try reader.string())
      case 50: result = .serializeError(try reader.string())
      case 58: result = .jspbPayload(try reader.string())
      case 66: result = .textPayload(try reader.string())
      case 74: result = .timeoutError(try reader.string())
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension JspbEncodingConfig {
  public static var protoName: String { "conformance.JspbEncodingConfig" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, useJspbArrayAnyFormat)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: useJspbArrayAnyFormat = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension WireFormat {
  public static var protoName: String { "conformance.WireFormat" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .protobuf
    case 2: self = .json
    case 3: self = .jspb
    case 4: self = .textFormat
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .protobuf: 1
    case .json: 2
    case .jspb: 3
    case .textFormat: 4
    case .unrecognized(let number): number
    }
  }
}

extension TestCategory {
  public static var protoName: String { "conformance.TestCategory" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecifiedTest
    case 1: self = .binaryTest
    case 2: self = .jsonTest
    case 3: self = .jsonIgnoreUnknownParsingTest
    case 4: self = .jspbTest
    case 5: self = .textFormatTest
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecifiedTest: 0
    case .binaryTest: 1
    case .jsonTest: 2
    case .jsonIgnoreUnknownParsingTest: 3
    case .jspbTest: 4
    case .textFormatTest: 5
    case .unrecognized(let number): number
    }
  }
}
