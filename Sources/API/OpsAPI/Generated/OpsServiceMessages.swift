// Generated from klinke/ops/v1/ops_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Asks for the health of the platform.
public struct GetHealthRequest: Message {
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init() {}
}

/// The health of each dependency.
public struct GetHealthResponse: Message {
  /// PostgreSQL, asked with a query.
  public var database: String = ""
  /// Redis, asked with PING.
  public var redis: String = ""
  /// Stripe; `disabled` while no key is configured.
  public var stripe: String = ""
  /// Background jobs; `disabled` while none are run.
  public var queue: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(database: String = "", redis: String = "", stripe: String = "", queue: String = "") {
    self.database = database
    self.redis = redis
    self.stripe = stripe
    self.queue = queue
  }
}

// MARK: - Wire format

extension GetHealthRequest {
  public static var protoName: String { "klinke.ops.v1.GetHealthRequest" }

  public func encode(into output: inout WireWriter) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      try reader.keepUnknown(tag, in: &unknownFields)
    }
  }
}

extension GetHealthResponse {
  public static var protoName: String { "klinke.ops.v1.GetHealthResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, database)
    output.appendField(2, redis)
    output.appendField(3, stripe)
    output.appendField(4, queue)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: database = try reader.string()
      case 18: redis = try reader.string()
      case 26: stripe = try reader.string()
      case 34: queue = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
