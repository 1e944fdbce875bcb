internal import HTTP
internal import Platform
internal import ProviderKit
internal import ProviderStripe
internal import ProviderTwilio
internal import RPC
internal import Schema
internal import Synchronization
internal import Telemetry
internal import TestHarness
internal import Testing
internal import Webhooks
internal import Wire

/// What happened behind the door.
private final class Record: Sendable {
  struct Content {
    var calls: [(caller: Caller, door: Door, json: String)] = []
    var lookups: [WebhookHint] = []
    var lines: [String] = []
  }

  private let content = Mutex(Content())

  var all: Content { content.withLock { $0 } }

  func change(_ body: (inout sending Content) -> Void) { content.withLock { body(&$0) } }
}

/// The platform's token for everybody but one called number, whose tenant has its own.
private struct Secrets: WebhookSecretSource {
  static let tenant = TenantID("0195f2a4-0000-7000-8000-000000000001")

  let record: Record

  func secrets(
    provider: String, hint: WebhookHint
  ) async throws(WebhookSecretsUnavailable) -> WebhookSecrets {
    record.change { $0.lookups.append(hint) }
    switch (provider, hint.calledNumber) {
    case ("stripe", _): return WebhookSecrets(secrets: ["whsec_a"])
    case (_, "+49301"): return WebhookSecrets(tenantID: Self.tenant, secrets: ["own"])
    case (_, "+49302"): return WebhookSecrets(secrets: [])
    case (_, "+49303"): throw WebhookSecretsUnavailable(detail: "no database")
    default: return WebhookSecrets(secrets: ["platform"])
    }
  }
}

@Suite("Webhooks", .timeLimit(.minutes(5)))
struct WebhookDoorTests {
  private let record = Record()
  private let base = "https://klinke.example"

  private func router() -> Router {
    var router = Router()
    let record = record
    func add(
      _ name: String, _ path: String, _ type: String, _ response: String, _ info: WebhookInfo,
      answer: [UInt8]
    ) {
      let descriptor = MethodDescriptor<AnyBytes, AnyBytes>(
        MethodInfo(
          service: "klinke.test.Hooks", name: name, requestType: type, responseType: response,
          policy: MethodPolicy(access: .webhook, scope: .none),
          routes: [HTTPRoute(.post, path, body: .all)], webhook: info))
      router.unary(descriptor) { (request, context) async throws(RPCError) in
        guard let message = libraryPool.message(named: type),
          let json = try? JSONMapping(libraryPool).json(
            fromWire: request.unknownFields.bytes, type: message)
        else { throw RPCError(.internal, "not JSON") }
        record.change {
          $0.calls.append((context.caller, context.door, String(decoding: json, as: UTF8.self)))
        }
        if String(decoding: json, as: UTF8.self).contains("fail") {
          throw RPCError(.unavailable, "later")
        }
        return AnyBytes(answer)
      }
    }
    add(
      "Input", "/telephony/input", "klinke.call.v1.CallInputRequest", HTTPBody.protoName,
      WebhookInfo(provider: "twilio", payload: .form),
      answer: HTTPBody(contentType: "text/xml", data: Array("<Response/>".utf8)).wireBytes())
    add(
      "Event", "/stripe", "klinke.billing.v1.StripeEventRequest",
      "klinke.billing.v1.StripeEventResponse",
      WebhookInfo(provider: "stripe", payload: .json, rawBodyField: "raw_body"),
      answer: [0x08, 1])
    return router
  }

  private func with(
    _ configuration: WebhookConfiguration = WebhookConfiguration(
      publicBaseURL: "https://klinke.example/", bodyBytesMax: 2_000),
    _ body: (DoorHarness) async throws -> Void
  ) async throws {
    let record = record
    let door = try WebhookDoor(
      router: router(), pool: libraryPool,
      verifiers: [TwilioWebhooks(), StripeWebhooks(secondsNow: { 1_000 })],
      secrets: Secrets(record: record), configuration: configuration,
      errorAnswer: { error, exchange, _ in
        exchange.respond(status: 599, body: Array(error.code.name.utf8))
      },
      log: Logger(level: .info) { line in record.change { $0.lines.append(line) } })
    try await DoorHarness.with(door, body)
  }

