// Generated from klinke/usage/v1/usage_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Selects what is added up.
public struct GetUsageSummaryRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// `month` for the month that `month` names (default: this one), `all` for every month.
  /// Default month.
  public var range: String = ""
  /// A month as YYYY-MM; only with range `month`.
  public var month: String = ""
  /// Only this bot, if set.
  public var botID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", range: String = "", month: String = "", botID: String = "") {
    self.tenantID = tenantID
    self.range = range
    self.month = month
    self.botID = botID
  }
}

/// What was used, a row for each month and bot.
public struct GetUsageSummaryResponse: Message {
  /// The rows, newest month first.
  public var rows: [UsageSummaryRow] = []
  /// Calls of all rows.
  public var totalCalls: Int64 = 0
  /// Voicebot seconds of all rows.
  public var totalVoicebotSeconds: Int64 = 0
  /// Forwarding seconds of all rows.
  public var totalForwardingSeconds: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    rows: [UsageSummaryRow] = [],
    totalCalls: Int64 = 0,
    totalVoicebotSeconds: Int64 = 0,
    totalForwardingSeconds: Int64 = 0
  ) {
    self.rows = rows
    self.totalCalls = totalCalls
    self.totalVoicebotSeconds = totalVoicebotSeconds
    self.totalForwardingSeconds = totalForwardingSeconds
  }
}

/// What one bot used in one month.
public struct UsageSummaryRow: Message {
  /// The month as YYYY-MM in the tenant's time zone.
  public var month: String = ""
  /// UUID of the bot.
  public var botID: String = ""
  /// Calls that began.
  public var calls: Int64 = 0
  /// Seconds the bot spoke and listened.
  public var voicebotSeconds: Int64 = 0
  /// Seconds callers were connected with a person.
  public var forwardingSeconds: Int64 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    month: String = "",
    botID: String = "",
    calls: Int64 = 0,
    voicebotSeconds: Int64 = 0,
    forwardingSeconds: Int64 = 0
  ) {
    self.month = month
    self.botID = botID
    self.calls = calls
    self.voicebotSeconds = voicebotSeconds
    self.forwardingSeconds = forwardingSeconds
  }
}

/// Selects a page of usage events.
public struct ListUsageEventsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most events in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Only events of this call, if set.
  public var callID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", pageSize: Int32 = 0, pageToken: String = "", callID: String = ""
  ) {
    self.tenantID = tenantID
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.callID = callID
  }
}

/// A page of usage events.
public struct ListUsageEventsResponse: Message {
  /// The events of this page.
  public var events: [UsageEvent] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(events: [UsageEvent] = [], nextPageToken: String = "") {
    self.events = events
    self.nextPageToken = nextPageToken
  }
}

// MARK: - Wire format

extension GetUsageSummaryRequest {
  public static var protoName: String { "klinke.usage.v1.GetUsageSummaryRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, range)
    output.appendField(3, month)
    output.appendField(4, botID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: range = try reader.string()
      case 26: month = try reader.string()
      case 34: botID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetUsageSummaryResponse {
  public static var protoName: String { "klinke.usage.v1.GetUsageSummaryResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, rows)
    output.appendField(2, totalCalls)
    output.appendField(3, totalVoicebotSeconds)
    output.appendField(4, totalForwardingSeconds)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &rows)
      case 16: totalCalls = try reader.int64()
      case 24: totalVoicebotSeconds = try reader.int64()
      case 32: totalForwardingSeconds = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension UsageSummaryRow {
  public static var protoName: String { "klinke.usage.v1.UsageSummaryRow" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, month)
    output.appendField(2, botID)
    output.appendField(3, calls)
    output.appendField(4, voicebotSeconds)
    output.appendField(5, forwardingSeconds)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: month = try reader.string()
      case 18: botID = try reader.string()
      case 24: calls = try reader.int64()
      case 32: voicebotSeconds = try reader.int64()
      case 40: forwardingSeconds = try reader.int64()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListUsageEventsRequest {
  public static var protoName: String { "klinke.usage.v1.ListUsageEventsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, pageSize)
    output.appendField(3, pageToken)
    output.appendField(4, callID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 16: pageSize = try reader.int32()
      case 26: pageToken = try reader.string()
      case 34: callID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListUsageEventsResponse {
  public static var protoName: String { "klinke.usage.v1.ListUsageEventsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, events)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &events)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
