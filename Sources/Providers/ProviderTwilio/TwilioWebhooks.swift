internal import Platform
package import ProviderKit

/// Verifies webhooks of Twilio.
package struct TwilioWebhooks: WebhookVerifier {
  /// Accepts requests without a valid signature. For development on one's own machine only; the
  /// configuration refuses it in production and says so in the log.
  private let skipsVerification: Bool

  package init(skipsVerification: Bool = false) { self.skipsVerification = skipsVerification }

  package var provider: String { "twilio" }

  package var refusal: WebhookRefusal { WebhookRefusal(status: 403, body: "Forbidden") }

  package func hint(of webhook: RawWebhook) -> WebhookHint {
    WebhookHint(
      account: webhook.parameter("AccountSid") ?? "", call: webhook.parameter("CallSid") ?? "",
      calledNumber: webhook.parameter("To") ?? "")
  }

  package func verify(_ webhook: RawWebhook, secrets: [String]) throws(WebhookError) {
    if skipsVerification { return }
    guard let signature = webhook.field(TwilioSignature.headerName), !signature.isEmpty else {
      throw .signatureMissing
    }
    guard secrets.contains(where: { !$0.isEmpty }) else { throw .notConfigured }
    let given = Array(signature.utf8)
    var isSigned = false
    for url in webhook.urls.flatMap(TwilioSignature.variants) {
      for secret in secrets where !secret.isEmpty {
        let expected = TwilioSignature.sign(url: url, form: signedForm(webhook), token: secret)
        // No early way out, so that the time says nothing about which one fits.
        if Crypto.equal(given, Array(expected.utf8)) { isSigned = true }
      }
    }
    guard isSigned else { throw .signatureWrong }
    try verifyBodyHash(webhook)
  }

  /// The fields under the signature: those of a posted form, and none with a hash of the body.
  private func signedForm(_ webhook: RawWebhook) -> FormParameters? {
    webhook.method == "GET" || webhook.query["bodySHA256"] != nil ? nil : webhook.form
  }

  /// A body that is no form is signed by its hash, which the signed URL carries.
  private func verifyBodyHash(_ webhook: RawWebhook) throws(WebhookError) {
    guard let hash = webhook.query["bodySHA256"] else {
      // The signature covers the URL alone then, so there must be nothing it does not cover.
      guard webhook.form != nil || webhook.body.isEmpty else { throw .bodyHashWrong }
      return
    }
    let expected = hexadecimal(Crypto.sha256(webhook.body))
    guard Crypto.equal(Array(hash.utf8), Array(expected.utf8)) else { throw .bodyHashWrong }
  }
}