  private func post(
    _ door: DoorHarness, _ form: FormParameters, token: String = "platform",
    url: String? = nil, target: String = "/telephony/input?step=3",
    fields: HTTPFields = HTTPFields()
  ) async -> Answer {
    var all = fields
    all.add("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
    if !all.contains("x-twilio-signature") {
      all.add(
        "X-Twilio-Signature",
        TwilioSignature.sign(url: url ?? base + target, form: form, token: token))
    }
    return await door.send("POST", target, form.encoded, fields: all)
  }

  private func form(to number: String = "+49300", digits: String = "1") -> FormParameters {
    FormParameters([
      .init("CallSid", "CA1"), .init("To", number), .init("Digits", digits),
      .init("NewField", "x"), .init("call_sid", "not the JSON name"),
    ])
  }

  @Test("calls the method with the form, the query and the caller that the signature proves")
  func accepted() async throws {
    try await with { door in
      let answer = await post(door, form())
      #expect(answer.status == 200 && answer.text == "<Response/>")
      #expect(answer.fields["content-type"] == "text/xml")
      let call = try #require(record.all.calls.first)
      #expect(call.json == "{\"CallSid\":\"CA1\",\"To\":\"+49300\",\"Digits\":\"1\",\"step\":3}")
      #expect(call.caller == .webhook(provider: "twilio", tenant: nil) && call.door == .webhook)
      #expect(record.all.lookups == [WebhookHint(call: "CA1", calledNumber: "+49300")])
    }
  }

  @Test("takes the tenant's own token for the tenant's number, and then only that")
  func ownToken() async throws {
    try await with { door in
      let own = await post(door, form(to: "+49301"), token: "own")
      #expect(own.status == 200)
      #expect(
        record.all.calls.first?.caller == .webhook(provider: "twilio", tenant: Secrets.tenant))
      let platform = await post(door, form(to: "+49301"), token: "platform")
      #expect(platform.status == 403)
      let foreign = await post(door, form(to: "+49300"), token: "own")
      #expect(foreign.status == 403)
      #expect(record.all.calls.count == 1)
    }
  }

  @Test("refuses with 403 and nothing else happens")
  func refused() async throws {
    try await with { door in
      var answers: [(answer: Answer, reason: String)] = []
      let wrong = await post(door, form(), token: "guess")
      answers.append((wrong, "signature_wrong"))
      let missing = await post(door, form(), fields: ["x-twilio-signature": ""])
      answers.append((missing, "signature_missing"))
      let signature = TwilioSignature.sign(
        url: base + "/telephony/input?step=3", form: form(), token: "platform")
      let changed = await post(
        door, form(digits: "2"), fields: ["x-twilio-signature": signature])
      answers.append((changed, "signature_wrong"))
      let moved = await post(
        door, form(), target: "/telephony/input?step=4",
        fields: ["x-twilio-signature": signature])
      answers.append((moved, "signature_wrong"))
      let unset = await post(door, form(to: "+49302"))
      answers.append((unset, "not_configured"))
      let broken = await door.send(
        "POST", "/telephony/input", "a=%zz",
        fields: ["content-type": "application/x-www-form-urlencoded"])
      answers.append((broken, "body_malformed"))
      for (answer, reason) in answers {
        #expect(answer.status == 403 && answer.text == "Forbidden", "\(reason)")
      }
      #expect(record.all.calls.isEmpty)
      let lines = record.all.lines
      #expect(lines.count == answers.count)
      for (line, expected) in zip(lines, answers) {
        #expect(line.contains("\"event\":\"webhook.refused\""))
        #expect(line.contains("\"reason\":\"\(expected.reason)\""))
        #expect(!line.contains("platform") && !line.contains(signature))
      }
    }
  }

