internal import Testing
@testable internal import ProviderTwilio
internal import ProviderKit

@Suite("Twilio")
struct TwilioTests {
  private static let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
  private static let token = "12345"
  private static let form = FormParameters([
    .init("CallSid", "CA1234567890ABCDE"), .init("Caller", "+14158675309"),
    .init("Digits", "1234"), .init("From", "+14158675309"), .init("To", "+18005551212"),
  ])

  private func webhook(
    method: String = "POST", url: String = Self.url, form: FormParameters? = Self.form,
    body: [UInt8]? = nil, signature: String? = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
  ) -> RawWebhook {
    let query = url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    return RawWebhook(
      method: method, urls: [url],
      fields: signature.map { [("x-twilio-signature", $0)] } ?? [],
      body: body ?? Array((form?.encoded ?? "").utf8),
      query: FormParameters(decoding: Array(query.utf8)) ?? FormParameters(), form: form)
  }

  private func verify(_ webhook: RawWebhook, _ secrets: [String] = [Self.token]) -> WebhookError? {
    do throws(WebhookError) {
      try TwilioWebhooks().verify(webhook, secrets: secrets)
      return nil
    } catch {
      return error
    }
  }

  @Test("accepts the published vectors")
  func vectors() {
    #expect(verify(webhook()) == nil)
    let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
    let body = Array("{\"property\": \"value\", \"boolean\": true}".utf8)
    let json = webhook(
      url: Self.url + "&bodySHA256=" + hash, form: nil, body: body,
      signature: "a9nBmqA0ju/hNViExpshrM61xv4=")
    #expect(verify(json) == nil)
    let changed = webhook(
      url: Self.url + "&bodySHA256=" + hash, form: nil, body: body + [0x20],
      signature: "a9nBmqA0ju/hNViExpshrM61xv4=")
    #expect(verify(changed) == .bodyHashWrong)
  }

  @Test("refuses a changed parameter, address, token or signature, and missing ones")
  func refusals() {
    var changed = Self.form
    changed.add("Extra", "1")
    #expect(verify(webhook(form: changed)) == .signatureWrong)
    #expect(verify(webhook(url: Self.url + "&x=1")) == .signatureWrong)
    #expect(verify(webhook(url: "http" + Self.url.dropFirst(5))) == .signatureWrong)
    #expect(verify(webhook(), ["12346"]) == .signatureWrong)
    #expect(verify(webhook(signature: "")) == .signatureMissing)
    #expect(verify(webhook(signature: nil)) == .signatureMissing)
    #expect(verify(webhook(signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8")) == .signatureWrong)
    #expect(verify(webhook(), []) == .notConfigured)
    #expect(verify(webhook(), [""]) == .notConfigured)
    #expect(verify(webhook(method: "GET")) == .signatureWrong)
  }

  @Test("refuses a body that the signature does not cover")
  func uncoveredBody() {
    let signature = TwilioSignature.sign(url: Self.url, form: nil, token: Self.token)
    let body = Array("{}".utf8)
    #expect(verify(webhook(form: nil, body: body, signature: signature)) == .bodyHashWrong)
    #expect(verify(webhook(form: nil, body: [], signature: signature)) == nil)
    #expect(verify(webhook(method: "GET", form: nil, signature: signature)) == nil)
  }

  @Test("accepts either of two tokens while one replaces another")
  func rotation() {
    #expect(verify(webhook(), ["new", Self.token]) == nil)
    #expect(verify(webhook(), [Self.token, "new"]) == nil)
  }

  @Test("accepts any signature when told to, for development")
  func skipping() throws {
    try TwilioWebhooks(skipsVerification: true).verify(webhook(signature: nil), secrets: [])
  }

  @Test(
    "tries the address with and without the default port",
    arguments: [
      ("https://a.de/x?y", ["https://a.de/x?y", "https://a.de:443/x?y"]),
      ("https://a.de:443/x", ["https://a.de:443/x", "https://a.de/x"]),
      ("http://a.de", ["http://a.de", "http://a.de:80"]),
      ("http://a.de:8080/x", ["http://a.de:8080/x"]),
      ("https://a.de:80/x", ["https://a.de:80/x"]),
      ("https://[::1]/x", ["https://[::1]/x", "https://[::1]:443/x"]),
      ("https://[::1]:443/x", ["https://[::1]:443/x", "https://[::1]/x"]),
      ("https://a.de?u=b:443", ["https://a.de?u=b:443", "https://a.de:443?u=b:443"]),
      ("wss://a.de/x", ["wss://a.de/x", "wss://a.de:443/x"]),
      ("a.de/x", ["a.de/x"]),
    ])
  func ports(url: String, expected: [String]) {
    #expect(TwilioSignature.variants(url) == expected)
  }

