// Generated from klinke/flow/v1/flow.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// What a bot does in a call; its graph is kept in versions.
public struct Flow: Message {
  /// UUID; set by the server.
  public var flowID: String = ""
  /// UUID of the tenant that owns the flow.
  public var tenantID: String = ""
  /// UUID of the bot that runs the flow; a bot has one flow.
  public var botID: String = ""
  /// A name for people, 1 to 120 characters.
  public var displayName: String = ""
  /// Number of the live version; 0 while none is live.
  public var liveVersion: Int32 = 0
  /// Number of the newest version; 0 while none was saved.
  public var latestVersion: Int32 = 0
  /// When the flow was created; set by the server.
  public var createTime: Timestamp?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    flowID: String = "",
    tenantID: String = "",
    botID: String = "",
    displayName: String = "",
    liveVersion: Int32 = 0,
    latestVersion: Int32 = 0,
    createTime: Timestamp? = nil
  ) {
    self.flowID = flowID
    self.tenantID = tenantID
    self.botID = botID
    self.displayName = displayName
    self.liveVersion = liveVersion
    self.latestVersion = latestVersion
    self.createTime = createTime
  }
}

/// One state of a flow's graph. Only drafts change.
public struct FlowVersion: Message {
  /// UUID of the flow.
  public var flowID: String = ""
  /// Counts up from 1 within the flow.
  public var version: Int32 = 0
  /// Where the version stands.
  public var state: VersionState = .unspecified
  /// What the version does; left out of lists.
  public var graph: FlowGraph?
  /// When the version was created; set by the server.
  public var createTime: Timestamp?
  /// When the version last changed its content or state; set by the server.
  public var updateTime: Timestamp?
  /// Changes with every saved draft; send it back to refuse lost updates.
  public var etag: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    flowID: String = "",
    version: Int32 = 0,
    state: VersionState = .unspecified,
    graph: FlowGraph? = nil,
    createTime: Timestamp? = nil,
    updateTime: Timestamp? = nil,
    etag: String = ""
  ) {
    self.flowID = flowID
    self.version = version
    self.state = state
    self.graph = graph
    self.createTime = createTime
    self.updateTime = updateTime
    self.etag = etag
  }
}

/// Nodes and the edges between their ports.
public struct FlowGraph: Message {
  /// The nodes, at most 500.
  public var nodes: [FlowNode] = []
  /// The edges, at most one from each port of a node.
  public var edges: [FlowEdge] = []
  /// The node a call begins with.
  public var entryNodeID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(nodes: [FlowNode] = [], edges: [FlowEdge] = [], entryNodeID: String = "") {
    self.nodes = nodes
    self.edges = edges
    self.entryNodeID = entryNodeID
  }
}

/// One step of a flow.
public struct FlowNode: Message {
  /// Unique in the graph: 1 to 64 of a-z, A-Z, 0-9, `_` and `-`.
  public var nodeID: String = ""
  /// Where the builder draws the node.
  public var position: NodePosition?
  /// What the node does.
  public var kind: Kind?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(nodeID: String = "", position: NodePosition? = nil, kind: Kind? = nil) {
    self.nodeID = nodeID
    self.position = position
    self.kind = kind
  }

  /// What the node does.
  public enum Kind: Hashable, Sendable {
    /// Speaks a text. Port: next.
    case say(SayNode)
    /// Speaks a text and waits for digits or speech. Ports: input, no_input.
    case gather(GatherNode)
    /// Chooses a port by what is known about the call. Ports: those of its cases, else.
    case condition(ConditionNode)
    /// Connects the caller with a person. Ports: completed, failed.
    case transfer(TransferNode)
    /// Ends the call. No port.
    case hangup(HangupNode)
  }
}

/// A point in the builder's drawing.
public struct NodePosition: Message {
  /// Pixels from the left.
  public var x: Double = 0
  /// Pixels from the top.
  public var y: Double = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(x: Double = 0, y: Double = 0) {
    self.x = x
    self.y = y
  }
}

/// Speaks a text.
public struct SayNode: Message {
  /// What is said, 1 to 4,096 characters; `{{name}}` is replaced by the variable of that name.
  public var text: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(text: String = "") {
    self.text = text
  }
}

