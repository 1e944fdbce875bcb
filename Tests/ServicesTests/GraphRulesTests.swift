internal import FlowAPI
internal import Platform
internal import RPC
internal import Testing
internal import Wire

@testable internal import Flows

@Suite("Rules of a flow's graph")
struct GraphRulesTests {
  /// The faults of a graph as `path reason`.
  private func faults(_ graph: FlowGraph) -> [String] {
    do throws(RPCError) {
      try GraphRules.faults(in: graph).throwIfAny()
      return []
    } catch {
      return error.faults
    }
  }

  /// A graph that begins with one node, whose ports all lead to a hang-up.
  private func around(_ node: FlowNode) -> FlowGraph {
    var graph = FlowGraph(nodes: [node, hangup("end")], entryNodeID: node.nodeID)
    graph.edges = Set(node.ports.all).sorted().map { edge(node.nodeID, $0, "end") }
    return graph
  }

  private static let long = String(repeating: "ä", count: 4_096)

  @Test("a graph without faults passes", arguments: [FlowGraph.reception, .smallest])
  func good(graph: FlowGraph) { #expect(faults(graph) == []) }

  @Test(
    "a node at its limits passes",
    arguments: [
      say("a", long), say(String(repeating: "x", count: 64)), say("A-Z_0-9"),
      gather("a", digits: 0, retries: 0), gather("a", digits: 32, timeout: 1, retries: 5),
      gather("a", inputs: [.speech], variable: "v" + String(repeating: "_", count: 39)),
      gather("a", timeout: 60),
      condition(
        "a", (0..<20).map { when("caller", .exists, "", goTo: "p\($0)") }),
      condition("a", [when("x", .contains, String(repeating: "v", count: 200), goTo: "9_a")]),
      transfer("a", "+12025550100", timeout: 5), transfer("a", text: long, timeout: 120),
    ])
  func limits(node: FlowNode) { #expect(faults(around(node)) == []) }

  @Test(
    "a node past a limit is named with its place",
    arguments: [
      (say("a", ""), "say.text REQUIRED"),
      (say("a", long + "x"), "say.text LENGTH"),
      (gather("a", ""), "gather.text REQUIRED"),
      (gather("a", inputs: []), "gather.inputs INVALID"),
      (gather("a", inputs: [.digits, .speech, .digits]), "gather.inputs INVALID"),
      (gather("a", inputs: [.digits, .unspecified]), "gather.inputs[1] INPUT_KIND"),
      (gather("a", inputs: [.unrecognized(9)]), "gather.inputs[0] INPUT_KIND"),
      (gather("a", variable: ""), "gather.variable INVALID"),
      (gather("a", variable: "1st"), "gather.variable INVALID"),
      (gather("a", variable: "Name"), "gather.variable INVALID"),
      (gather("a", variable: "v" + String(repeating: "_", count: 40)), "gather.variable INVALID"),
      (gather("a", digits: -1), "gather.digits INVALID"),
      (gather("a", digits: 33), "gather.digits INVALID"),
      (gather("a", retries: -1), "gather.retries INVALID"),
      (gather("a", retries: 6), "gather.retries INVALID"),
      (gather("a", timeout: 0), "gather.timeout INVALID"),
      (gather("a", timeout: 61), "gather.timeout INVALID"),
      (condition("a", []), "condition.cases INVALID"),
      (
        condition("a", (0..<21).map { when("x", .exists, "", goTo: "p\($0)") }),
        "condition.cases INVALID"
      ),
      (condition("a", [when("x", .equals, "1", goTo: "else")]), "condition.cases[0].port PORT"),
      (condition("a", [when("x", .equals, "1", goTo: "")]), "condition.cases[0].port PORT"),
      (condition("a", [when("x", .equals, "1", goTo: "A")]), "condition.cases[0].port PORT"),
      (
        condition("a", [when("x", .exists, "", goTo: "p"), when("x", .exists, "", goTo: "p")]),
        "condition.cases[1].port PORT_TWICE"
      ),
      (
        condition("a", [when("", .equals, "1", goTo: "p")]), "condition.cases[0].variable INVALID"
      ),
      (
        condition("a", [when("x", .unspecified, "1", goTo: "p")]),
        "condition.cases[0].operator REQUIRED"
      ),
      (
        condition("a", [when("x", .unrecognized(7), "1", goTo: "p")]),
        "condition.cases[0].operator REQUIRED"
      ),
      (
        condition("a", [when("x", .equals, String(repeating: "v", count: 201), goTo: "p")]),
        "condition.cases[0].value LENGTH"
      ),
      (transfer("a", ""), "transfer.number INVALID"),
      (transfer("a", "030 23125001"), "transfer.number INVALID"),
      (transfer("a", "+0302312500"), "transfer.number INVALID"),
      (transfer("a", "+4930231250012345"), "transfer.number INVALID"),
      (transfer("a", text: long + "x"), "transfer.text LENGTH"),
      (transfer("a", timeout: 4), "transfer.timeout INVALID"),
      (transfer("a", timeout: 121), "transfer.timeout INVALID"),
      (hangup("a", long + "x"), "hangup.text LENGTH"),
    ])
  func nodes(node: FlowNode, fault: String) {
    #expect(faults(around(node)).contains("graph.nodes[0].\(fault)"))
  }

  @Test("a part of a second is no timeout")
  func nanoseconds() {
    var node = gather("a")
    guard case .gather(var content)? = node.kind else {
      Issue.record("another kind of node")
      return
    }
    content.timeout = ProtoDuration(seconds: 5, nanos: 1)
    node.kind = .gather(content)
    #expect(faults(around(node)) == ["graph.nodes[0].gather.timeout INVALID"])
  }

  @Test(
    "an id is 1 to 64 plain characters",
    arguments: ["", "ü", "a b", "a.b", "a\u{0}", String(repeating: "x", count: 65)])
  func nodeIDs(id: String) {
    let found = faults(FlowGraph(nodes: [hangup(id)], entryNodeID: "x"))
    #expect(found.contains("graph.nodes[0].node_id NODE_ID"))
  }

  @Test("two nodes with one id, a node without a kind and no node at all are faults")
  func structure() {
    #expect(
      faults(FlowGraph(nodes: [hangup("a"), hangup("a")], entryNodeID: "a"))
        .contains("graph.nodes[1].node_id NODE_ID_TWICE"))
    #expect(
      faults(FlowGraph(nodes: [FlowNode(nodeID: "a")], entryNodeID: "a"))
        == ["graph.nodes[0] NODE_KIND"])
    #expect(
      faults(FlowGraph()) == ["graph.nodes INVALID", "graph.entry_node_id REQUIRED"])
    #expect(
      faults(FlowGraph(nodes: [hangup("a")], entryNodeID: "b"))
        == ["graph.entry_node_id NODE_UNKNOWN"])
  }

  // MARK: Edges

  @Test("an edge must have two nodes and a port of the first, once")
  func edges() {
    var graph = around(say("a"))
    graph.edges += [
      edge("x", "next", "end"), edge("a", "next", "x"), edge("a", "input", "end"),
      edge("end", "next", "a"), edge("a", "next", "end"),
    ]
    #expect(
      faults(graph) == [
        "graph.edges[1].from_node_id NODE_UNKNOWN", "graph.edges[2].to_node_id NODE_UNKNOWN",
        "graph.edges[3].port PORT_UNKNOWN", "graph.edges[4].port PORT_UNKNOWN",
        "graph.edges[5].port PORT_TWICE",
      ])
  }

  @Test(
    "a port that cannot be left open is named",
    arguments: [
      (say("a"), ["next"]), (gather("a"), ["input"]),
      (condition("a", [when("x", .exists, "", goTo: "p")]), ["p", "else"]), (transfer("a"), []),
    ])
  func openPorts(node: FlowNode, ports: [String]) {
    let found = faults(FlowGraph(nodes: [node], entryNodeID: "a"))
    #expect(found == ports.map { _ in "graph.nodes[0] PORT_UNCONNECTED" })
  }

  @Test("a node that nothing leads to is named")
  func unreachable() {
    var graph = FlowGraph.reception
    graph.nodes += [say("island"), hangup("beach")]
    graph.edges += [edge("island", "next", "beach")]
    #expect(faults(graph) == ["graph.nodes[6] UNREACHABLE", "graph.nodes[7] UNREACHABLE"])
  }

  @Test("a circle that waits for nobody is refused once, however it is entered")
  func endless() {
    let own = FlowGraph(nodes: [say("a")], edges: [edge("a", "next", "a")], entryNodeID: "a")
    #expect(faults(own) == ["graph.nodes[0] ENDLESS_LOOP"])
    let three = FlowGraph(
      nodes: [
        gather("ask"), say("a"), condition("b", [when("x", .exists, "", goTo: "p")]), say("c"),
        hangup("end"),
      ],
      edges: [
        edge("ask", "input", "b"), edge("a", "next", "b"), edge("b", "p", "c"),
        edge("b", "else", "end"), edge("c", "next", "a"),
      ], entryNodeID: "ask")
    #expect(faults(three).count == 1)
    #expect(faults(three).first?.hasSuffix("ENDLESS_LOOP") == true)
  }

  @Test("a circle that waits for the caller is allowed")
  func waiting() {
    var graph = FlowGraph.reception
    graph.edges.removeAll { $0.fromNodeID == "pick" && $0.port == "else" }
    graph.edges.append(edge("pick", "else", "welcome"))
    #expect(faults(graph) == [])
  }

  // MARK: Sizes

  /// So many say nodes in a row, and a hang-up behind them.
  private func row(of count: Int) -> FlowGraph {
    var graph = FlowGraph(entryNodeID: "n0")
    for index in 0..<count - 1 {
      graph.nodes.append(say("n\(index)"))
      graph.edges.append(edge("n\(index)", "next", "n\(index + 1)"))
    }
    graph.nodes.append(hangup("n\(count - 1)"))
    return graph
  }

  @Test("500 nodes are enough, 501 too many")
  func nodeCount() {
    #expect(faults(row(of: 500)) == [])
    #expect(faults(row(of: 501)).contains("graph.nodes INVALID"))
  }

  @Test("2,000 edges are enough, 2,001 too many")
  func edgeCount() {
    // 99 conditions with 20 ports each, and a row of say nodes that brings the sum to 2,000.
    var graph = FlowGraph(entryNodeID: "c0")
    for index in 0..<95 {
      let cases = (0..<20).map { when("x", .exists, "", goTo: "p\($0)") }
      graph.nodes.append(condition("c\(index)", cases))
      let next = index == 94 ? "s0" : "c\(index + 1)"
      graph.edges += ((0..<20).map { "p\($0)" } + ["else"]).map { edge("c\(index)", $0, next) }
    }
    for index in 0..<5 {
      graph.nodes.append(say("s\(index)"))
      graph.edges.append(edge("s\(index)", "next", index == 4 ? "end" : "s\(index + 1)"))
    }
    graph.nodes.append(hangup("end"))
    #expect(graph.edges.count == 2_000)
    #expect(faults(graph) == [])
    graph.nodes.append(say("more"))
    graph.edges.append(edge("more", "next", "end"))
    #expect(faults(graph).contains("graph.edges INVALID"))
  }

  @Test("a graph of a few megabytes that breaks every limit is read once")
  func huge() {
    let cases = (0..<100_000).map { when("x", .exists, "", goTo: "p\($0)") }
    let edges = (0..<10_000).map { edge("c", "p\($0)", "c") }
    let graph = FlowGraph(
      nodes: [
        condition("c", cases), gather("g", inputs: Array(repeating: .unspecified, count: 99_999)),
      ],
      edges: edges, entryNodeID: "c")
    let found = faults(graph)
    #expect(
      found.prefix(2) == [
        "graph.nodes[0].condition.cases INVALID", "graph.nodes[1].gather.inputs INVALID",
      ])
    #expect(found.contains("graph.edges INVALID"))
  }

  @Test("a graph full of faults is answered with an error that still fits into a header")
  func manyFaults() {
    var graph = row(of: 499)
    graph.nodes = graph.nodes.map { FlowNode(nodeID: $0.nodeID, kind: .say(SayNode())) }
    do throws(RPCError) {
      try GraphRules.faults(in: graph).throwIfAny()
      Issue.record("500 faults passed")
    } catch {
      #expect(error.message.hasSuffix("(and 499 more)"))
      #expect(error.statusBytes.count < 6_000)
      #expect(error.faults.first == "graph.nodes[0].say.text REQUIRED")
    }
  }
}
