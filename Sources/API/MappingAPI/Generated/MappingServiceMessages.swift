// Generated from klinke/mapping/v1/mapping_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What a new mapping starts with.
public struct CreateMappingRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the bot that answers; must belong to the tenant. Required.
  public var botID: String = ""
  /// The number, national or international; the tenant's region completes it. Required.
  public var number: String = ""
  /// Region to read a national number in, instead of the tenant's: AT, DE, CH, GB or US.
  public var region: String = ""
  /// A name for people, at most 120 characters.
  public var label: String = ""
  /// Create the mapping without answering calls yet.
  public var inactive: Bool = false
  /// UUID chosen by the caller; a repeat with the same id returns the first answer.
  public var requestID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    botID: String = "",
    number: String = "",
    region: String = "",
    label: String = "",
    inactive: Bool = false,
    requestID: String = ""
  ) {
    self.tenantID = tenantID
    self.botID = botID
    self.number = number
    self.region = region
    self.label = label
    self.inactive = inactive
    self.requestID = requestID
  }
}

/// Selects a page of mappings.
public struct ListMappingsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most mappings in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Only mappings of this bot, if set.
  public var botID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", pageSize: Int32 = 0, pageToken: String = "", botID: String = ""
  ) {
    self.tenantID = tenantID
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.botID = botID
  }
}

/// A page of mappings.
public struct ListMappingsResponse: Message {
  /// The mappings of this page.
  public var mappings: [PhoneMapping] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(mappings: [PhoneMapping] = [], nextPageToken: String = "") {
    self.mappings = mappings
    self.nextPageToken = nextPageToken
  }
}

/// Names the mapping to return.
public struct GetMappingRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the mapping.
  public var mappingID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", mappingID: String = "") {
    self.tenantID = tenantID
    self.mappingID = mappingID
  }
}

/// New values of a mapping.
public struct UpdateMappingRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the mapping.
  public var mappingID: String = ""
  /// The new values. Changeable: bot_id, label, active.
  public var mapping: PhoneMapping?
  /// Which fields of `mapping` to change; empty means all that are filled in.
  public var updateMask: FieldMask?
  /// The etag last seen; if set, an update in between is refused with ABORTED.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    mappingID: String = "",
    mapping: PhoneMapping? = nil,
    updateMask: FieldMask? = nil,
    etag: String = ""
  ) {
    self.tenantID = tenantID
    self.mappingID = mappingID
    self.mapping = mapping
    self.updateMask = updateMask
    self.etag = etag
  }
}

/// Names the mapping to delete.
public struct DeleteMappingRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the mapping.
  public var mappingID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", mappingID: String = "") {
    self.tenantID = tenantID
    self.mappingID = mappingID
  }
}

/// A number to normalize.
public struct NormalizeNumberRequest: Message {
  /// The number as people write it. Required.
  public var number: String = ""
  /// Region to read a national number in: AT, DE, CH, GB or US. Default DE.
  public var region: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(number: String = "", region: String = "") {
    self.number = number
    self.region = region
  }
}

/// A normalized number.
public struct NormalizeNumberResponse: Message {
  /// The number in E.164.
  public var number: String = ""
  /// Region the number belongs to.
  public var region: String = ""
  /// The number as people of that region write it abroad.
  public var international: String = ""
  /// The number as people of that region write it at home.
  public var national: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    number: String = "", region: String = "", international: String = "", national: String = ""
  ) {
    self.number = number
    self.region = region
    self.international = international
    self.national = national
  }
}

/// A number to look up.
public struct ResolveNumberRequest: Message {
  /// The number in E.164. Required.
  public var number: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(number: String = "") {
    self.number = number
  }
}

/// Who answers a number.
public struct ResolveNumberResponse: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// UUID of the bot.
  public var botID: String = ""
  /// UUID of the mapping.
  public var mappingID: String = ""
  /// The number in E.164.
  public var number: String = ""
  /// False when the tenant may not take calls at the moment.
  public var tenantApproved: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    botID: String = "",
    mappingID: String = "",
    number: String = "",
    tenantApproved: Bool = false
  ) {
    self.tenantID = tenantID
    self.botID = botID
    self.mappingID = mappingID
    self.number = number
    self.tenantApproved = tenantApproved
  }
}

// MARK: - Wire format

extension CreateMappingRequest {
  public static var protoName: String { "klinke.mapping.v1.CreateMappingRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, botID)
    output.appendField(3, number)
    output.appendField(4, region)
    output.appendField(5, label)
    output.appendField(6, inactive)
    output.appendField(7, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: botID = try reader.string()
      case 26: number = try reader.string()
      case 34: region = try reader.string()
      case 42: label = try reader.string()
      case 48: inactive = try reader.bool()
      case 58: requestID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListMappingsRequest {
  public static var protoName: String { "klinke.mapping.v1.ListMappingsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, pageSize)
    output.appendField(3, pageToken)
    output.appendField(4, botID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 16: pageSize = try reader.int32()
      case 26: pageToken = try reader.string()
      case 34: botID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListMappingsResponse {
  public static var protoName: String { "klinke.mapping.v1.ListMappingsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, mappings)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &mappings)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetMappingRequest {
  public static var protoName: String { "klinke.mapping.v1.GetMappingRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, mappingID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: mappingID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UpdateMappingRequest {
  public static var protoName: String { "klinke.mapping.v1.UpdateMappingRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, mappingID)
    output.appendField(3, mapping)
    output.appendField(4, updateMask)
    output.appendField(5, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: mappingID = try reader.string()
      case 26: try reader.message(into: &mapping)
      case 34: try reader.message(into: &updateMask)
      case 42: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension DeleteMappingRequest {
  public static var protoName: String { "klinke.mapping.v1.DeleteMappingRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, mappingID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: mappingID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension NormalizeNumberRequest {
  public static var protoName: String { "klinke.mapping.v1.NormalizeNumberRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, number)
    output.appendField(2, region)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: number = try reader.string()
      case 18: region = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension NormalizeNumberResponse {
  public static var protoName: String { "klinke.mapping.v1.NormalizeNumberResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, number)
    output.appendField(2, region)
    output.appendField(3, international)
    output.appendField(4, national)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: number = try reader.string()
      case 18: region = try reader.string()
      case 26: international = try reader.string()
      case 34: national = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ResolveNumberRequest {
  public static var protoName: String { "klinke.mapping.v1.ResolveNumberRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, number)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: number = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ResolveNumberResponse {
  public static var protoName: String { "klinke.mapping.v1.ResolveNumberResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, botID)
    output.appendField(3, mappingID)
    output.appendField(4, number)
    output.appendField(5, tenantApproved)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: botID = try reader.string()
      case 26: mappingID = try reader.string()
      case 34: number = try reader.string()
      case 40: tenantApproved = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