/// Speaks a text and waits for the caller.
public struct GatherNode: Message {
  /// What is said, 1 to 4,096 characters; `{{name}}` is replaced by the variable of that name.
  public var text: String = ""
  /// Which kinds of input count; at least one.
  public var inputs: [InputKind] = []
  /// Variable that gets the input: 1 to 40 of a-z, 0-9 and `_`, a letter first.
  public var variable: String = ""
  /// Number of digits that ends the input; 0 means until `#` or silence. At most 32.
  public var digits: Int32 = 0
  /// Silence before the input counts as missing: 1 to 60 s, default 5 s.
  public var timeout: ProtoDuration?
  /// How often the question is repeated when nothing was heard, 0 to 5.
  public var retries: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    text: String = "",
    inputs: [InputKind] = [],
    variable: String = "",
    digits: Int32 = 0,
    timeout: ProtoDuration? = nil,
    retries: Int32 = 0
  ) {
    self.text = text
    self.inputs = inputs
    self.variable = variable
    self.digits = digits
    self.timeout = timeout
    self.retries = retries
  }
}

/// Chooses a port; the first case that holds wins.
public struct ConditionNode: Message {
  /// The cases in order, 1 to 20; when none holds, port `else` is taken.
  public var cases: [ConditionCase] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(cases: [ConditionCase] = []) {
    self.cases = cases
  }
}

/// One choice of a condition.
public struct ConditionCase: Message {
  /// Port that is taken: 1 to 40 of a-z, 0-9 and `_`; not `else`.
  public var port: String = ""
  /// Variable that is looked at; `caller` and `called` are always there.
  public var variable: String = ""
  /// How it is compared.
  public var `operator`: ConditionOperator = .unspecified
  /// What it is compared with, at most 200 characters.
  public var value: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    port: String = "",
    variable: String = "",
    `operator`: ConditionOperator = .unspecified,
    value: String = ""
  ) {
    self.port = port
    self.variable = variable
    self.`operator` = `operator`
    self.value = value
  }
}

/// Connects the caller with a person.
public struct TransferNode: Message {
  /// Number to call, in E.164.
  public var number: String = ""
  /// What is said before, at most 4,096 characters.
  public var text: String = ""
  /// How long it rings: 5 to 120 s, default 30 s.
  public var timeout: ProtoDuration?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(number: String = "", text: String = "", timeout: ProtoDuration? = nil) {
    self.number = number
    self.text = text
    self.timeout = timeout
  }
}

/// Ends the call.
public struct HangupNode: Message {
  /// What is said before, at most 4,096 characters.
  public var text: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(text: String = "") {
    self.text = text
  }
}

/// Leads from a port of a node to the next node.
public struct FlowEdge: Message {
  /// The node the edge leaves.
  public var fromNodeID: String = ""
  /// The port it leaves from.
  public var port: String = ""
  /// The node it leads to.
  public var toNodeID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(fromNodeID: String = "", port: String = "", toNodeID: String = "") {
    self.fromNodeID = fromNodeID
    self.port = port
    self.toNodeID = toNodeID
  }
}

