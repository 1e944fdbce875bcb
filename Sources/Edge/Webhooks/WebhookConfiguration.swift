/// How the webhook door finds out which URL a provider has called, and what it allows.
package struct WebhookConfiguration: Sendable {
  /// Scheme, host, port and path prefix under which providers reach this server; empty when
  /// requests arrive under the name they were sent to.
  package var publicBaseURL: String
  /// Believes `x-forwarded-proto` and `x-forwarded-host` when there is no public base URL. Only
  /// behind a proxy that sets both: anyone else could write there what was signed for another URL.
  package var trustsForwardedFields: Bool
  /// Longest body; more is 413.
  package var bodyBytesMax: Int
  /// Shorter than the 15 seconds a telephony provider waits.
  package var timeout: Duration

  package init(
    publicBaseURL: String = "", trustsForwardedFields: Bool = false, bodyBytesMax: Int = 1 << 20,
    timeout: Duration = .seconds(10)
  ) {
    self.publicBaseURL = publicBaseURL
    self.trustsForwardedFields = trustsForwardedFields
    self.bodyBytesMax = bodyBytesMax
    self.timeout = timeout
  }
}
