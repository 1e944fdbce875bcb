internal import BillingAPI
internal import Platform
internal import Postgres
internal import RPC
internal import Testing

@Suite("Stripe's events", .timeLimit(.minutes(5)))
struct BillingTests {
  private let event = StripeEventRequest(
    id: "evt_1", object: "event", type: "invoice.paid", created: 1_795_000_000, livemode: true,
    apiVersion: "2026-01-01", rawBody: Array(#"{"id":"evt_1"}"#.utf8))

  private func stripe(_ services: Services) -> Clients {
    Clients(services, as: .webhook(provider: "stripe", tenant: nil))
  }

  @Test("an event is stored once with its raw body, however often it comes at once")
  func once() async throws {
    try await withServices { services in
      let billing = stripe(services).billing
      let event = event
      let answers = try await withThrowingTaskGroup(of: StripeEventResponse.self) { group in
        for _ in 0..<5 { group.addTask { try await billing.stripeEvent(event) } }
        return try await group.reduce(into: [StripeEventResponse]()) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0.received })
      #expect(answers.count { !$0.duplicate } == 1)
      let rows = try await services.database.query("SELECT * FROM stripe_event", as: .none)
      #expect(rows.count == 1)
      #expect(try rows[0]["raw_body", as: [UInt8].self] == event.rawBody)
      #expect(try rows[0]["livemode", as: Bool.self])
    }
  }

  @Test("what is no event is refused with its faults")
  func faults() async throws {
    try await withServices { services in
      let billing = stripe(services).billing
      let empty = await refusal { try await billing.stripeEvent(.init()) }
      #expect(
        empty?.faults == [
          "id required", "object string.const", "type string.min_len", "created int64.gte_lte",
        ])
      for created in [Int64.min, -1, 0, 253_402_300_800, .max] {
        var request = event
        request.created = created
        let prepared = request
        let error = await refusal { try await billing.stripeEvent(prepared) }
        #expect(error?.faults == ["created int64.gte_lte"])
      }
      var last = event
      last.created = 253_402_300_799
      let stored = try await billing.stripeEvent(last)
      #expect(stored.received)
      var other = event
      other.id = "in_1"
      let prepared = other
      let error = await refusal { try await billing.stripeEvent(prepared) }
      #expect(error?.faults == ["id string.prefix"])
    }
  }

  @Test("nobody but Stripe brings one")
  func whoMay() async throws {
    try await withServices { services in
      let event = event
      for clients in [services.admin, services.carrier()] {
        let error = await refusal { try await clients.billing.stripeEvent(event) }
        #expect(error?.reason == "WEBHOOK_ONLY")
      }
    }
  }
}