/// The states of a version.
public enum VersionState: WireEnum {
  /// Not set.
  case unspecified
  /// Being edited; a flow has at most one draft.
  case draft
  /// Fixed and ready to publish; a flow has at most one staged version.
  case staged
  /// Answers calls; a flow has at most one live version.
  case live
  /// Was staged or live before.
  case archived
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

/// Kinds of input of a caller.
public enum InputKind: WireEnum {
  /// Not set.
  case unspecified
  /// Keys of the telephone.
  case digits
  /// Spoken words.
  case speech
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

/// How a condition compares; letters count the same in upper and lower case.
public enum ConditionOperator: WireEnum {
  /// Not set.
  case unspecified
  /// The variable is the value.
  case equals
  /// The variable has the value in it.
  case contains
  /// The variable begins with the value.
  case startsWith
  /// The variable is there and not empty; the value is not looked at.
  case exists
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension Flow {
  public static var protoName: String { "klinke.flow.v1.Flow" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, flowID)
    output.appendField(2, tenantID)
    output.appendField(3, botID)
    output.appendField(4, displayName)
    output.appendField(5, liveVersion)
    output.appendField(6, latestVersion)
    output.appendField(7, createTime)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: flowID = try reader.string()
      case 18: tenantID = try reader.string()
      case 26: botID = try reader.string()
      case 34: displayName = try reader.string()
      case 40: liveVersion = try reader.int32()
      case 48: latestVersion = try reader.int32()
      case 58: try reader.message(into: &createTime)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FlowVersion {
  public static var protoName: String { "klinke.flow.v1.FlowVersion" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, flowID)
    output.appendField(2, version)
    output.appendField(3, state)
    output.appendField(4, graph)
    output.appendField(5, createTime)
    output.appendField(6, updateTime)
    output.appendField(7, etag)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: flowID = try reader.string()
      case 16: version = try reader.int32()
      case 24: state = try reader.enumeration()
      case 34: try reader.message(into: &graph)
      case 42: try reader.message(into: &createTime)
      case 50: try reader.message(into: &updateTime)
      case 58: etag = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FlowGraph {
  public static var protoName: String { "klinke.flow.v1.FlowGraph" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, nodes)
    output.appendRepeated(2, edges)
    output.appendField(3, entryNodeID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &nodes)
      case 18: try reader.append(tag, to: &edges)
      case 26: entryNodeID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FlowNode {
  public static var protoName: String { "klinke.flow.v1.FlowNode" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, nodeID)
    output.appendField(2, position)
    if case .say(let value)? = kind { output.appendField(10, value) }
    if case .gather(let value)? = kind { output.appendField(11, value) }
    if case .condition(let value)? = kind { output.appendField(12, value) }
    if case .transfer(let value)? = kind { output.appendField(18, value) }
    if case .hangup(let value)? = kind { output.appendField(21, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: nodeID = try reader.string()
      case 18: try reader.message(into: &position)
      case 82:
        var value = SayNode()
        if case .say(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .say(value)
      case 90:
        var value = GatherNode()
        if case .gather(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .gather(value)
      case 98:
        var value = ConditionNode()
        if case .condition(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .condition(value)
      case 146:
        var value = TransferNode()
        if case .transfer(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .transfer(value)
      case 170:
        var value = HangupNode()
        if case .hangup(let current)? = kind { value = current }
        try reader.message(into: &value)
        kind = .hangup(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension NodePosition {
  public static var protoName: String { "klinke.flow.v1.NodePosition" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, x)
    output.appendField(2, y)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 9: x = try reader.double()
      case 17: y = try reader.double()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension SayNode {
  public static var protoName: String { "klinke.flow.v1.SayNode" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, text)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: text = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension GatherNode {
  public static var protoName: String { "klinke.flow.v1.GatherNode" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, text)
    output.appendRepeated(2, inputs, as: WireEnumeration<InputKind>.self)
    output.appendField(3, variable)
    output.appendField(4, digits)
    output.appendField(5, timeout)
    output.appendField(6, retries)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: text = try reader.string()
      case 16, 18: try reader.append(tag, to: &inputs, as: WireEnumeration<InputKind>.self)
      case 26: variable = try reader.string()
      case 32: digits = try reader.int32()
      case 42: try reader.message(into: &timeout)
      case 48: retries = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ConditionNode {
  public static var protoName: String { "klinke.flow.v1.ConditionNode" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, cases)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &cases)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ConditionCase {
  public static var protoName: String { "klinke.flow.v1.ConditionCase" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, port)
    output.appendField(2, variable)
    output.appendField(3, `operator`)
    output.appendField(4, self.value)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: port = try reader.string()
      case 18: variable = try reader.string()
      case 24: `operator` = try reader.enumeration()
      case 34: self.value = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TransferNode {
  public static var protoName: String { "klinke.flow.v1.TransferNode" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, number)
    output.appendField(2, text)
    output.appendField(3, timeout)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: number = try reader.string()
      case 18: text = try reader.string()
      case 26: try reader.message(into: &timeout)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension HangupNode {
  public static var protoName: String { "klinke.flow.v1.HangupNode" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, text)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: text = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FlowEdge {
  public static var protoName: String { "klinke.flow.v1.FlowEdge" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, fromNodeID)
    output.appendField(2, port)
    output.appendField(3, toNodeID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: fromNodeID = try reader.string()
      case 18: port = try reader.string()
      case 26: toNodeID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension VersionState {
  public static var protoName: String { "klinke.flow.v1.VersionState" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .draft
    case 2: self = .staged
    case 3: self = .live
    case 4: self = .archived
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .draft: 1
    case .staged: 2
    case .live: 3
    case .archived: 4
    case .unrecognized(let number): number
    }
  }
}

extension InputKind {
  public static var protoName: String { "klinke.flow.v1.InputKind" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .digits
    case 2: self = .speech
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .digits: 1
    case .speech: 2
    case .unrecognized(let number): number
    }
  }
}

extension ConditionOperator {
  public static var protoName: String { "klinke.flow.v1.ConditionOperator" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .equals
    case 2: self = .contains
    case 3: self = .startsWith
    case 4: self = .exists
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .equals: 1
    case .contains: 2
    case .startsWith: 3
    case .exists: 4
    case .unrecognized(let number): number
    }
  }
}