  @Test("asks to come again when the secrets cannot be read")
  func unavailable() async throws {
    try await with { door in
      let answer = await post(door, form(to: "+49303"))
      #expect(answer.status == 503 && answer.fields["retry-after"] == "1")
      #expect(record.all.calls.isEmpty)
    }
  }

  @Test("keeps the raw body and ignores what the contract does not know")
  func stripe() async throws {
    try await with { door in
      let body = "{\"id\": \"evt_1\", \"type\":\"a\", \"data\":{\"object\":{}}, \"created\":5}"
      let header = StripeWebhooks.header(
        secret: "whsec_a", time: 1_000, body: Array(body.utf8))
      let answer = await door.send(
        "POST", "/stripe", body, fields: ["stripe-signature": header])
      #expect(answer.status == 200 && answer.text == "{\"received\":true}")
      let json = try JSONValue(json: Array((record.all.calls.first?.json ?? "").utf8))
      #expect(json["id"]?.text == "evt_1" && json["created"]?.text == "5")
      let raw = json["rawBody"]?.text ?? ""
      #expect(Base64.decode(raw.utf8) == Array(body.utf8))
      let changed = await door.send(
        "POST", "/stripe", body + " ", fields: ["stripe-signature": header])
      #expect(changed.status == 400)
      let stale = await door.send(
        "POST", "/stripe", body,
        fields: [
          "stripe-signature": StripeWebhooks.header(
            secret: "whsec_a", time: 699, body: Array(body.utf8))
        ])
      #expect(stale.status == 400)
      #expect(record.all.calls.count == 1)
    }
  }

  @Test("a sender cannot fill the field for the raw body")
  func rawBodyField() async throws {
    try await with { door in
      let body = "{\"id\":\"evt_1\",\"rawBody\":\"AAAA\"}"
      let header = StripeWebhooks.header(
        secret: "whsec_a", time: 1_000, body: Array(body.utf8))
      _ = await door.send("POST", "/stripe", body, fields: ["stripe-signature": header])
      let json = try JSONValue(json: Array((record.all.calls.first?.json ?? "").utf8))
      #expect(Base64.decode((json["rawBody"]?.text ?? "").utf8) == Array(body.utf8))
    }
  }

  @Test("answers other paths, methods, long bodies and failures of the method")
  func others() async throws {
    try await with { door in
      let missing = await door.send("POST", "/telephony/none")
      #expect(missing.status == 404)
      let get = await door.send("GET", "/telephony/input")
      #expect(get.status == 405 && get.fields["allow"] == "POST")
      let long = await post(door, form(digits: String(repeating: "1", count: 2_000)))
      #expect(long.status == 413)
      #expect(record.all.calls.isEmpty)
      let failed = await post(door, form(digits: "fail"))
      #expect(failed.status == 599 && failed.text == "UNAVAILABLE")
      let number = await post(door, form(), target: "/telephony/input?step=x")
      #expect(number.status == 599 && number.text == "INVALID_ARGUMENT")
    }
  }

  @Test("takes the address from the request, and from a proxy's fields only when trusted")
  func addresses() async throws {
    let forwarded: HTTPFields = [
      "x-forwarded-proto": "https, http", "x-forwarded-host": "public.example",
    ]
    let target = "/telephony/input"
    try await with(WebhookConfiguration()) { door in
      let plain = await post(door, form(), url: "http://klinke.test" + target, target: target)
      #expect(plain.status == 200)
      let forged = await post(
        door, form(), url: "https://public.example" + target, target: target, fields: forwarded)
      #expect(forged.status == 403)
    }
    try await with(WebhookConfiguration(trustsForwardedFields: true)) { door in
      let answer = await post(
        door, form(), url: "https://public.example" + target, target: target, fields: forwarded)
      #expect(answer.status == 200)
    }
  }

  @Test("does not start without a verifier for every provider of the contract")
  func missingVerifier() {
    #expect(throws: WebhookSetupError.self) {
      try WebhookDoor(
        router: router(), pool: libraryPool, verifiers: [TwilioWebhooks()],
        secrets: Secrets(record: record), errorAnswer: { _, _, _ in }, log: .silent)
    }
  }
}
