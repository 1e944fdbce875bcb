/// A telephone call as a carrier would run it: which webhook comes next, given the answers so far.
///
/// It does no I/O: ``start()`` and ``receive(_:)`` return what to post.
package struct CallSimulation: Sendable {
  /// Who calls whom, and what the caller does.
  package struct Script: Hashable, Sendable {
    package var callSid = ""
    package var accountSid = ""
    package var from = ""
    package var to = ""
    /// What the caller presses, one text for each question.
    package var digits: [String] = []
    /// What the caller says, one text for each question that takes no digits.
    package var speech: [String] = []
    /// How a transfer ends, in the carrier's words.
    package var dialStatus = "completed"
    package var dialSeconds = 30
    /// How long the whole call takes.
    package var seconds = 60

    package init() {}
  }

  /// One line of the conversation.
  package struct Line: Hashable, Sendable {
    package enum Speaker: String, Sendable { case bot, caller, call }

    package let speaker: Speaker
    package let text: String
  }

  /// A webhook to send.
  package struct Post: Hashable, Sendable {
    /// Absolute, or a path on the server.
    package let address: String
    package let parameters: [Parameter]
  }

  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Where the call stands.
  private enum State: Hashable {
    case ringing
    /// Following the answer of `address`.
    case following(address: String)
    /// The last webhook is out.
    case ended
  }

  /// A flow that sends a caller round for ever ends here.
  private static let postsMax = 100

  package private(set) var conversation: [Line] = []
  /// How the call ended, in the carrier's words.
  package private(set) var status = "in-progress"
  private let script: Script
  private var digits: ArraySlice<String>
  private var speech: ArraySlice<String>
  private var state = State.ringing
  private var posts = 0

  package init(_ script: Script) {
    self.script = script
    digits = script.digits[...]
    speech = script.speech[...]
  }

  /// The call arrives.
  package mutating func start() -> Post {
    switch state {
    case .ringing: post("/telephony/incoming", [], status: "ringing")
    case .following, .ended: preconditionFailure("a call starts once")
    }
  }

  /// Follows an answer up to the next webhook; nil once the call is over and told.
  package mutating func receive(_ document: [UInt8]) throws(TwiMLError) -> Post? {
    let address: String
    switch state {
    case .ended: return nil
    case .ringing: preconditionFailure("an answer before the call")
    case .following(let current): address = current
    }
    let verbs = try TwiMLVerb.read(document)
    for verb in verbs {
      if let post = follow(verb, address: address) { return post }
    }
    say(.call, "the answer ends, and with it the call")
    return end("completed")
  }

  /// The next webhook that a verb leads to; nil to go on with the next verb.
  private mutating func follow(_ verb: TwiMLVerb, address: String) -> Post? {
    guard posts < Self.postsMax else {
      say(.call, "gave up after \(Self.postsMax) answers: does the flow go round in circles?")
      return end("failed")
    }
    switch verb {
    case .say(let text): say(.bot, text)
    case .play(let text): say(.bot, "plays \(text)")
    case .pause: break
    case .other(let name): say(.call, "<\(name)> is passed over")
    case .gather(let gather): return follow(gather, address: address)
    case .dial(let dial): return follow(dial)
    case .redirect(let target): return post(target.isEmpty ? address : target, [])
    case .hangup:
      say(.call, "the bot hangs up")
      return end("completed")
    case .reject(let reason):
      say(.call, "rejected: \(reason)")
      return end(reason == "busy" ? "busy" : "no-answer")
    }
    return nil
  }

  private mutating func follow(_ gather: TwiMLVerb.Gather, address: String) -> Post? {
    for prompt in gather.prompts { _ = follow(prompt, address: address) }
    let target = gather.action.isEmpty ? address : gather.action
    if gather.takesDigits, let pressed = digits.popFirst() {
      say(.caller, "presses \(pressed)")
      return post(target, [Parameter("Digits", pressed)])
    }
    if gather.takesSpeech, let said = speech.popFirst() {
      say(.caller, said)
      return post(target, [Parameter("SpeechResult", said), Parameter("Confidence", "0.9")])
    }
    say(.caller, "says nothing")
    return gather.actionOnEmptyResult ? post(target, [Parameter("Digits", "")]) : nil
  }

  private mutating func follow(_ dial: TwiMLVerb.Dial) -> Post? {
    let answered = script.dialStatus == "completed" || script.dialStatus == "answered"
    let seconds = answered ? script.dialSeconds : 0
    say(
      .call,
      "transfers to \(dial.numbers.joined(separator: ", ")): \(script.dialStatus), \(seconds) s")
    guard !dial.action.isEmpty else { return nil }
    var parameters = [
      Parameter("DialCallStatus", script.dialStatus),
      Parameter("DialCallSid", "CA" + script.callSid.dropFirst(2).reversed()),
    ]
    if answered { parameters.append(Parameter("DialCallDuration", String(seconds))) }
    return post(dial.action, parameters)
  }

  private mutating func end(_ final: String) -> Post {
    let seconds = final == "completed" ? script.seconds : 0
    let last = post(
      "/telephony/status",
      [
        Parameter("CallDuration", String(seconds)),
        Parameter("Duration", String((seconds + 59) / 60)),
        Parameter("CallbackSource", "call-progress-events"), Parameter("SequenceNumber", "0"),
      ], status: final)
    status = final
    state = .ended
    say(.call, "\(final), \(seconds) s")
    return last
  }

  private mutating func post(
    _ address: String, _ parameters: [Parameter], status: String = "in-progress"
  ) -> Post {
    posts += 1
    state = .following(address: address)
    return Post(
      address: address,
      parameters: [
        Parameter("CallSid", script.callSid), Parameter("AccountSid", script.accountSid),
        Parameter("ApiVersion", "2010-04-01"), Parameter("Direction", "inbound"),
        Parameter("From", script.from), Parameter("To", script.to),
        Parameter("Caller", script.from), Parameter("Called", script.to),
        Parameter("CallStatus", status),
      ] + parameters)
  }

  private mutating func say(_ speaker: Line.Speaker, _ text: String) {
    conversation.append(Line(speaker: speaker, text: text))
  }
}
