// Generated from klinke/flow/v1/bot_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What a new bot starts with.
public struct CreateBotRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// A name for people, 1 to 120 characters. Required.
  public var displayName: String = ""
  /// Who the bot is and how it behaves, at most 16,000 characters.
  public var systemPrompt: String = ""
  /// BCP 47 language the bot speaks and hears. Default de-DE.
  public var locale: String = ""
  /// UUID chosen by the caller; a repeat with the same id returns the first answer.
  public var requestID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    displayName: String = "",
    systemPrompt: String = "",
    locale: String = "",
    requestID: String = ""
  ) {
    self.tenantID = tenantID
    self.displayName = displayName
    self.systemPrompt = systemPrompt
    self.locale = locale
    self.requestID = requestID
  }
}

/// Selects a page of bots.
public struct ListBotsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most bots in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", pageSize: Int32 = 0, pageToken: String = "") {
    self.tenantID = tenantID
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of bots.
public struct ListBotsResponse: Message {
  /// The bots of this page.
  public var bots: [Bot] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(bots: [Bot] = [], nextPageToken: String = "") {
    self.bots = bots
    self.nextPageToken = nextPageToken
  }
}

/// Names the bot to return.
public struct GetBotRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the bot.
  public var botID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", botID: String = "") {
    self.tenantID = tenantID
    self.botID = botID
  }
}

/// New values of a bot.
public struct UpdateBotRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the bot.
  public var botID: String = ""
  /// The new values. Changeable: display_name, system_prompt, locale.
  public var bot: Bot?
  /// Which fields of `bot` to change; empty means all that are filled in.
  public var updateMask: FieldMask?
  /// The etag last seen; if set, an update in between is refused with ABORTED.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "",
    botID: String = "",
    bot: Bot? = nil,
    updateMask: FieldMask? = nil,
    etag: String = ""
  ) {
    self.tenantID = tenantID
    self.botID = botID
    self.bot = bot
    self.updateMask = updateMask
    self.etag = etag
  }
}

// MARK: - Wire format

extension CreateBotRequest {
  public static var protoName: String { "klinke.flow.v1.CreateBotRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, displayName)
    output.appendField(3, systemPrompt)
    output.appendField(4, locale)
    output.appendField(5, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: displayName = try reader.string()
      case 26: systemPrompt = try reader.string()
      case 34: locale = try reader.string()
      case 42: requestID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListBotsRequest {
  public static var protoName: String { "klinke.flow.v1.ListBotsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, pageSize)
    output.appendField(3, pageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 16: pageSize = try reader.int32()
      case 26: pageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListBotsResponse {
  public static var protoName: String { "klinke.flow.v1.ListBotsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, bots)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &bots)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetBotRequest {
  public static var protoName: String { "klinke.flow.v1.GetBotRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, botID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: botID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UpdateBotRequest {
  public static var protoName: String { "klinke.flow.v1.UpdateBotRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, botID)
    output.appendField(3, bot)
    output.appendField(4, updateMask)
    output.appendField(5, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: botID = try reader.string()
      case 26: try reader.message(into: &bot)
      case 34: try reader.message(into: &updateMask)
      case 42: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
