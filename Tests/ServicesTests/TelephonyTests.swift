internal import CallAPI
internal import FlowAPI
internal import MappingAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import Testing
internal import Wire

@Suite("Webhooks of a call", .timeLimit(.minutes(5)))
struct TelephonyTests {
  private static let goodbye = ["say Auf Wiederhören.", "hangup"]
  private static let menu = [
    "say Guten Tag.", "ask Eins für einen Menschen. -> /telephony/input?step=1",
  ]

  @Test("a call runs through its flow, and its history says so")
  func whole() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.answers("+493023125000")
      let phone = Phone(services)
      #expect(try await phone.rings() == Self.menu)
      var call = try await company.call()
      #expect(call.state == .inProgress && call.botID == bot.botID && call.flowVersion == 1)
      #expect(call.from == "+4915112345678" && call.to == "+493023125000")
      #expect(call.provider == "twilio" && call.providerCallID == "CA1")
      #expect(
        try await phone.presses("1", step: 1)
          == ["dial +493023125001 -> /telephony/dial-result?step=2"])
      #expect(try await company.call().state == .transferred)
      #expect(try await phone.dialed("completed", seconds: "30", step: 2) == Self.goodbye)
      #expect(try await company.call().state == .inProgress)
      try await phone.ends(seconds: "75")
      call = try await company.call()
      #expect(call.state == .ended && call.endReason == "completed")
      #expect(call.duration?.seconds == 75)
      #expect(call.voicebotSeconds == 45 && call.forwardingSeconds == 30)
      #expect(call.endTime != nil)
      #expect(
        call.events.map(\.kind) == [
          "started", "node_entered", "node_entered", "input", "node_entered", "node_entered",
          "transfer_started", "transfer_ended", "node_entered", "ended",
        ])
      #expect(call.events.map(\.sequence) == Array(1...10))
      #expect(try await company.counted() == ["call 1", "forwarding 30", "voicebot 45"])
    }
  }

  @Test("silence is asked again, then the call ends")
  func silence() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      #expect(
        try await phone.presses("", step: 1)
          == ["ask Eins für einen Menschen. -> /telephony/input?step=2"])
      #expect(try await phone.says("", step: 2) == Self.goodbye)
    }
  }

  // MARK: Repeats

  @Test("each webhook twice gets the same answer and changes nothing")
  func repeats() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      for _ in 0..<2 { #expect(try await phone.rings() == Self.menu) }
      let dial = ["dial +493023125001 -> /telephony/dial-result?step=2"]
      for _ in 0..<2 { #expect(try await phone.presses("1", step: 1) == dial) }
      // The repeat may say something else: the first answer stands.
      #expect(try await phone.presses("9", step: 1) == dial)
      for _ in 0..<2 {
        #expect(try await phone.dialed("completed", seconds: "10", step: 2) == Self.goodbye)
      }
      for _ in 0..<2 { try await phone.ends(seconds: "60") }
      try await phone.ends("failed", seconds: "99")
      // Webhooks of the past, after the end.
      #expect(try await phone.rings() == Self.menu)
      #expect(try await phone.presses("1", step: 1) == dial)
      #expect(try await phone.dialed("completed", seconds: "10", step: 2) == Self.goodbye)
      let call = try await company.call()
      #expect(call.events.count == 10)
      #expect(call.duration?.seconds == 60 && call.endReason == "completed")
      #expect(try await company.counted() == ["call 1", "forwarding 10", "voicebot 50"])
    }
  }

  @Test("each webhook many times at once changes as much as once")
  func concurrent() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      func all(_ send: @escaping @Sendable () async throws -> [String]) async throws -> Int {
        try await withThrowingTaskGroup(of: [String].self) { group in
          for _ in 0..<6 { group.addTask { try await send() } }
          return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }.count
        }
      }
      #expect(try await all { try await phone.rings() } == 1)
      #expect(try await all { try await phone.presses("1", step: 1) } == 1)
      #expect(try await all { try await phone.dialed("completed", seconds: "7", step: 2) } == 1)
      #expect(try await all { try await phone.ends(seconds: "20") } == 1)
      #expect(try await company.call().events.count == 10)
      #expect(try await company.counted() == ["call 1", "forwarding 7", "voicebot 13"])
    }
  }

  @Test("a repeat of the first webhook gets its answer also when the mapping is gone")
  func repeatWithoutMapping() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      let mapping = try await company.admin.mappings.listMappings(.init()).mappings[0]
      _ = try await company.admin.mappings.deleteMapping(.init(mappingID: mapping.mappingID))
      #expect(try await phone.rings() == Self.menu)
      #expect(try await company.counted() == ["call 1"])
    }
  }

  // MARK: Odd orders

  @Test("an answer to a step that is past or to come hears the present question")
  func steps() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      let question = [Self.menu[1]]
      for step: Int32 in [0, 2, -1, .max, .min] {
        #expect(try await phone.presses("1", step: step) == question)
      }
      #expect(try await phone.dialed("completed", seconds: "10", step: 1) == question)
      let call = try await company.call()
      #expect(call.state == .inProgress && call.events.count == 3)
      #expect(try await company.counted() == ["call 1"])
    }
  }

  @Test("a call keeps the version it began with")
  func version() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      let flow = try await company.admin.flows.listFlows(.init()).flows[0]
      try await company.publish(.smallest, as: flow)
      #expect(try await phone.presses("9", step: 1) == Self.goodbye)
      let call = try await company.call()
      #expect(call.flowVersion == 1 && call.botID == bot.botID)
      #expect(try await Phone(services, "CA2").rings() == ["hangup"])
    }
  }

  @Test("a suspended tenant's running call goes on, a new one is refused")
  func suspended() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      _ = try await services.admin.tenants.suspendTenant(.init(tenantID: company.id.text))
      #expect(try await Phone(services, "CA2").rings().last == "hangup")
      #expect(try await phone.presses("9", step: 1) == Self.goodbye)
      try await phone.ends(seconds: "5")
      #expect(try await company.counted() == ["call 1", "voicebot 5"])
    }
  }

  // MARK: Refusals

  @Test("a number that nobody answers is refused politely, and no row is written")
  func unknownNumber() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      for number in ["+493023125999", "not a number", "sip:eva@example.com", "+49302312500 0"] {
        let words = try await Phone(services, to: number).rings()
        #expect(words.count == 2 && words[0].hasPrefix("say ") && words[1] == "hangup")
        #expect(try await company.admin.calls.listCalls(.init()).calls.isEmpty)
        #expect(try await Phone(services, to: number).presses("1", step: 1) == words)
        #expect(try await Phone(services, to: number).ends(seconds: "5") == [])
      }
    }
  }

  @Test("a bot without a live flow and an inactive mapping are refused too")
  func notReady() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      try await company.map("+493023125000", to: bot)
      #expect(try await Phone(services).rings().last == "hangup")
      #expect(try await company.admin.calls.listCalls(.init()).calls.isEmpty)
    }
  }

  @Test("a tenant's own account moves that tenant's calls and no others")
  func foreignSigner() async throws {
    try await withServices { services in
      let company = try await services.company()
      let other = try await services.company("Makrele AG")
      try await company.answers("+493023125000")
      let thief = Phone(services, signer: other.id)
      #expect(try await thief.rings().last == "hangup")
      #expect(try await company.admin.calls.listCalls(.init()).calls.isEmpty)
      let own = Phone(services, signer: company.id)
      #expect(try await own.rings() == Self.menu)
      let before = try await company.call()
      #expect(try await thief.rings().count == 2)
      #expect(try await thief.presses("1", step: 1).last == "hangup")
      #expect(try await thief.dialed("completed", seconds: "9", step: 1).last == "hangup")
      #expect(try await thief.ends(seconds: "9") == [])
      #expect(try await company.call() == before)
      #expect(try await own.presses("9", step: 1) == Self.goodbye)
    }
  }

  @Test("another provider's call of the same name is another call")
  func providers() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let stripe = Clients(services, as: .webhook(provider: "stripe", tenant: nil))
      let error = await refusal {
        try await stripe.telephony.incomingCall(.init(callSid: "CA1", to: "+493023125000"))
      }
      #expect(error?.code == .unauthenticated && error?.reason == "WEBHOOK_ONLY")
      let user = await refusal {
        try await company.admin.telephony.callStatus(.init(callSid: "CA1", callStatus: "x"))
      }
      #expect(user?.reason == "WEBHOOK_ONLY")
    }
  }

  @Test("a webhook that is not whole is refused with its faults")
  func faults() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let telephony = services.carrier().telephony
      let long = String(repeating: "x", count: 65)
      let incoming = await refusal { try await telephony.incomingCall(.init(from: long)) }
      #expect(
        incoming?.faults == [
          "call_sid string.min_len", "from string.max_len", "to string.min_len",
        ])
      let input = await refusal {
        try await telephony.callInput(
          .init(
            callSid: long, digits: String(repeating: "1", count: 129),
            speechResult: String(repeating: "x", count: 4_097)))
      }
      #expect(
        input?.faults == [
          "call_sid string.max_len", "digits string.max_len", "speech_result string.max_len",
        ])
      let dial = await refusal {
        try await telephony.dialResult(.init(callSid: "CA1", dialCallDuration: "-3"))
      }
      #expect(dial?.faults == ["dial_call_status string.min_len"])
      let seconds = await refusal {
        try await telephony.dialResult(
          .init(callSid: "CA1", dialCallStatus: "busy", dialCallDuration: "-3"))
      }
      #expect(seconds?.faults == ["dial_call_duration SECONDS"])
      let status = await refusal {
        try await telephony.callStatus(
          .init(callSid: "CA1", callStatus: "completed", callDuration: "86401"))
      }
      #expect(status?.faults == ["call_duration SECONDS"])
      for request in [
        IncomingCallRequest(callSid: "C\u{0}", from: "x", to: "+493023125000"),
        IncomingCallRequest(callSid: "CA1", from: "\u{0}", to: "+493023125000"),
      ] {
        let error = await refusal { try await telephony.incomingCall(request) }
        #expect(error?.reason == "ZERO_BYTE")
      }
    }
  }
}
