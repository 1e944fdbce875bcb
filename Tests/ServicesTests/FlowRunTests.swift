internal import FlowAPI
internal import ProviderKit
internal import Testing

@testable internal import Calls

@Suite("A run through a flow")
struct FlowRunTests {
  private let graph = FlowGraph.reception

  private func started() -> (run: FlowRun, first: FlowRun.Outcome) {
    var run = FlowRun(caller: "+4915112345678", called: "+493023125000")
    let outcome = run.begin(graph)
    return (run, outcome)
  }

  private func words(_ outcome: FlowRun.Outcome) -> [String] {
    outcome.steps.map { step in
      switch step {
      case .say(let text): "say \(text)"
      case .gather(let question): "ask \(question.action)"
      case .dial(let number, _, let action): "dial \(number) \(action)"
      case .hangup: "hangup"
      }
    }
  }

  private func history(_ outcome: FlowRun.Outcome) -> [String] {
    outcome.events.map { [$0.kind, $0.nodeID, $0.detail].filter { !$0.isEmpty } }
      .map { $0.joined(separator: " ") }
  }

  @Test("begins with the greeting and stops at the first question")
  func begins() {
    let (run, outcome) = started()
    #expect(words(outcome) == ["say Guten Tag.", "ask /telephony/input?step=1"])
    #expect(history(outcome) == ["node_entered welcome", "node_entered menu"])
    #expect(!outcome.transfers)
    #expect(run.nodeID == "menu")
    #expect(run.step == 1)
    #expect(run.variables == ["caller": "+4915112345678", "called": "+493023125000"])
  }

