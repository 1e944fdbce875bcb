internal import FlowAPI
internal import Platform
internal import Wire

/// What a graph must keep to before it may be saved, each fault with the proto path of its place.
struct GraphRules {
  static let nodesMax = 500
  static let edgesMax = 2_000
  static let textMax = 4_096
  static let casesMax = 20
  static let inputsMax = 2

  private var faults = Violations()
  private let graph: FlowGraph
  private var indexByID: [String: Int] = [:]
  /// For each node, its ports; kept because an edge asks for those of its node.
  private let ports: [(all: [String], needed: [String])]
  /// For each node, where its ports lead.
  private var targets: [[String: Int]] = []

  /// All faults of a graph; none means it can be saved, staged and run.
  static func faults(in graph: FlowGraph) -> Violations {
    var rules = GraphRules(graph)
    rules.checkNodes()
    rules.checkEdges()
    // What follows from the edges is said only when the edges themselves are right.
    if rules.faults.isEmpty {
      rules.checkReachability()
      rules.checkLoops()
    }
    return rules.faults
  }

  private init(_ graph: FlowGraph) {
    self.graph = graph
    ports = graph.nodes.prefix(GraphRules.nodesMax).map(\.ports)
    targets = Array(repeating: [:], count: graph.nodes.count)
  }

  // MARK: Nodes

  private mutating func checkNodes() {
    faults.check(!graph.nodes.isEmpty, "graph.nodes", "must have at least one node")
    faults.check(
      graph.nodes.count <= GraphRules.nodesMax, "graph.nodes",
      "must have at most \(GraphRules.nodesMax) nodes, has \(graph.nodes.count)")
    for (index, node) in graph.nodes.enumerated().prefix(GraphRules.nodesMax) {
      let path = "graph.nodes[\(index)]"
      if !GraphRules.isNodeID(node.nodeID) {
        faults.add(
          "\(path).node_id", "must be 1 to 64 of a-z, A-Z, 0-9, _ and -", reason: "NODE_ID")
      } else if indexByID.updateValue(index, forKey: node.nodeID) != nil {
        faults.add("\(path).node_id", "`\(node.nodeID)` is used twice", reason: "NODE_ID_TWICE")
      }
      checkKind(node, path)
    }
    if graph.entryNodeID.isEmpty {
      faults.add("graph.entry_node_id", "is required", reason: "REQUIRED")
    } else if indexByID[graph.entryNodeID] == nil {
      faults.add("graph.entry_node_id", "names no node", reason: "NODE_UNKNOWN")
    }
  }

  private mutating func checkKind(_ node: FlowNode, _ path: String) {
    switch node.kind {
    case .say(let say):
      checkText(say.text, "\(path).say.text")
    case .gather(let gather):
      checkGather(gather, "\(path).gather")
    case .condition(let condition):
      checkCondition(condition, "\(path).condition")
    case .transfer(let transfer):
      checkTransfer(transfer, "\(path).transfer")
    case .hangup(let hangup):
      faults.checkLength(hangup.text, "\(path).hangup.text", 0...GraphRules.textMax)
    case nil:
      faults.add(path, "has no kind that this server knows", reason: "NODE_KIND")
    }
  }

  private mutating func checkGather(_ gather: GatherNode, _ path: String) {
    checkText(gather.text, "\(path).text")
    faults.check(
      (1...GraphRules.inputsMax).contains(gather.inputs.count), "\(path).inputs",
      "must have one or two kinds of input")
    for (index, input) in gather.inputs.prefix(GraphRules.inputsMax).enumerated()
    where input != .digits && input != .speech {
      faults.add("\(path).inputs[\(index)]", "must be digits or speech", reason: "INPUT_KIND")
    }
    faults.check(
      GraphRules.isVariable(gather.variable), "\(path).variable",
      "must be 1 to 40 of a-z, 0-9 and _, a letter first")
    faults.check(
      (0...32).contains(gather.digits), "\(path).digits", "must be 0 to 32")
    faults.check((0...5).contains(gather.retries), "\(path).retries", "must be 0 to 5")
    if let timeout = gather.timeout {
      faults.check(
        (1...60).contains(timeout.seconds) && timeout.nanos == 0, "\(path).timeout",
        "must be 1 to 60 whole seconds")
    }
  }

  private mutating func checkCondition(_ condition: ConditionNode, _ path: String) {
    faults.check(
      (1...GraphRules.casesMax).contains(condition.cases.count), "\(path).cases",
      "must have 1 to \(GraphRules.casesMax) cases")
    var ports: Set<String> = []
    for (index, choice) in condition.cases.prefix(GraphRules.casesMax).enumerated() {
      let path = "\(path).cases[\(index)]"
      if !GraphRules.isPort(choice.port) || choice.port == "else" {
        faults.add(
          "\(path).port", "must be 1 to 40 of a-z, 0-9 and _, and not `else`", reason: "PORT")
      } else if !ports.insert(choice.port).inserted {
        faults.add("\(path).port", "`\(choice.port)` is used twice", reason: "PORT_TWICE")
      }
      faults.check(
        GraphRules.isVariable(choice.variable), "\(path).variable",
        "must be 1 to 40 of a-z, 0-9 and _, a letter first")
      faults.checkLength(choice.value, "\(path).value", 0...200)
      switch choice.operator {
      case .equals, .contains, .startsWith, .exists: break
      case .unspecified, .unrecognized:
        faults.add("\(path).operator", "is required", reason: "REQUIRED")
      }
    }
  }

