internal import FlowAPI
internal import ProviderKit
internal import Wire

/// Where a call stands in its flow: takes what happened, says what the carrier shall do.
///
/// A value without clock, storage or network; between two webhooks it is kept in the call's row.
struct FlowRun: Hashable, Sendable {
  /// The node the call waits at; empty before the beginning and after the end.
  private(set) var nodeID: String
  /// Counts the times the carrier was given something to do; names the answer that is expected.
  private(set) var step: Int
  /// How often the present question was repeated.
  private(set) var attempt: Int
  /// What the flow has learnt; `caller` and `called` are there from the start.
  private(set) var variables: [String: String]

  /// Something worth a line in the call's history.
  struct Event: Hashable, Sendable {
    var kind: String
    var nodeID: String
    var detail: String
  }

  /// What follows from an event: steps for the carrier, and what to write down.
  struct Outcome: Hashable, Sendable {
    var steps: [CallStep] = []
    var events: [Event] = []
    /// True when a transfer begins with these steps.
    var transfers = false
  }

  /// Nodes passed without waiting; a saved graph has no endless circle, so this is for graphs from
  /// before a rule existed.
  private static let passedMax = 500

  init(caller: String, called: String) {
    nodeID = ""
    step = 0
    attempt = 0
    variables = ["caller": caller, "called": called]
  }

  init(nodeID: String, step: Int, attempt: Int, variables: [String: String]) {
    self.nodeID = nodeID
    self.step = step
    self.attempt = attempt
    self.variables = variables
  }

  /// The call begins.
  mutating func begin(_ graph: FlowGraph) -> Outcome {
    var outcome = Outcome()
    enter(graph.entryNodeID, graph, &outcome)
    return outcome
  }

  /// The caller answered the present question, or not: then both are empty.
  mutating func input(digits: String, speech: String, _ graph: FlowGraph) -> Outcome {
    var outcome = Outcome()
    guard case .gather(let gather)? = graph.node(nodeID)?.kind else { return resume(graph) }
    let answer = digits.isEmpty ? speech : digits
    guard answer.isEmpty else {
      outcome.events.append(
        Event(kind: "input", nodeID: nodeID, detail: digits.isEmpty ? "speech" : "digits"))
      variables[gather.variable] = answer
      follow("input", graph, &outcome)
      return outcome
    }
    outcome.events.append(Event(kind: "no_input", nodeID: nodeID, detail: ""))
    if attempt < Int(gather.retries) {
      let repeated = attempt + 1
      ask(gather, &outcome)
      attempt = repeated
    } else {
      follow("no_input", graph, &outcome)
    }
    return outcome
  }

  /// The present transfer is over; `completed` when the caller talked with somebody.
  mutating func transferEnded(completed: Bool, detail: String, _ graph: FlowGraph) -> Outcome {
    var outcome = Outcome()
    guard case .transfer? = graph.node(nodeID)?.kind else { return resume(graph) }
    outcome.events.append(Event(kind: "transfer_ended", nodeID: nodeID, detail: detail))
    follow(completed ? "completed" : "failed", graph, &outcome)
    return outcome
  }

  /// Says again what the carrier shall do at the present node, without a new step: the answer to a
  /// webhook that came late.
  func resume(_ graph: FlowGraph) -> Outcome {
    var copy = self
    var outcome = Outcome()
    switch graph.node(nodeID)?.kind {
    case .gather(let gather)?:
      copy.step -= 1
      copy.ask(gather, &outcome)
    case .transfer?, .say?, .condition?, .hangup?, nil:
      outcome.steps.append(.hangup)
    }
    return outcome
  }

  // MARK: Moving

  private mutating func follow(_ port: String, _ graph: FlowGraph, _ outcome: inout Outcome) {
    guard let next = graph.target(of: nodeID, port) else {
      end(&outcome)
      return
    }
    enter(next, graph, &outcome)
  }

  private mutating func enter(_ first: String, _ graph: FlowGraph, _ outcome: inout Outcome) {
    var id = first
    for _ in 0..<FlowRun.passedMax {
      guard let node = graph.node(id) else { break }
      nodeID = id
      attempt = 0
      outcome.events.append(Event(kind: "node_entered", nodeID: id, detail: ""))
      let port: String
      switch node.kind {
      case .say(let say):
        outcome.steps.append(.say(fill(say.text)))
        port = "next"
      case .condition(let condition):
        port = choose(condition)
      case .gather(let gather):
        ask(gather, &outcome)
        return
      case .transfer(let transfer):
        connect(transfer, &outcome)
        return
      case .hangup(let hangup):
        if !hangup.text.isEmpty { outcome.steps.append(.say(fill(hangup.text))) }
        end(&outcome)
        return
      case nil:
        end(&outcome)
        return
      }
      guard let next = graph.target(of: id, port) else { break }
      id = next
    }
    end(&outcome)
  }

  private mutating func ask(_ gather: GatherNode, _ outcome: inout Outcome) {
    step += 1
    outcome.steps.append(
      .gather(
        CallQuestion(
          text: fill(gather.text), digits: gather.inputs.contains(.digits),
          speech: gather.inputs.contains(.speech), digitsMax: Int(gather.digits),
          timeoutSeconds: Int(gather.timeout?.seconds ?? 5),
          action: "/telephony/input?step=\(step)")))
  }

  private mutating func connect(_ transfer: TransferNode, _ outcome: inout Outcome) {
    step += 1
    if !transfer.text.isEmpty { outcome.steps.append(.say(fill(transfer.text))) }
    outcome.steps.append(
      .dial(
        number: transfer.number, timeoutSeconds: Int(transfer.timeout?.seconds ?? 30),
        action: "/telephony/dial-result?step=\(step)"))
    outcome.events.append(Event(kind: "transfer_started", nodeID: nodeID, detail: ""))
    outcome.transfers = true
  }

  private mutating func end(_ outcome: inout Outcome) {
    step += 1
    nodeID = ""
    outcome.steps.append(.hangup)
  }

  // MARK: Words

  private func choose(_ condition: ConditionNode) -> String {
    for choice in condition.cases {
      let have = (variables[choice.variable] ?? "").lowercased()
      let want = choice.value.lowercased()
      let holds =
        switch choice.operator {
        case .equals: have == want
        case .contains: !want.isEmpty && have.contains(want)
        case .startsWith: have.hasPrefix(want)
        case .exists: !have.isEmpty
        case .unspecified, .unrecognized: false
        }
      if holds { return choice.port }
    }
    return "else"
  }

  /// Replaces `{{name}}` by the variable of that name, or by nothing when it is not known.
  private func fill(_ text: String) -> String {
    guard text.contains("{{") else { return text }
    var filled = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "{{"),
      let close = rest[open.upperBound...].firstRange(of: "}}")
    {
      filled += rest[..<open.lowerBound]
      let name = String(rest[open.upperBound..<close.lowerBound].filter { $0 != " " })
      filled += variables[name] ?? ""
      rest = rest[close.upperBound...]
    }
    return filled + rest
  }
}

extension FlowGraph {
  func node(_ id: String) -> FlowNode? { nodes.first { $0.nodeID == id } }

  func target(of id: String, _ port: String) -> String? {
    edges.first { $0.fromNodeID == id && $0.port == port }?.toNodeID
  }
}