  @Test("an answer is kept, decides the port, and never stands in the history")
  func answers() {
    var (run, _) = started()
    let outcome = run.input(digits: "1", speech: "", graph)
    #expect(words(outcome) == ["dial +493023125001 /telephony/dial-result?step=2"])
    #expect(outcome.transfers)
    #expect(
      history(outcome) == [
        "input menu digits", "node_entered pick", "node_entered first", "transfer_started first",
      ])
    #expect(run.variables["choice"] == "1")
    #expect(run.step == 2)
  }

  @Test("speech counts when no key was pressed")
  func speech() {
    var (run, _) = started()
    let outcome = run.input(digits: "", speech: "nein danke", graph)
    #expect(run.variables["choice"] == "nein danke")
    #expect(words(outcome) == ["say Auf Wiederhören.", "hangup"])
    #expect(history(outcome).first == "input menu speech")
    #expect(run.nodeID.isEmpty)
  }

  @Test("a silent caller is asked again as often as the node says, then leaves by no_input")
  func retries() {
    var (run, _) = started()
    let again = run.input(digits: "", speech: "", graph)
    #expect(words(again) == ["ask /telephony/input?step=2"])
    #expect(run.attempt == 1)
    let end = run.input(digits: "", speech: "", graph)
    #expect(history(end) == ["no_input menu", "node_entered bye"])
    #expect(words(end) == ["say Auf Wiederhören.", "hangup"])
    #expect(run.nodeID.isEmpty)
  }

  @Test("an answer after a retry counts, and the next question starts anew")
  func attemptsStartAnew() {
    var (run, _) = started()
    _ = run.input(digits: "", speech: "", graph)
    let outcome = run.input(digits: "1", speech: "", graph)
    #expect(words(outcome) == ["dial +493023125001 /telephony/dial-result?step=3"])
    #expect(run.attempt == 0)
  }

  @Test("without an edge for silence the call ends")
  func noInputOpen() {
    let graph = FlowGraph(
      nodes: [gather("ask", retries: 0), hangup("end")], edges: [edge("ask", "input", "end")],
      entryNodeID: "ask")
    var run = FlowRun(caller: "", called: "")
    _ = run.begin(graph)
    #expect(words(run.input(digits: "", speech: "", graph)) == ["hangup"])
  }

  // MARK: Transfers

  @Test("a transfer that is answered leaves by completed, another one by failed")
  func transfers() {
    var (run, _) = started()
    _ = run.input(digits: "1", speech: "", graph)
    var other = run
    let answered = run.transferEnded(completed: true, detail: "completed", graph)
    #expect(words(answered) == ["say Auf Wiederhören.", "hangup"])
    #expect(history(answered) == ["transfer_ended first completed", "node_entered bye"])
    let busy = other.transferEnded(completed: false, detail: "busy", graph)
    #expect(words(busy) == ["dial +493023125002 /telephony/dial-result?step=3"])
    #expect(busy.transfers)
  }

  @Test("a call can begin with a transfer")
  func transferFirst() {
    var run = FlowRun(caller: "", called: "")
    let outcome = run.begin(
      FlowGraph(nodes: [transfer("t", text: "Moment.")], entryNodeID: "t"))
    #expect(outcome.transfers)
    #expect(
      words(outcome) == ["say Moment.", "dial +493023125001 /telephony/dial-result?step=1"])
  }

  @Test("a transfer without an edge for its end hangs up")
  func transferOpen() {
    let graph = FlowGraph(nodes: [transfer("t")], entryNodeID: "t")
    var run = FlowRun(caller: "", called: "")
    _ = run.begin(graph)
    #expect(words(run.transferEnded(completed: true, detail: "completed", graph)) == ["hangup"])
    #expect(run.nodeID.isEmpty)
  }

  // MARK: Conditions

  @Test(
    "a condition compares without regard to case, the first that holds wins",
    arguments: [
      (ConditionOperator.equals, "JA", "ja", true), (.equals, "ja ", "ja", false),
      (.contains, "ich sage Ja bitte", "ja", true), (.contains, "nein", "", false),
      (.startsWith, "0049", "00", true), (.startsWith, "nein", "ja", false),
      (.exists, "x", "", true), (.exists, "", "x", false), (.unspecified, "x", "x", false),
      (.unrecognized(9), "x", "x", false),
    ])
  func conditions(operation: ConditionOperator, have: String, want: String, holds: Bool) {
    let graph = FlowGraph(
      nodes: [
        condition(
          "c",
          [
            when("answer", operation, want, goTo: "yes"),
            when("answer", .exists, "", goTo: "second"),
          ]), hangup("yes", "ja"), hangup("second", "zweite"), hangup("no", "nein"),
      ],
      edges: [edge("c", "yes", "yes"), edge("c", "second", "second"), edge("c", "else", "no")],
      entryNodeID: "c")
    var run = FlowRun(nodeID: "", step: 0, attempt: 0, variables: ["answer": have])
    let expected = holds ? "ja" : have.isEmpty ? "nein" : "zweite"
    #expect(words(run.begin(graph)) == ["say \(expected)", "hangup"])
  }

  // MARK: Words

  @Test(
    "variables are filled in",
    arguments: [
      ("Hallo {{name}}.", "Hallo Eva."), ("{{ name }}{{name}}", "EvaEva"), ("{{unknown}}!", "!"),
      ("{{name", "{{name"), ("}}{{name}}", "}}Eva"), ("{name}", "{name}"), ("{{}}", ""),
      ("{{braces}}", "{{name}}"),
    ])
  func filling(text: String, filled: String) {
    let graph = FlowGraph(nodes: [hangup("end", text)], entryNodeID: "end")
    var run = FlowRun(
      nodeID: "", step: 0, attempt: 0, variables: ["name": "Eva", "braces": "{{name}}"])
    let outcome = run.begin(graph)
    #expect(outcome.steps == (filled.isEmpty ? [.say(""), .hangup] : [.say(filled), .hangup]))
  }

  @Test("a question carries what its node says, with defaults")
  func questions() {
    var run = FlowRun(caller: "", called: "")
    let outcome = run.begin(
      FlowGraph(
        nodes: [gather("ask", "Bitte?", inputs: [.digits], digits: 4, timeout: 9)],
        entryNodeID: "ask"))
    #expect(
      outcome.steps == [
        .gather(
          CallQuestion(
            text: "Bitte?", digits: true, speech: false, digitsMax: 4, timeoutSeconds: 9,
            action: "/telephony/input?step=1"))
      ])
    var other = FlowRun(caller: "", called: "")
    let defaults = other.begin(FlowGraph(nodes: [transfer("t")], entryNodeID: "t"))
    #expect(
      defaults.steps == [
        .dial(
          number: "+493023125001", timeoutSeconds: 30, action: "/telephony/dial-result?step=1")
      ])
  }

  // MARK: Odd ways

  @Test("an event that comes late hears the present question again, without a new step")
  func resumes() {
    let (run, _) = started()
    #expect(words(run.resume(graph)) == ["ask /telephony/input?step=1"])
    var transferred = run
    _ = transferred.input(digits: "1", speech: "", graph)
    #expect(words(transferred.resume(graph)) == ["hangup"])
    var ended = run
    _ = ended.input(digits: "9", speech: "", graph)
    #expect(words(ended.resume(graph)) == ["hangup"])
  }

  @Test("an event of the wrong kind moves nothing")
  func wrongKind() {
    let (run, _) = started()
    var copy = run
    #expect(
      words(copy.transferEnded(completed: true, detail: "completed", graph))
        == ["ask /telephony/input?step=1"])
    #expect(copy == run)
    _ = copy.input(digits: "1", speech: "", graph)
    let transferred = copy
    #expect(words(copy.input(digits: "1", speech: "", graph)) == ["hangup"])
    #expect(copy == transferred)
  }

  @Test("a graph that no rule checked ends the call instead of running for ever")
  func unchecked() {
    var run = FlowRun(caller: "", called: "")
    let loop = FlowGraph(nodes: [say("a")], edges: [edge("a", "next", "a")], entryNodeID: "a")
    #expect(words(run.begin(loop)).last == "hangup")
    var lost = FlowRun(caller: "", called: "")
    #expect(words(lost.begin(FlowGraph(entryNodeID: "nowhere"))) == ["hangup"])
    var empty = FlowRun(caller: "", called: "")
    #expect(words(empty.begin(FlowGraph())) == ["hangup"])
  }

  @Test("the longest graph that may be saved runs to its end")
  func longest() {
    var graph = FlowGraph(nodes: [hangup("n499", "Ende.")], entryNodeID: "n0")
    for index in 0..<499 {
      graph.nodes.append(say("n\(index)"))
      graph.edges.append(edge("n\(index)", "next", "n\(index + 1)"))
    }
    var run = FlowRun(caller: "", called: "")
    #expect(words(run.begin(graph)).suffix(2) == ["say Ende.", "hangup"])
  }
}
