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

  public var wireSize: Int {
    unknownFields.count
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      try reader.keepUnknown(field, in: &unknownFields)
    }
  }
}

extension GetHealthResponse {
  public static var protoName: String { "klinke.ops.v1.GetHealthResponse" }

  public init() {}

  public var wireSize: Int {
    var size = unknownFields.count
    size += sizeOfField(1, database)
    size += sizeOfField(2, redis)
    size += sizeOfField(3, stripe)
    size += sizeOfField(4, queue)
    return size
  }

  public func encode(into output: inout OutputSpan<UInt8>) {
    output.appendField(1, database)
    output.appendField(2, redis)
    output.appendField(3, stripe)
    output.appendField(4, queue)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      switch field.number {
      case 1: database = try reader.string(field)
      case 2: redis = try reader.string(field)
      case 3: stripe = try reader.string(field)
      case 4: queue = try reader.string(field)
      default: try reader.keepUnknown(field, in: &unknownFields)
      }
    }
  }
}
