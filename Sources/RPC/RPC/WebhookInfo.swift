/// How a provider calls a method by signed webhook.
public struct WebhookInfo: Hashable, Sendable {
  /// The form of the provider's body.
  public enum Payload: Hashable, Sendable {
    /// `application/x-www-form-urlencoded`
    case form
    /// `application/json`
    case json
  }

  /// Who signs: `twilio`, `stripe`, `sipgate`.
  public let provider: String
  /// The form of the body.
  public let payload: Payload
  /// The proto name of the bytes field that receives the body as it came; empty for none.
  public let rawBodyField: String

  /// What the option says.
  public init(provider: String, payload: Payload, rawBodyField: String = "") {
    self.provider = provider
    self.payload = payload
    self.rawBodyField = rawBodyField
  }
}
