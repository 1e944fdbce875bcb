// Generated from grpc/health/v1/health.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Names the service that is asked about.
public struct HealthCheckRequest: Message {
  /// Full name of a service; empty for the server as a whole.
  public var service: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(service: String = "") {
    self.service = service
  }
}

/// Tells whether a service is ready.
public struct HealthCheckResponse: Message {
  /// The present state.
  public var status: ServingStatus = .unknown
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(status: ServingStatus = .unknown) {
    self.status = status
  }

  /// The states of a service.
  public enum ServingStatus: WireEnum {
    /// Not known.
    case unknown
    /// Takes calls.
    case serving
    /// Takes no calls at the moment.
    case notServing
    /// There is no such service; only in the answers of Watch.
    case serviceUnknown
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
  }
}

/// Asks about every service.
public struct HealthListRequest: Message {
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init() {}
}

/// Tells about every service.
public struct HealthListResponse: Message {
  /// State by the service's full name; the server as a whole is the empty name.
  public var statuses: [String: HealthCheckResponse] = [:]
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(statuses: [String: HealthCheckResponse] = [:]) {
    self.statuses = statuses
  }
}

// MARK: - Wire format

extension HealthCheckRequest {
  public static var protoName: String { "grpc.health.v1.HealthCheckRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, service)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: service = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension HealthCheckResponse {
  public static var protoName: String { "grpc.health.v1.HealthCheckResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, status)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: status = try reader.enumeration()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension HealthCheckResponse.ServingStatus {
  public static var protoName: String { "grpc.health.v1.HealthCheckResponse.ServingStatus" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unknown
    case 1: self = .serving
    case 2: self = .notServing
    case 3: self = .serviceUnknown
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unknown: 0
    case .serving: 1
    case .notServing: 2
    case .serviceUnknown: 3
    case .unrecognized(let number): number
    }
  }
}

extension HealthListRequest {
  public static var protoName: String { "grpc.health.v1.HealthListRequest" }

  public func encode(into output: inout WireWriter) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      try reader.keepUnknown(tag, in: &unknownFields)
    }
  }
}

extension HealthListResponse {
  public static var protoName: String { "grpc.health.v1.HealthListResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendMap(1, statuses, key: WireString.self, value: WireMessage<HealthCheckResponse>.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.insert(tag, into: &statuses, key: WireString.self, value: WireMessage<HealthCheckResponse>.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