  @Test("signs each distinct value of a repeated field, sorted by bytes")
  func repeated() {
    let form = FormParameters([
      .init("b", "2"), .init("b", "1"), .init("b", "2"), .init("B", "x"), .init("ä", "ö"),
      .init("a", ""),
    ])
    #expect(
      String(decoding: TwilioSignature.data(url: "u", form: form), as: UTF8.self)
        == "uBxab1b2äö")
  }

  @Test("says whom a request is about")
  func hint() {
    let hint = TwilioWebhooks().hint(of: webhook())
    #expect(
      hint == WebhookHint(account: "", call: "CA1234567890ABCDE", calledNumber: "+18005551212"))
  }
}

@Suite("TwiML")
struct TwiMLTests {
  private let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>"

  private func text(_ steps: [CallStep], locale: String = "de-DE") -> String {
    let (type, body) = TwiMLScriptWriter().script(steps, locale: locale)
    #expect(type == "text/xml; charset=utf-8")
    return String(decoding: body, as: UTF8.self)
  }

  @Test("writes every step of a call")
  func steps() {
    let question = CallQuestion(
      text: "Drücken Sie 1", digits: true, speech: true, digitsMax: 1, timeoutSeconds: 5,
      action: "/telephony/input?step=1&x=2")
    #expect(
      text([.say("Hallo"), .gather(question), .hangup]) == head
        + "<Say language=\"de-DE\">Hallo</Say>"
        + "<Gather input=\"dtmf speech\" action=\"/telephony/input?step=1&amp;x=2\""
        + " method=\"POST\" timeout=\"5\" language=\"de-DE\" actionOnEmptyResult=\"true\""
        + " speechTimeout=\"auto\" numDigits=\"1\"><Say language=\"de-DE\">Drücken Sie 1</Say>"
        + "</Gather><Hangup/></Response>")
    #expect(
      text([.dial(number: "+4930123456", timeoutSeconds: 30, action: "/d")]) == head
        + "<Dial action=\"/d\" method=\"POST\" timeout=\"30\"><Number>+4930123456</Number></Dial>"
        + "</Response>")
    #expect(text([]) == head + "</Response>")
  }

  @Test("writes the verbs beside the steps")
  func verbs() {
    var twiml = TwiML(language: "en-GB")
    twiml.pause(seconds: 2)
    twiml.redirect("/x?a=1&b=2")
    twiml.reject(busy: true)
    #expect(
      String(decoding: twiml.body, as: UTF8.self) == head
        + "<Pause length=\"2\"/><Redirect method=\"POST\">/x?a=1&amp;b=2</Redirect>"
        + "<Reject reason=\"busy\"/></Response>")
  }

  @Test("escapes text and leaves out what XML cannot say")
  func escaping() {
    #expect(
      text([.say("<a href=\"x\">&'\u{0}\u{1F}\u{FFFF}\n😀</a>")]) == head
        + "<Say language=\"de-DE\">&lt;a href=&quot;x&quot;&gt;&amp;&apos;&#10;😀&lt;/a&gt;</Say>"
        + "</Response>")
    #expect(
      text([.say("x")], locale: "\"><Play>") == head
        + "<Say language=\"&quot;&gt;&lt;Play&gt;\">x</Say></Response>")
  }

  @Test("splits a text that one verb cannot have")
  func longText() {
    let words = String(repeating: "abcde ", count: 1_000)
    let pieces = text([.say(words)]).split(separator: "<Say language=\"de-DE\">").dropFirst()
      .map { $0.prefix { $0 != "<" } }
    #expect(pieces.count == 2)
    #expect(pieces.joined() == words)
    #expect(pieces.allSatisfy { $0.count <= TwiML.sayCharactersMax && $0.hasSuffix(" ") })
    let word = String(repeating: "ä", count: 4_097)
    let halves = text([.say(word)]).split(separator: "<Say language=\"de-DE\">").dropFirst()
      .map { $0.prefix { $0 != "<" } }
    #expect(halves.map(\.count) == [4_096, 1])
  }
}
