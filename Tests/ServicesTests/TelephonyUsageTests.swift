internal import CallAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TestSupport
internal import Testing
internal import UsageAPI

@Suite("Seconds of a call", .timeLimit(.minutes(5)))
struct TelephonyUsageTests {
  /// What the carrier reports about a call that is transferred once, in some order.
  enum Report: String, Sendable {
    case result, status, statusAgain, resultAgain
  }

  @Test("are right in every order of the transfer's result and the final status")
  func orders() async throws {
    let orders: [[Report]] = [
      [.result, .status], [.status, .result], [.result, .resultAgain, .status, .statusAgain],
      [.status, .statusAgain, .result, .resultAgain], [.status, .result, .statusAgain],
      [.result, .status, .resultAgain],
    ]
    try await withServices { services in
      for (index, reports) in orders.enumerated() {
        let company = try await services.company()
        try await company.answers("+49302312500\(index)")
        let phone = Phone(services, "CA\(index)", to: "+49302312500\(index)")
        _ = try await phone.rings()
        _ = try await phone.presses("1", step: 1)
        for report in reports {
          switch report {
          case .result, .resultAgain:
            _ = try await phone.dialed("completed", seconds: "40", step: 2)
          case .status, .statusAgain: try await phone.ends(seconds: "100")
          }
        }
        #expect(
          try await company.counted() == ["call 1", "forwarding 40", "voicebot 60"], "\(reports)")
        let call = try await company.call()
        #expect(call.state == .ended)
        #expect(call.voicebotSeconds == 60 && call.forwardingSeconds == 40)
      }
    }
  }

  @Test("are right when result and status come at the same instant")
  func together() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      for index in 0..<6 {
        let phone = Phone(services, "CA\(index)")
        _ = try await phone.rings()
        _ = try await phone.presses("1", step: 1)
        async let result = phone.dialed("completed", seconds: "40", step: 2)
        async let status = phone.ends(seconds: "100")
        _ = try await (result, status)
      }
      let summary = try await company.admin.usage.getUsageSummary(.init())
      #expect(summary.totalCalls == 6)
      #expect(summary.totalForwardingSeconds == 240)
      #expect(summary.totalVoicebotSeconds == 360)
    }
  }

  @Test("of two transfers in one call are both counted, and both taken off the bot's")
  func twoTransfers() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.bot()
      try await company.publish(.twice, as: company.flow(of: bot))
      try await company.map("+493023125000", to: bot)
      let phone = Phone(services)
      #expect(try await phone.rings() == ["dial +493023125001 -> /telephony/dial-result?step=1"])
      #expect(
        try await phone.dialed("completed", seconds: "20", step: 1)
          == ["dial +493023125002 -> /telephony/dial-result?step=2"])
      #expect(try await company.call().state == .transferred)
      #expect(try await phone.dialed("answered", seconds: "30", step: 2) == ["hangup"])
      try await phone.ends(seconds: "90")
      #expect(
        try await company.counted() == ["call 1", "forwarding 20", "forwarding 30", "voicebot 40"])
      let call = try await company.call()
      #expect(call.forwardingSeconds == 50 && call.voicebotSeconds == 40)
    }
  }

  @Test("of a transfer that nobody answered are the bot's, but for the ringing")
  func unanswered() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      _ = try await phone.presses("1", step: 1)
      try await rewind(services, company, "transfer_time", seconds: 25)
      // A length that comes with a failure is not a conversation.
      #expect(
        try await phone.dialed("no-answer", seconds: "25", step: 2)
          == ["dial +493023125002 -> /telephony/dial-result?step=3"])
      _ = try await phone.dialed("busy", step: 3)
      try await phone.ends(seconds: "60")
      #expect(try await company.counted() == ["call 1", "voicebot 35"])
    }
  }

  @Test("of a transfer end with the call, however late its result arrives")
  func lateResult() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      _ = try await phone.presses("1", step: 1)
      try await phone.ends(seconds: "100")
      // The transfer began 300 s ago and the call ended 250 s ago.
      try await rewind(services, company, "transfer_time", seconds: 300)
      try await rewind(services, company, "end_time", seconds: 250)
      _ = try await phone.dialed("completed", seconds: "40", step: 2)
      #expect(try await company.counted() == ["call 1", "forwarding 40", "voicebot 50"])
      // The caller is gone: what the flow would do next did not happen.
      #expect(
        try await company.call().events.map(\.kind).suffix(3)
          == ["transfer_started", "ended", "transfer_ended"])
    }
  }

  @Test("that are more than the call was long leave none to the bot")
  func tooMany() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      _ = try await phone.presses("1", step: 1)
      _ = try await phone.dialed("completed", seconds: "500", step: 2)
      try await phone.ends(seconds: "100")
      #expect(try await company.counted() == ["call 1", "forwarding 500"])
      #expect(try await company.call().voicebotSeconds == 0)
    }
  }

  @Test("of a call that was never answered are none")
  func noAnswer() async throws {
    try await withServices { services in
      for (index, status) in ["busy", "no-answer", "canceled"].enumerated() {
        let company = try await services.company()
        try await company.answers("+49302312500\(index)")
        let phone = Phone(services, "CA\(index)", to: "+49302312500\(index)")
        _ = try await phone.rings()
        try await phone.ends(status, seconds: "")
        #expect(try await company.counted() == ["call 1"])
        #expect(try await company.call().endReason == status)
      }
    }
  }

  @Test("are not counted before the final status")
  func running() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      for status in ["ringing", "in-progress", "COMPLETED"] {
        try await phone.ends(status, seconds: "9")
        #expect(try await company.call().state == .inProgress)
      }
      #expect(try await company.counted() == ["call 1"])
    }
  }

  private func rewind(
    _ services: Services, _ company: Company, _ column: String, seconds: Int
  ) async throws {
    try await services.test.administer(
      "UPDATE call SET \(column) = now() - interval '\(seconds) seconds'")
  }
}
