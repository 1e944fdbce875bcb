public import FlowAPI
public import Testing
internal import Wire

/// Nodes and edges in few words.
func say(_ id: String, _ text: String = "Guten Tag.") -> FlowNode {
  FlowNode(nodeID: id, kind: .say(SayNode(text: text)))
}

func gather(
  _ id: String, _ text: String = "Was wünschen Sie?", inputs: [InputKind] = [.digits, .speech],
  variable: String = "choice", digits: Int32 = 1, timeout: Int64? = nil, retries: Int32 = 1
) -> FlowNode {
  FlowNode(
    nodeID: id,
    kind: .gather(
      GatherNode(
        text: text, inputs: inputs, variable: variable, digits: digits,
        timeout: timeout.map { ProtoDuration(seconds: $0) }, retries: retries)))
}

func condition(_ id: String, _ cases: [ConditionCase]) -> FlowNode {
  FlowNode(nodeID: id, kind: .condition(ConditionNode(cases: cases)))
}

func when(
  _ variable: String, _ operation: ConditionOperator, _ value: String, goTo port: String
) -> ConditionCase {
  ConditionCase(port: port, variable: variable, operator: operation, value: value)
}

func transfer(
  _ id: String, _ number: String = "+493023125001", text: String = "", timeout: Int64? = nil
) -> FlowNode {
  FlowNode(
    nodeID: id,
    kind: .transfer(
      TransferNode(
        number: number, text: text, timeout: timeout.map { ProtoDuration(seconds: $0) })))
}

func hangup(_ id: String, _ text: String = "") -> FlowNode {
  FlowNode(nodeID: id, kind: .hangup(HangupNode(text: text)))
}

func edge(_ from: String, _ port: String, _ to: String) -> FlowEdge {
  FlowEdge(fromNodeID: from, port: port, toNodeID: to)
}

extension FlowGraph {
  /// Greets, asks, connects with a person when `1` is pressed, tries a second person when the first
  /// does not answer, and says goodbye.
  static var reception: FlowGraph { reception(greeting: "Guten Tag.") }

  static func reception(greeting: String) -> FlowGraph {
    FlowGraph(
      nodes: [
        say("welcome", greeting), gather("menu", "Eins für einen Menschen."),
        condition("pick", [when("choice", .equals, "1", goTo: "person")]),
        transfer("first", "+493023125001"), transfer("second", "+493023125002"),
        hangup("bye", "Auf Wiederhören."),
      ],
      edges: [
        edge("welcome", "next", "menu"), edge("menu", "input", "pick"),
        edge("menu", "no_input", "bye"), edge("pick", "person", "first"),
        edge("pick", "else", "bye"), edge("first", "completed", "bye"),
        edge("first", "failed", "second"), edge("second", "completed", "bye"),
        edge("second", "failed", "bye"),
      ], entryNodeID: "welcome")
  }

  /// Connects with one person and then with another.
  static var twice: FlowGraph {
    FlowGraph(
      nodes: [
        transfer("first", "+493023125001"), transfer("second", "+493023125002"), hangup("bye"),
      ], edges: [edge("first", "completed", "second"), edge("second", "completed", "bye")],
      entryNodeID: "first")
  }

  /// The smallest graph that may be saved.
  static var smallest: FlowGraph { FlowGraph(nodes: [hangup("end")], entryNodeID: "end") }
}

// The names of test cases would else be the whole graph.

extension FlowNode: CustomTestStringConvertible {
  /// The id and the beginning of what the node does.
  public var testDescription: String { String("\(nodeID) \(kind, default: "-")".prefix(80)) }
}

extension FlowGraph: CustomTestStringConvertible {
  /// How large it is.
  public var testDescription: String { "\(nodes.count) nodes" }
}
