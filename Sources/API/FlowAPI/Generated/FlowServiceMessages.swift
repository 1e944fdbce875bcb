// Generated from klinke/flow/v1/flow_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What a new flow starts with.
public struct CreateFlowRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the bot that runs the flow. Required.
  public var botID: String = ""
  /// A name for people, 1 to 120 characters. Required.
  public var displayName: String = ""
  /// UUID chosen by the caller; a repeat with the same id returns the first answer.
  public var requestID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", botID: String = "", displayName: String = "", requestID: String = ""
  ) {
    self.tenantID = tenantID
    self.botID = botID
    self.displayName = displayName
    self.requestID = requestID
  }
}

/// Selects a page of flows.
public struct ListFlowsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// Most flows in the answer; 0 means 50, more than 500 means 500.
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

/// A page of flows.
public struct ListFlowsResponse: Message {
  /// The flows of this page.
  public var flows: [Flow] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(flows: [Flow] = [], nextPageToken: String = "") {
    self.flows = flows
    self.nextPageToken = nextPageToken
  }
}

/// Names the flow to return.
public struct GetFlowRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the flow.
  public var flowID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", flowID: String = "") {
    self.tenantID = tenantID
    self.flowID = flowID
  }
}

/// A graph to save.
public struct SaveDraftRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the flow.
  public var flowID: String = ""
  /// The whole graph. Required.
  public var graph: FlowGraph?
  /// The draft's etag last seen; if set, an update in between is refused with ABORTED.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", flowID: String = "", graph: FlowGraph? = nil, etag: String = ""
  ) {
    self.tenantID = tenantID
    self.flowID = flowID
    self.graph = graph
    self.etag = etag
  }
}

/// Selects a page of versions.
public struct ListVersionsRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the flow.
  public var flowID: String = ""
  /// Most versions in the answer; 0 means 50, more than 500 means 500.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before; empty for the first page.
  public var pageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    tenantID: String = "", flowID: String = "", pageSize: Int32 = 0, pageToken: String = ""
  ) {
    self.tenantID = tenantID
    self.flowID = flowID
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of versions.
public struct ListVersionsResponse: Message {
  /// The versions of this page.
  public var versions: [FlowVersion] = []
  /// Token of the next page; empty on the last one.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(versions: [FlowVersion] = [], nextPageToken: String = "") {
    self.versions = versions
    self.nextPageToken = nextPageToken
  }
}

/// Names the version to return.
public struct GetVersionRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the flow.
  public var flowID: String = ""
  /// Number of the version.
  public var version: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", flowID: String = "", version: Int32 = 0) {
    self.tenantID = tenantID
    self.flowID = flowID
    self.version = version
  }
}

/// Names the draft to stage.
public struct StageVersionRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the flow.
  public var flowID: String = ""
  /// Number of the draft.
  public var version: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", flowID: String = "", version: Int32 = 0) {
    self.tenantID = tenantID
    self.flowID = flowID
    self.version = version
  }
}

/// Names the version to publish.
public struct PublishVersionRequest: Message {
  /// UUID of the tenant; platform administrators must name it.
  public var tenantID: String = ""
  /// UUID of the flow.
  public var flowID: String = ""
  /// Number of the staged version.
  public var version: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", flowID: String = "", version: Int32 = 0) {
    self.tenantID = tenantID
    self.flowID = flowID
    self.version = version
  }
}

/// Names the bot whose live version is wanted.
public struct GetLiveVersionRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// UUID of the bot.
  public var botID: String = ""
  /// The version a running call is pinned to, whatever its state is now; 0 means the live one.
  public var version: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", botID: String = "", version: Int32 = 0) {
    self.tenantID = tenantID
    self.botID = botID
    self.version = version
  }
}

/// A version and what the runtime needs of its bot.
public struct GetLiveVersionResponse: Message {
  /// The version with its graph.
  public var version: FlowVersion?
  /// BCP 47 language the bot speaks and hears.
  public var locale: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(version: FlowVersion? = nil, locale: String = "") {
    self.version = version
    self.locale = locale
  }
}

// MARK: - Wire format

extension CreateFlowRequest {
  public static var protoName: String { "klinke.flow.v1.CreateFlowRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, botID)
    output.appendField(3, displayName)
    output.appendField(4, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: botID = try reader.string()
      case 26: displayName = try reader.string()
      case 34: requestID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListFlowsRequest {
  public static var protoName: String { "klinke.flow.v1.ListFlowsRequest" }

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

extension ListFlowsResponse {
  public static var protoName: String { "klinke.flow.v1.ListFlowsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, flows)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &flows)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetFlowRequest {
  public static var protoName: String { "klinke.flow.v1.GetFlowRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, flowID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: flowID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension SaveDraftRequest {
  public static var protoName: String { "klinke.flow.v1.SaveDraftRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, flowID)
    output.appendField(3, graph)
    output.appendField(4, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: flowID = try reader.string()
      case 26: try reader.message(into: &graph)
      case 34: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListVersionsRequest {
  public static var protoName: String { "klinke.flow.v1.ListVersionsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, flowID)
    output.appendField(3, pageSize)
    output.appendField(4, pageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: flowID = try reader.string()
      case 24: pageSize = try reader.int32()
      case 34: pageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListVersionsResponse {
  public static var protoName: String { "klinke.flow.v1.ListVersionsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, versions)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &versions)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetVersionRequest {
  public static var protoName: String { "klinke.flow.v1.GetVersionRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, flowID)
    output.appendField(3, version)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: flowID = try reader.string()
      case 24: version = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension StageVersionRequest {
  public static var protoName: String { "klinke.flow.v1.StageVersionRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, flowID)
    output.appendField(3, version)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: flowID = try reader.string()
      case 24: version = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension PublishVersionRequest {
  public static var protoName: String { "klinke.flow.v1.PublishVersionRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, flowID)
    output.appendField(3, version)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: flowID = try reader.string()
      case 24: version = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetLiveVersionRequest {
  public static var protoName: String { "klinke.flow.v1.GetLiveVersionRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, botID)
    output.appendField(3, version)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: botID = try reader.string()
      case 24: version = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GetLiveVersionResponse {
  public static var protoName: String { "klinke.flow.v1.GetLiveVersionResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, version)
    output.appendField(2, locale)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &version)
      case 18: locale = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
