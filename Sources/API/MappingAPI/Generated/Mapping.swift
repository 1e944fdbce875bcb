// Generated from klinke/mapping/v1/mapping.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Connects a telephone number of the platform with the bot that answers it.
public struct PhoneMapping: Message {
  /// UUID; set by the server.
  public var mappingID: String = ""
  /// UUID of the tenant that owns the mapping.
  public var tenantID: String = ""
  /// UUID of the bot that answers; belongs to the same tenant.
  public var botID: String = ""
  /// The number in E.164, for example +493023125000; set by the server from `raw_number`.
  public var number: String = ""
  /// The number as it was typed in.
  public var rawNumber: String = ""
  /// Region the number belongs to: AT, DE, CH, GB or US; set by the server.
  public var region: String = ""
  /// A name for people, at most 120 characters.
  public var label: String = ""
  /// Whether calls to the number are answered. One number has at most one active mapping.
  public var active: Bool = false
  /// When the mapping was created; set by the server.
  public var createTime: Timestamp?
  /// When the mapping was last changed; set by the server.
  public var updateTime: Timestamp?
  /// Changes with every update; send it back to refuse lost updates.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    mappingID: String = "",
    tenantID: String = "",
    botID: String = "",
    number: String = "",
    rawNumber: String = "",
    region: String = "",
    label: String = "",
    active: Bool = false,
    createTime: Timestamp? = nil,
    updateTime: Timestamp? = nil,
    etag: String = ""
  ) {
    self.mappingID = mappingID
    self.tenantID = tenantID
    self.botID = botID
    self.number = number
    self.rawNumber = rawNumber
    self.region = region
    self.label = label
    self.active = active
    self.createTime = createTime
    self.updateTime = updateTime
    self.etag = etag
  }
}

// MARK: - Wire format

extension PhoneMapping {
  public static var protoName: String { "klinke.mapping.v1.PhoneMapping" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, mappingID)
    output.appendField(2, tenantID)
    output.appendField(3, botID)
    output.appendField(4, number)
    output.appendField(5, rawNumber)
    output.appendField(6, region)
    output.appendField(7, label)
    output.appendField(8, active)
    output.appendField(9, createTime)
    output.appendField(10, updateTime)
    output.appendField(11, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: mappingID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: botID = try reader.string()
      case 34: number = try reader.string()
      case 42: rawNumber = try reader.string()
      case 50: region = try reader.string()
      case 58: label = try reader.string()
      case 64: active = try reader.bool()
      case 74: try reader.message(into: &createTime)
      case 82: try reader.message(into: &updateTime)
      case 90: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
