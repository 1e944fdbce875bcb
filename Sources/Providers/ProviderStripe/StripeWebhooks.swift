internal import Platform
package import ProviderKit
internal import Telemetry

/// Verifies webhooks of Stripe.
///
/// The header `Stripe-Signature: t=<unix>,v1=<hex>[,v1=<hex>]` signs the time and the body as it
/// was sent; a request that is too old may be a recording.
package struct StripeWebhooks: WebhookVerifier {
  package static let headerName = "stripe-signature"

  private let toleranceSeconds: Int
  private let secondsNow: @Sendable () -> Int

  package init(
    toleranceSeconds: Int = 300,
    secondsNow: @escaping @Sendable () -> Int = { WallClock.now().seconds }
  ) {
    self.toleranceSeconds = toleranceSeconds
    self.secondsNow = secondsNow
  }

  package var provider: String { "stripe" }

  package var refusal: WebhookRefusal { WebhookRefusal(status: 400, body: "Bad Request") }

  /// One account serves all tenants, so a request has nothing to say about whose it is.
  package func hint(of webhook: RawWebhook) -> WebhookHint { WebhookHint() }

  package func verify(_ webhook: RawWebhook, secrets: [String]) throws(WebhookError) {
    guard let header = webhook.field(Self.headerName), !header.isEmpty else {
      throw .signatureMissing
    }
    guard secrets.contains(where: { !$0.isEmpty }) else { throw .notConfigured }
    let (time, signatures) = try Self.parts(header)
    let data = Array("\(time).".utf8) + webhook.body
    var isSigned = false
    for secret in secrets where !secret.isEmpty {
      let expected = Array(hexadecimal(Crypto.hmacSHA256(key: Array(secret.utf8), data)).utf8)
      for signature in signatures where Crypto.equal(Array(signature.utf8), expected) {
        isSigned = true
      }
    }
    guard isSigned else { throw .signatureWrong }
    // After the signature, so that only the owner of the secret learns about our clock.
    let now = secondsNow()
    guard time >= now - toleranceSeconds else { throw .tooOld }
    guard time <= now + toleranceSeconds else { throw .inTheFuture }
  }

  /// The signature of a body, as Stripe's header has it.
  package static func header(secret: String, time: Int, body: [UInt8]) -> String {
    let data = Array("\(time).".utf8) + body
    return "t=\(time),v1=\(hexadecimal(Crypto.hmacSHA256(key: Array(secret.utf8), data)))"
  }

  private static func parts(
    _ header: String
  ) throws(WebhookError) -> (time: Int, signatures: [Substring]) {
    var time: Int?
    var signatures: [Substring] = []
    for part in header.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      switch pair[0] {
      case "t":
        // Twelve digits reach the year 33658 and cannot overflow when the tolerance is added.
        guard time == nil, (1...12).contains(pair[1].utf8.count),
          pair[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .signatureMalformed }
        time = Int(pair[1])
      // Other schemes are for tests, or not ours to judge.
      case "v1": signatures.append(pair[1])
      default: continue
      }
    }
    guard let time, !signatures.isEmpty else { throw .signatureMalformed }
    return (time, signatures)
  }
}
