internal import Platform

/// The secrets of a running server: those that were configured, and for the embedded default those
/// that were made and kept in the data folder.
struct Secrets: Sendable {
  var accessTokenSeed: [UInt8]
  var pageTokenKey: [UInt8]
  var masterKey: [UInt8]
  var twilioAuthToken: String
  var stripeWebhookSecret: String
  var adminPassword: String
  /// Where a made administrator's password is, if it was made.
  var adminPasswordFile: String?

  init(_ config: ServerConfig) throws(StartError) {
    let isEmbedded = config.database == .embedded
    func secret(
      _ given: String, _ file: String, _ make: () -> String
    ) throws(StartError) -> String {
      guard given.isEmpty, isEmbedded else { return given }
      let path = config.dataFolder + "/" + file
      switch SecretFile.readOrMake(path, make) {
      case .success(let found): return found.text
      case .failure(let problem): throw .secret(path: path, reason: problem.reason)
      }
    }
    let random = { hexadecimal(Crypto.randomBytes(32)) }
    let secretKey = try secret(config.secretKey, "secret-key", random)
    let encryptionKey = try secret(config.encryptionKey, "encryption-key", random)
    twilioAuthToken = try secret(config.twilioAuthToken, "twilio-auth-token") {
      hexadecimal(Crypto.randomBytes(16))
    }
    stripeWebhookSecret = try secret(config.stripeWebhookSecret, "stripe-webhook-secret") {
      "whsec_" + random()
    }
    adminPassword = try secret(config.adminPassword, "admin-password") {
      Base64URL.encode(Crypto.randomBytes(18))
    }
    if isEmbedded, config.adminPassword.isEmpty {
      adminPasswordFile = config.dataFolder + "/admin-password"
    }
    accessTokenSeed = Crypto.deriveKey(from: Array(secretKey.utf8), purpose: "access tokens")
    pageTokenKey = Crypto.deriveKey(from: Array(secretKey.utf8), purpose: "page tokens")
    masterKey = Crypto.deriveKey(from: Array(encryptionKey.utf8), purpose: "tenant data keys")
  }
}
