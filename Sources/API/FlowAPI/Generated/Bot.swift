// Generated from klinke/flow/v1/bot.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A voice agent of a tenant; what it does is its flow.
public struct Bot: Message {
  /// UUID; set by the server.
  public var botID: String = ""
  /// UUID of the tenant that owns the bot.
  public var tenantID: String = ""
  /// A name for people, 1 to 120 characters.
  public var displayName: String = ""
  /// Who the bot is and how it behaves, at most 16,000 characters. A flow cannot be published
  /// while this is empty.
  public var systemPrompt: String = ""
  /// BCP 47 language the bot speaks and hears. Default de-DE.
  public var locale: String = ""
  /// When the bot was created; set by the server.
  public var createTime: Timestamp?
  /// When the bot was last changed; set by the server.
  public var updateTime: Timestamp?
  /// Changes with every update; send it back to refuse lost updates.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    botID: String = "",
    tenantID: String = "",
    displayName: String = "",
    systemPrompt: String = "",
    locale: String = "",
    createTime: Timestamp? = nil,
    updateTime: Timestamp? = nil,
    etag: String = ""
  ) {
    self.botID = botID
    self.tenantID = tenantID
    self.displayName = displayName
    self.systemPrompt = systemPrompt
    self.locale = locale
    self.createTime = createTime
    self.updateTime = updateTime
    self.etag = etag
  }
}

// MARK: - Wire format

extension Bot {
  public static var protoName: String { "klinke.flow.v1.Bot" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, botID)
    output.appendField(2, tenantID)
    output.appendField(3, displayName)
    output.appendField(4, systemPrompt)
    output.appendField(5, locale)
    output.appendField(6, createTime)
    output.appendField(7, updateTime)
    output.appendField(8, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: botID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: displayName = try reader.string()
      case 34: systemPrompt = try reader.string()
      case 42: locale = try reader.string()
      case 50: try reader.message(into: &createTime)
      case 58: try reader.message(into: &updateTime)
      case 66: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
