package import Platform

/// Tells real requests of one provider from forged ones.
///
/// A verifier keeps no secrets: it says whom a request claims to be about, is given the secrets
/// that are valid for that, and compares in constant time.
package protocol WebhookVerifier: Sendable {
  /// The provider's name as in the contract: `twilio`, `stripe`.
  var provider: String { get }

  /// What the provider is answered when the signature does not convince.
  var refusal: WebhookRefusal { get }

  /// What the request claims about itself. Unverified: good for looking secrets up, nothing else.
  func hint(of webhook: RawWebhook) -> WebhookHint

  /// Returns when one of the secrets has signed the request, and throws why not otherwise.
  func verify(_ webhook: RawWebhook, secrets: [String]) throws(WebhookError)
}

/// A status and a short plain text. Never says why: the sender of a forgery must not learn it.
package struct WebhookRefusal: Sendable, Hashable {
  package let status: Int
  package let body: String

  package init(status: Int, body: String) {
    self.status = status
    self.body = body
  }
}

/// Why a webhook is refused, for the log. Holds nothing of the secret or the signature.
package enum WebhookError: Error, Hashable, Sendable {
  case signatureMissing
  case signatureMalformed
  case signatureWrong
  case bodyHashWrong
  case tooOld
  case inTheFuture
  /// No secret is configured for what the request is about.
  case notConfigured
  /// The body is not what the contract says it is.
  case bodyMalformed

  /// A word for the log.
  package var reason: String {
    switch self {
    case .signatureMissing: "signature_missing"
    case .signatureMalformed: "signature_malformed"
    case .signatureWrong: "signature_wrong"
    case .bodyHashWrong: "body_hash_wrong"
    case .tooOld: "too_old"
    case .inTheFuture: "in_the_future"
    case .notConfigured: "not_configured"
    case .bodyMalformed: "body_malformed"
    }
  }
}

/// What a request claims about itself; every part may be missing or a lie.
package struct WebhookHint: Sendable, Hashable {
  /// The provider's id of the account that sends.
  package var account: String
  /// The provider's id of the call.
  package var call: String
  /// The number that was called.
  package var calledNumber: String

  package init(account: String = "", call: String = "", calledNumber: String = "") {
    self.account = account
    self.call = call
    self.calledNumber = calledNumber
  }
}

/// The secrets that may have signed a request, and whose they are.
package struct WebhookSecrets: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The tenant whose own secrets these are; nil for the platform's.
  package let tenantID: TenantID?
  /// Several while one replaces another; none refuses every request.
  package let secrets: [String]

  package init(tenantID: TenantID? = nil, secrets: [String]) {
    self.tenantID = tenantID
    self.secrets = secrets
  }

  /// Says how many there are and not what they are.
  package var description: String { "\(secrets.count) secrets" }
  package var debugDescription: String { description }
}

/// Finds the secrets for a request: the tenant's own when the tenant has an account of its own at
/// the provider, the platform's otherwise.
package protocol WebhookSecretSource: Sendable {
  /// Throws when it cannot be found out right now; the provider is then asked to come again.
  func secrets(
    provider: String, hint: WebhookHint
  ) async throws(WebhookSecretsUnavailable) -> WebhookSecrets
}

/// The secrets cannot be read at the moment. `detail` is for the log.
package struct WebhookSecretsUnavailable: Error, Sendable {
  package let detail: String

  package init(detail: String) { self.detail = detail }
}
