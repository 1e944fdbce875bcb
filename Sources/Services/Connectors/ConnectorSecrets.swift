internal import Platform
package import ProviderKit
internal import RPC

/// Finds the secrets that a webhook must be signed with: those of the tenant whose call or number it
/// is about when the tenant has connected an own account, the platform's otherwise.
package struct ConnectorSecrets: WebhookSecretSource {
  private let store: ConnectorStore
  private let platform: [String: [String]]

  /// - Parameter platform: the platform's own secrets by provider; several while one replaces another.
  package init(store: ConnectorStore, platform: [String: [String]]) {
    self.store = store
    self.platform = platform.mapValues { $0.filter { !$0.isEmpty } }
  }

  package func secrets(
    provider: String, hint: WebhookHint
  ) async throws(WebhookSecretsUnavailable) -> WebhookSecrets {
    let shared = WebhookSecrets(secrets: platform[provider] ?? [])
    let (call, number) = (Self.storable(hint.call), Self.storable(hint.calledNumber))
    guard !call.isEmpty || !number.isEmpty else { return shared }
    do throws(RPCError) {
      guard
        let tenant = try await store.tenant(
          provider: provider, providerCallID: call, number: number),
        let own = try await store.secret(provider: provider, of: tenant)
      else { return shared }
      return WebhookSecrets(tenantID: tenant, secrets: [own.secret])
    } catch {
      throw WebhookSecretsUnavailable(detail: error.debugDescription)
    }
  }

  /// Anyone may send a hint. One with NUL names nothing that is stored, and the database would fail
  /// at the question.
  private static func storable(_ text: String) -> String { text.utf8.contains(0) ? "" : text }
}
