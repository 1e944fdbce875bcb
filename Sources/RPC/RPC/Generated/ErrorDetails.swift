// Generated from google/rpc/error_details.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

public struct ErrorInfo: Message {
  public var reason: String = ""
  public var domain: String = ""
  public var metadata: [String: String] = [:]
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(reason: String = "", domain: String = "", metadata: [String: String] = [:]) {
    self.reason = reason
    self.domain = domain
    self.metadata = metadata
  }
}

public struct RetryInfo: Message {
  public var retryDelay: ProtoDuration?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(retryDelay: ProtoDuration? = nil) {
    self.retryDelay = retryDelay
  }
}

public struct DebugInfo: Message {
  public var stackEntries: [String] = []
  public var detail: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(stackEntries: [String] = [], detail: String = "") {
    self.stackEntries = stackEntries
    self.detail = detail
  }
}

public struct QuotaFailure: Message {
  public var violations: [Violation] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(violations: [Violation] = []) {
    self.violations = violations
  }

  public struct Violation: Message {
    public var subject: String = ""
    public var description: String = ""
    public var apiService: String = ""
    public var quotaMetric: String = ""
    public var quotaID: String = ""
    public var quotaDimensions: [String: String] = [:]
    public var quotaValue: Int64 = 0
    public var futureQuotaValue: Int64?
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(
      subject: String = "",
      description: String = "",
      apiService: String = "",
      quotaMetric: String = "",
      quotaID: String = "",
      quotaDimensions: [String: String] = [:],
      quotaValue: Int64 = 0,
      futureQuotaValue: Int64? = nil
    ) {
      self.subject = subject
      self.description = description
      self.apiService = apiService
      self.quotaMetric = quotaMetric
      self.quotaID = quotaID
      self.quotaDimensions = quotaDimensions
      self.quotaValue = quotaValue
      self.futureQuotaValue = futureQuotaValue
    }
  }
}

public struct PreconditionFailure: Message {
  public var violations: [Violation] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(violations: [Violation] = []) {
    self.violations = violations
  }

  public struct Violation: Message {
    public var type: String = ""
    public var subject: String = ""
    public var description: String = ""
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(type: String = "", subject: String = "", description: String = "") {
      self.type = type
      self.subject = subject
      self.description = description
    }
  }
}

public struct BadRequest: Message {
  public var fieldViolations: [FieldViolation] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(fieldViolations: [FieldViolation] = []) {
    self.fieldViolations = fieldViolations
  }

  public struct FieldViolation: Message {
    public var field: String = ""
    public var description: String = ""
    public var reason: String = ""
    public var localizedMessage: LocalizedMessage?
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(
      field: String = "",
      description: String = "",
      reason: String = "",
      localizedMessage: LocalizedMessage? = nil
    ) {
      self.field = field
      self.description = description
      self.reason = reason
      self.localizedMessage = localizedMessage
    }
  }
}

public struct RequestInfo: Message {
  public var requestID: String = ""
  public var servingData: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(requestID: String = "", servingData: String = "") {
    self.requestID = requestID
    self.servingData = servingData
  }
}

public struct ResourceInfo: Message {
  public var resourceType: String = ""
  public var resourceName: String = ""
  public var owner: String = ""
  public var description: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    resourceType: String = "",
    resourceName: String = "",
    owner: String = "",
    description: String = ""
  ) {
    self.resourceType = resourceType
    self.resourceName = resourceName
    self.owner = owner
    self.description = description
  }
}

public struct Help: Message {
  public var links: [Link] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(links: [Link] = []) {
    self.links = links
  }

  public struct Link: Message {
    public var description: String = ""
    public var url: String = ""
    /// Fields of a newer schema.
    public var unknownFields = UnknownFields()

    public init(description: String = "", url: String = "") {
      self.description = description
      self.url = url
    }
  }
}

public struct LocalizedMessage: Message {
  public var locale: String = ""
  public var message: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(locale: String = "", message: String = "") {
    self.locale = locale
    self.message = message
  }
}

// MARK: - Wire format

extension ErrorInfo {
  public static var protoName: String { "google.rpc.ErrorInfo" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, reason)
    output.appendField(2, domain)
    output.appendMap(3, metadata, key: WireString.self, value: WireString.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: reason = try reader.string()
      case 18: domain = try reader.string()
      case 26: try reader.insert(tag, into: &metadata, key: WireString.self, value: WireString.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension RetryInfo {
  public static var protoName: String { "google.rpc.RetryInfo" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, retryDelay)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &retryDelay)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension DebugInfo {
  public static var protoName: String { "google.rpc.DebugInfo" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, stackEntries, as: WireString.self)
    output.appendField(2, detail)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &stackEntries, as: WireString.self)
      case 18: detail = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension QuotaFailure {
  public static var protoName: String { "google.rpc.QuotaFailure" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, violations)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &violations)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension QuotaFailure.Violation {
  public static var protoName: String { "google.rpc.QuotaFailure.Violation" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, subject)
    output.appendField(2, description)
    output.appendField(3, apiService)
    output.appendField(4, quotaMetric)
    output.appendField(5, quotaID)
    output.appendMap(6, quotaDimensions, key: WireString.self, value: WireString.self)
    output.appendField(7, quotaValue)
    output.appendPresent(8, futureQuotaValue, as: WireInt64.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: subject = try reader.string()
      case 18: description = try reader.string()
      case 26: apiService = try reader.string()
      case 34: quotaMetric = try reader.string()
      case 42: quotaID = try reader.string()
      case 50: try reader.insert(tag, into: &quotaDimensions, key: WireString.self, value: WireString.self)
      case 56: quotaValue = try reader.int64()
      case 64: futureQuotaValue = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension PreconditionFailure {
  public static var protoName: String { "google.rpc.PreconditionFailure" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, violations)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &violations)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension PreconditionFailure.Violation {
  public static var protoName: String { "google.rpc.PreconditionFailure.Violation" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, type)
    output.appendField(2, subject)
    output.appendField(3, description)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: type = try reader.string()
      case 18: subject = try reader.string()
      case 26: description = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension BadRequest {
  public static var protoName: String { "google.rpc.BadRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, fieldViolations)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &fieldViolations)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension BadRequest.FieldViolation {
  public static var protoName: String { "google.rpc.BadRequest.FieldViolation" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, field)
    output.appendField(2, description)
    output.appendField(3, reason)
    output.appendField(4, localizedMessage)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: field = try reader.string()
      case 18: description = try reader.string()
      case 26: reason = try reader.string()
      case 34: try reader.message(into: &localizedMessage)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension RequestInfo {
  public static var protoName: String { "google.rpc.RequestInfo" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, requestID)
    output.appendField(2, servingData)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: requestID = try reader.string()
      case 18: servingData = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ResourceInfo {
  public static var protoName: String { "google.rpc.ResourceInfo" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, resourceType)
    output.appendField(2, resourceName)
    output.appendField(3, owner)
    output.appendField(4, description)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: resourceType = try reader.string()
      case 18: resourceName = try reader.string()
      case 26: owner = try reader.string()
      case 34: description = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Help {
  public static var protoName: String { "google.rpc.Help" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, links)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &links)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Help.Link {
  public static var protoName: String { "google.rpc.Help.Link" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, description)
    output.appendField(2, url)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: description = try reader.string()
      case 18: url = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension LocalizedMessage {
  public static var protoName: String { "google.rpc.LocalizedMessage" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, locale)
    output.appendField(2, message)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: locale = try reader.string()
      case 18: message = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
