internal import ProviderKit
internal import ProviderStripe
internal import Testing

@Suite("Stripe")
struct StripeTests {
  private static let secret = "whsec_test_secret"
  private static let time = 1_614_556_800
  private static let v1 = "96943a0ceebda8d3913e8b90697d39bbe16342f950890d77a41a248e4fb22794"
  private static let body = Array("{\"id\":\"evt_test_webhook\",\"object\":\"event\"}".utf8)

  private func verify(
    _ header: String?, body: [UInt8] = Self.body, secrets: [String] = [Self.secret],
    now: Int = Self.time
  ) -> WebhookError? {
    let webhook = RawWebhook(
      method: "POST", urls: ["https://a.de/x"],
      fields: header.map { [("stripe-signature", $0)] } ?? [], body: body,
      query: FormParameters(), form: nil)
    do throws(WebhookError) {
      try StripeWebhooks(secondsNow: { now }).verify(webhook, secrets: secrets)
      return nil
    } catch {
      return error
    }
  }

  @Test("accepts the published vector and makes the same header")
  func vector() {
    let header = "t=\(Self.time),v1=\(Self.v1)"
    #expect(verify(header) == nil)
    #expect(
      StripeWebhooks.header(secret: Self.secret, time: Self.time, body: Self.body) == header)
  }

  @Test("accepts 300 seconds in both directions and no more")
  func tolerance() {
    let header = "t=\(Self.time),v1=\(Self.v1)"
    #expect(verify(header, now: Self.time + 300) == nil)
    #expect(verify(header, now: Self.time + 301) == .tooOld)
    #expect(verify(header, now: Self.time - 300) == nil)
    #expect(verify(header, now: Self.time - 301) == .inTheFuture)
  }

  @Test("accepts one good signature or secret of several")
  func several() {
    #expect(verify("t=\(Self.time),v1=00,v1=\(Self.v1),v0=abc") == nil)
    #expect(verify("v1=\(Self.v1),t=\(Self.time)") == nil)
    #expect(verify("t=\(Self.time),v1=\(Self.v1)", secrets: ["whsec_new", Self.secret]) == nil)
  }

  @Test("refuses everything else")
  func refusals() {
    let header = "t=\(Self.time),v1=\(Self.v1)"
    #expect(verify(nil) == .signatureMissing)
    #expect(verify("") == .signatureMissing)
    #expect(verify(header, secrets: []) == .notConfigured)
    #expect(verify(header, secrets: ["whsec_other"]) == .signatureWrong)
    #expect(verify(header, body: Self.body + [0x20]) == .signatureWrong)
    #expect(verify("t=\(Self.time + 1),v1=\(Self.v1)") == .signatureWrong)
    #expect(verify("t=\(Self.time),v0=\(Self.v1)") == .signatureMalformed)
    #expect(verify("v1=\(Self.v1)") == .signatureMalformed)
    #expect(verify("t=\(Self.time),t=\(Self.time),v1=\(Self.v1)") == .signatureMalformed)
    #expect(verify("t=,v1=\(Self.v1)") == .signatureMalformed)
    #expect(verify("t=-1,v1=\(Self.v1)") == .signatureMalformed)
    #expect(verify("t=99999999999999999999,v1=\(Self.v1)") == .signatureMalformed)
    #expect(verify("t=\(Self.time),v1=\(Self.v1.uppercased())") == .signatureWrong)
    for junk in [",", "=", "t", "t=", ",,=,", "t=1,v1", "v1=,t=1"] {
      #expect(verify(junk) != nil, "\(junk)")
    }
  }
}