  private mutating func checkTransfer(_ transfer: TransferNode, _ path: String) {
    faults.check(
      PhoneNumber.isE164(transfer.number), "\(path).number",
      "must be in E.164, for example +493023125000")
    faults.checkLength(transfer.text, "\(path).text", 0...GraphRules.textMax)
    if let timeout = transfer.timeout {
      faults.check(
        (5...120).contains(timeout.seconds) && timeout.nanos == 0, "\(path).timeout",
        "must be 5 to 120 whole seconds")
    }
  }

  private mutating func checkText(_ text: String, _ path: String) {
    faults.checkLength(text, path, 1...GraphRules.textMax)
  }

  // MARK: Edges

  private mutating func checkEdges() {
    faults.check(
      graph.edges.count <= GraphRules.edgesMax, "graph.edges",
      "must have at most \(GraphRules.edgesMax) edges, has \(graph.edges.count)")
    for (index, edge) in graph.edges.enumerated().prefix(GraphRules.edgesMax) {
      let path = "graph.edges[\(index)]"
      guard let from = indexByID[edge.fromNodeID] else {
        faults.add("\(path).from_node_id", "names no node", reason: "NODE_UNKNOWN")
        continue
      }
      guard let to = indexByID[edge.toNodeID] else {
        faults.add("\(path).to_node_id", "names no node", reason: "NODE_UNKNOWN")
        continue
      }
      let ports = ports[from]
      guard ports.all.contains(edge.port) else {
        faults.add(
          "\(path).port",
          ports.all.isEmpty
            ? "leaves `\(edge.fromNodeID)`, which has no port"
            : "must be one of \(ports.all.joined(separator: ", "))",
          reason: "PORT_UNKNOWN")
        continue
      }
      if targets[from].updateValue(to, forKey: edge.port) != nil {
        faults.add(
          "\(path).port", "leaves `\(edge.fromNodeID)` a second time", reason: "PORT_TWICE")
      }
    }
    for (index, ports) in ports.enumerated() {
      for port in ports.needed where targets[index][port] == nil {
        faults.add(
          "graph.nodes[\(index)]", "has no edge from its port `\(port)`",
          reason: "PORT_UNCONNECTED")
      }
    }
  }

  // MARK: The whole

  private mutating func checkReachability() {
    guard let entry = indexByID[graph.entryNodeID] else { return }
    var reached: Set<Int> = [entry]
    var waiting = [entry]
    while let node = waiting.popLast() {
      for next in targets[node].values where reached.insert(next).inserted {
        waiting.append(next)
      }
    }
    for index in graph.nodes.indices where !reached.contains(index) {
      faults.add(
        "graph.nodes[\(index)]", "cannot be reached from the entry", reason: "UNREACHABLE")
    }
  }

  /// A circle of nodes that wait for nothing would speak, or spin, for ever.
  private mutating func checkLoops() {
    enum Mark { case new, open, done }
    var marks = Array(repeating: Mark.new, count: graph.nodes.count)
    for start in graph.nodes.indices where marks[start] == .new && !graph.nodes[start].waits {
      // Depth first without recursion: an entry is a node and the targets it has still to visit.
      var path: [(node: Int, rest: [Int])] = [(start, targets[start].values.sorted())]
      marks[start] = .open
      while var last = path.popLast() {
        guard let next = last.rest.popLast() else {
          marks[last.node] = .done
          continue
        }
        path.append(last)
        guard !graph.nodes[next].waits else { continue }
        switch marks[next] {
        case .open:
          faults.add(
            "graph.nodes[\(next)]", "is part of a circle that never waits for the caller",
            reason: "ENDLESS_LOOP")
          marks[next] = .done
        case .new:
          marks[next] = .open
          path.append((next, targets[next].values.sorted()))
        case .done:
          break
        }
      }
    }
  }

  // MARK: Names

  private static func isNodeID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        isLower($0) || isDigit($0) || isUpper($0) || $0 == 0x2d || $0 == 0x5f
      }
  }

  private static func isPort(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == 0x5f }
  }

  private static func isVariable(_ text: String) -> Bool {
    isPort(text) && text.utf8.first.map { isLower($0) } == true
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension FlowNode {
  /// The ports an edge may leave from, and those that must have one.
  var ports: (all: [String], needed: [String]) {
    switch kind {
    case .say: (["next"], ["next"])
    case .gather: (["input", "no_input"], ["input"])
    case .condition(let condition):
      condition.ports
    case .transfer: (["completed", "failed"], [])
    case .hangup, nil: ([], [])
    }
  }

  /// Whether a call stops here until something happens.
  var waits: Bool {
    switch kind {
    case .gather, .transfer, .hangup, nil: true
    case .say, .condition: false
    }
  }
}

extension ConditionNode {
  /// As many ports as a condition may have: what is beyond is a fault already, and must not make
  /// the rest of the check slow.
  fileprivate var ports: (all: [String], needed: [String]) {
    let ports = cases.prefix(GraphRules.casesMax).map(\.port) + ["else"]
    return (ports, ports)
  }
}
