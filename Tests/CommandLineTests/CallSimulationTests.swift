@testable internal import CommandLineClient
internal import Testing

@Suite("CallSimulation")
struct CallSimulationTests {
  @Test("asks, transfers and ends as the caller and the bot decide")
  func story() throws {
    var script = CallSimulation.Script()
    script.callSid = "CA0123"
    script.from = "+4915112345678"
    script.to = "+4930123456"
    script.digits = ["1"]
    script.dialSeconds = 42
    script.seconds = 65
    var call = CallSimulation(script)

    let first = call.start()
    #expect(first.address == "/telephony/incoming")
    #expect(value("CallStatus", first) == "ringing")
    #expect(value("To", first) == "+4930123456")

    let second = try #require(
      try receive(
        &call,
        "<Gather input='dtmf' action='/telephony/input?step=1'><Say>Drücken Sie eins.</Say></Gather>"
      ))
    #expect(second.address == "/telephony/input?step=1")
    #expect(value("Digits", second) == "1")

    let third = try #require(
      try receive(
        &call,
        "<Say>Ich verbinde.</Say><Dial action='/telephony/dial-result'><Number>+49891</Number></Dial>"
      ))
    #expect(third.address == "/telephony/dial-result")
    #expect(value("DialCallStatus", third) == "completed")
    #expect(value("DialCallDuration", third) == "42")

    let last = try #require(try receive(&call, "<Hangup/>"))
    #expect(last.address == "/telephony/status")
    #expect(value("CallStatus", last) == "completed")
    #expect(value("CallDuration", last) == "65")
    #expect(try receive(&call, "") == nil)
    #expect(
      call.conversation.map(\.text) == [
        "Drücken Sie eins.", "presses 1", "Ich verbinde.", "transfers to +49891: completed, 42 s",
        "the bot hangs up", "completed, 65 s",
      ])
  }

  @Test("goes on to the next verb when a question stays unanswered")
  func silence() throws {
    var call = CallSimulation(CallSimulation.Script())
    _ = call.start()
    let next = try receive(&call, "<Gather action='/a'/><Redirect>/b</Redirect>")
    #expect(next?.address == "/b")
  }

  @Test("posts an empty answer when the bot wants one")
  func emptyAnswer() throws {
    var call = CallSimulation(CallSimulation.Script())
    _ = call.start()
    let next = try #require(
      try receive(&call, "<Gather actionOnEmptyResult='true'/><Hangup/>"))
    #expect(next.address == "/telephony/incoming")
    #expect(value("Digits", next) == "")
  }

  @Test("speaks where no digits are left or taken")
  func speech() throws {
    var script = CallSimulation.Script()
    script.digits = ["1"]
    script.speech = ["Guten Tag"]
    var call = CallSimulation(script)
    _ = call.start()
    let next = try #require(try receive(&call, "<Gather input='speech' action='/a'/>"))
    #expect(value("SpeechResult", next) == "Guten Tag")
    #expect(value("Digits", next) == nil)
  }

  @Test("a transfer that nobody answers has no length")
  func busy() throws {
    var script = CallSimulation.Script()
    script.dialStatus = "busy"
    var call = CallSimulation(script)
    _ = call.start()
    let next = try #require(try receive(&call, "<Dial action='/d'>+491</Dial>"))
    #expect(value("DialCallStatus", next) == "busy")
    #expect(value("DialCallDuration", next) == nil)
  }

  @Test("a rejected call never takes place")
  func reject() throws {
    var call = CallSimulation(CallSimulation.Script())
    _ = call.start()
    let last = try #require(try receive(&call, "<Reject reason='busy'/>"))
    #expect(value("CallStatus", last) == "busy")
    #expect(value("CallDuration", last) == "0")
  }

  @Test("leaves a flow that goes round in circles")
  func circle() throws {
    var call = CallSimulation(CallSimulation.Script())
    _ = call.start()
    var posts = 1
    while try receive(&call, "<Redirect>/again</Redirect>") != nil { posts += 1 }
    #expect(posts == 101)
    #expect(call.status == "failed")
  }

  private func receive(
    _ call: inout CallSimulation, _ verbs: String
  ) throws(TwiMLError) -> CallSimulation.Post? {
    try call.receive(Array("<Response>\(verbs)</Response>".utf8))
  }

  private func value(_ name: String, _ post: CallSimulation.Post) -> String? {
    post.parameters.first { $0.name == name }?.value
  }
}

@Suite("CarrierSignature")
struct CarrierSignatureTests {
  @Test("signs as the carrier documents it")
  func documented() {
    let signature = CarrierSignature.sign(
      url: "https://mycompany.com/myapp.php?foo=1&bar=2",
      parameters: [
        .init("To", "+18005551212"), .init("Digits", "1234"), .init("Caller", "+14158675309"),
        .init("From", "+14158675309"), .init("CallSid", "CA1234567890ABCDE"),
      ], authToken: "12345")
    #expect(signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
  }

  @Test("writes forms that survive plus, space, umlaut and ampersand")
  func form() {
    let body = CarrierSignature.form([.init("To", "+49"), .init("Say", "a b&ü=\n")])
    #expect(String(decoding: body, as: UTF8.self) == "To=%2B49&Say=a+b%26%C3%BC%3D%0A")
  }
}
