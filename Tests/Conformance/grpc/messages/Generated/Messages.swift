// Generated from grpc/testing/messages.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A flag that may be absent.
public struct Flag: Message {
  public var value: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(value: Bool = false) {
    self.value = value
  }
}

/// Some bytes.
public struct Payload: Message {
  public var type: PayloadType = .compressable
  public var body: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(type: PayloadType = .compressable, body: [UInt8] = []) {
    self.type = type
    self.body = body
  }
}

/// The status that a call shall end with.
public struct EchoStatus: Message {
  public var code: Int32 = 0
  public var message: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(code: Int32 = 0, message: String = "") {
    self.code = code
    self.message = message
  }
}

/// Asks for one answer of a certain size.
public struct SimpleRequest: Message {
  public var responseType: PayloadType = .compressable
  public var responseSize: Int32 = 0
  public var payload: Payload?
  public var fillUsername: Bool = false
  public var fillOauthScope: Bool = false
  public var responseCompressed: Flag?
  public var responseStatus: EchoStatus?
  public var expectCompressed: Flag?
  public var fillServerID: Bool = false
  public var fillGrpclbRouteType: Bool = false
  public var orcaPerQueryReport: TestOrcaReport?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    responseType: PayloadType = .compressable,
    responseSize: Int32 = 0,
    payload: Payload? = nil,
    fillUsername: Bool = false,
    fillOauthScope: Bool = false,
    responseCompressed: Flag? = nil,
    responseStatus: EchoStatus? = nil,
    expectCompressed: Flag? = nil,
    fillServerID: Bool = false,
    fillGrpclbRouteType: Bool = false,
    orcaPerQueryReport: TestOrcaReport? = nil
  ) {
    self.responseType = responseType
    self.responseSize = responseSize
    self.payload = payload
    self.fillUsername = fillUsername
    self.fillOauthScope = fillOauthScope
    self.responseCompressed = responseCompressed
    self.responseStatus = responseStatus
    self.expectCompressed = expectCompressed
    self.fillServerID = fillServerID
    self.fillGrpclbRouteType = fillGrpclbRouteType
    self.orcaPerQueryReport = orcaPerQueryReport
  }
}

/// One answer.
public struct SimpleResponse: Message {
  public var payload: Payload?
  public var username: String = ""
  public var oauthScope: String = ""
  public var serverID: String = ""
  public var grpclbRouteType: GrpclbRouteType = .unknown
  public var hostname: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    payload: Payload? = nil,
    username: String = "",
    oauthScope: String = "",
    serverID: String = "",
    grpclbRouteType: GrpclbRouteType = .unknown,
    hostname: String = ""
  ) {
    self.payload = payload
    self.username = username
    self.oauthScope = oauthScope
    self.serverID = serverID
    self.grpclbRouteType = grpclbRouteType
    self.hostname = hostname
  }
}

/// A part of what is to be summed up.
public struct StreamingInputCallRequest: Message {
  public var payload: Payload?
  public var expectCompressed: Flag?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(payload: Payload? = nil, expectCompressed: Flag? = nil) {
    self.payload = payload
    self.expectCompressed = expectCompressed
  }
}

/// The sum of all sizes.
public struct StreamingInputCallResponse: Message {
  public var aggregatedPayloadSize: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(aggregatedPayloadSize: Int32 = 0) {
    self.aggregatedPayloadSize = aggregatedPayloadSize
  }
}

/// One of the answers that are asked for.
public struct ResponseParameters: Message {
  public var size: Int32 = 0
  /// To wait before it is sent, in microseconds.
  public var intervalUs: Int32 = 0
  public var compressed: Flag?
  public var fillPeerSocketAddress: Flag?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    size: Int32 = 0,
    intervalUs: Int32 = 0,
    compressed: Flag? = nil,
    fillPeerSocketAddress: Flag? = nil
  ) {
    self.size = size
    self.intervalUs = intervalUs
    self.compressed = compressed
    self.fillPeerSocketAddress = fillPeerSocketAddress
  }
}

/// Asks for any number of answers.
public struct StreamingOutputCallRequest: Message {
  public var responseType: PayloadType = .compressable
  public var responseParameters: [ResponseParameters] = []
  public var payload: Payload?
  public var responseStatus: EchoStatus?
  public var orcaOobReport: TestOrcaReport?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    responseType: PayloadType = .compressable,
    responseParameters: [ResponseParameters] = [],
    payload: Payload? = nil,
    responseStatus: EchoStatus? = nil,
    orcaOobReport: TestOrcaReport? = nil
  ) {
    self.responseType = responseType
    self.responseParameters = responseParameters
    self.payload = payload
    self.responseStatus = responseStatus
    self.orcaOobReport = orcaOobReport
  }
}

/// One of the answers.
public struct StreamingOutputCallResponse: Message {
  public var payload: Payload?
  public var peerSocketAddress: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(payload: Payload? = nil, peerSocketAddress: String = "") {
    self.payload = payload
    self.peerSocketAddress = peerSocketAddress
  }
}

/// What a backend would report about its load.
public struct TestOrcaReport: Message {
  public var cpuUtilization: Double = 0
  public var memoryUtilization: Double = 0
  public var requestCost: [String: Double] = [:]
  public var utilization: [String: Double] = [:]
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    cpuUtilization: Double = 0,
    memoryUtilization: Double = 0,
    requestCost: [String: Double] = [:],
    utilization: [String: Double] = [:]
  ) {
    self.cpuUtilization = cpuUtilization
    self.memoryUtilization = memoryUtilization
    self.requestCost = requestCost
    self.utilization = utilization
  }
}

/// What a payload consists of.
public enum PayloadType: WireEnum {
  /// Bytes of zero.
  case compressable
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

/// Who has answered.
public enum GrpclbRouteType: WireEnum {
  case unknown
  case fallback
  case backend
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension Flag {
  public static var protoName: String { "grpc.testing.BoolValue" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: self.value = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Payload {
  public static var protoName: String { "grpc.testing.Payload" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, type)
    output.appendField(2, body)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: type = try reader.enumeration()
      case 18: body = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension EchoStatus {
  public static var protoName: String { "grpc.testing.EchoStatus" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, code)
    output.appendField(2, message)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: code = try reader.int32()
      case 18: message = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension SimpleRequest {
  public static var protoName: String { "grpc.testing.SimpleRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, responseType)
    output.appendField(2, responseSize)
    output.appendField(3, payload)
    output.appendField(4, fillUsername)
    output.appendField(5, fillOauthScope)
    output.appendField(6, responseCompressed)
    output.appendField(7, responseStatus)
    output.appendField(8, expectCompressed)
    output.appendField(9, fillServerID)
    output.appendField(10, fillGrpclbRouteType)
    output.appendField(11, orcaPerQueryReport)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: responseType = try reader.enumeration()
      case 16: responseSize = try reader.int32()
      case 26: try reader.message(into: &payload)
      case 32: fillUsername = try reader.bool()
      case 40: fillOauthScope = try reader.bool()
      case 50: try reader.message(into: &responseCompressed)
      case 58: try reader.message(into: &responseStatus)
      case 66: try reader.message(into: &expectCompressed)
      case 72: fillServerID = try reader.bool()
      case 80: fillGrpclbRouteType = try reader.bool()
      case 90: try reader.message(into: &orcaPerQueryReport)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension SimpleResponse {
  public static var protoName: String { "grpc.testing.SimpleResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, payload)
    output.appendField(2, username)
    output.appendField(3, oauthScope)
    output.appendField(4, serverID)
    output.appendField(5, grpclbRouteType)
    output.appendField(6, hostname)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &payload)
      case 18: username = try reader.string()
      case 26: oauthScope = try reader.string()
      case 34: serverID = try reader.string()
      case 40: grpclbRouteType = try reader.enumeration()
      case 50: hostname = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StreamingInputCallRequest {
  public static var protoName: String { "grpc.testing.StreamingInputCallRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, payload)
    output.appendField(2, expectCompressed)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &payload)
      case 18: try reader.message(into: &expectCompressed)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StreamingInputCallResponse {
  public static var protoName: String { "grpc.testing.StreamingInputCallResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, aggregatedPayloadSize)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: aggregatedPayloadSize = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ResponseParameters {
  public static var protoName: String { "grpc.testing.ResponseParameters" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, size)
    output.appendField(2, intervalUs)
    output.appendField(3, compressed)
    output.appendField(4, fillPeerSocketAddress)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: size = try reader.int32()
      case 16: intervalUs = try reader.int32()
      case 26: try reader.message(into: &compressed)
      case 34: try reader.message(into: &fillPeerSocketAddress)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StreamingOutputCallRequest {
  public static var protoName: String { "grpc.testing.StreamingOutputCallRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, responseType)
    output.appendRepeated(2, responseParameters)
    output.appendField(3, payload)
    output.appendField(7, responseStatus)
    output.appendField(8, orcaOobReport)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: responseType = try reader.enumeration()
      case 18: try reader.append(tag, to: &responseParameters)
      case 26: try reader.message(into: &payload)
      case 58: try reader.message(into: &responseStatus)
      case 66: try reader.message(into: &orcaOobReport)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StreamingOutputCallResponse {
  public static var protoName: String { "grpc.testing.StreamingOutputCallResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, payload)
    output.appendField(2, peerSocketAddress)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &payload)
      case 18: peerSocketAddress = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TestOrcaReport {
  public static var protoName: String { "grpc.testing.TestOrcaReport" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, cpuUtilization)
    output.appendField(2, memoryUtilization)
    output.appendMap(3, requestCost, key: WireString.self, value: WireDouble.self)
    output.appendMap(4, utilization, key: WireString.self, value: WireDouble.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 9: cpuUtilization = try reader.double()
      case 17: memoryUtilization = try reader.double()
      case 26: try reader.insert(tag, into: &requestCost, key: WireString.self, value: WireDouble.self)
      case 34: try reader.insert(tag, into: &utilization, key: WireString.self, value: WireDouble.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension PayloadType {
  public static var protoName: String { "grpc.testing.PayloadType" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .compressable
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .compressable: 0
    case .unrecognized(let number): number
    }
  }
}

extension GrpclbRouteType {
  public static var protoName: String { "grpc.testing.GrpclbRouteType" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unknown
    case 1: self = .fallback
    case 2: self = .backend
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unknown: 0
    case .fallback: 1
    case .backend: 2
    case .unrecognized(let number): number
    }
  }
}
