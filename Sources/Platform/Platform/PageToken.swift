package import RPC

/// Where a list goes on, as an opaque text that is good for one caller's one question only.
///
/// A token is the position and an HMAC over the position, the method, the tenant and the filters, so
/// that a changed filter or another tenant's token is refused instead of giving a strange page.
package struct PageTokens: Sendable {
  private let key: [UInt8]

  /// - Parameter key: 32 bytes of which nobody else knows.
  package init(key: [UInt8]) { self.key = key }

  /// The token of the page after `position`; the parts must not have line feeds.
  package func token(
    after position: [String], method: MethodInfo, tenant: TenantID?, filters: [String]
  ) -> String {
    let text = position.joined(separator: "\n")
    let seal = seal(text, method: method, tenant: tenant, filters: filters)
    return Base64URL.encode(seal + Array(text.utf8))
  }

  /// The position in a token; `nil` for the empty token of the first page.
  package func position(
    in token: String, parts: Int, method: MethodInfo, tenant: TenantID?, filters: [String]
  ) throws(RPCError) -> [String]? {
    guard !token.isEmpty else { return nil }
    guard let bytes = Base64URL.decode(token), bytes.count > PageTokens.sealCount else {
      throw PageTokens.refusal
    }
    let text = String(decoding: bytes.dropFirst(PageTokens.sealCount), as: UTF8.self)
    let expected = seal(text, method: method, tenant: tenant, filters: filters)
    guard Crypto.equal(expected, Array(bytes.prefix(PageTokens.sealCount))) else {
      throw PageTokens.refusal
    }
    let position = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    guard position.count == parts else { throw PageTokens.refusal }
    return position
  }

  private static let sealCount = 16

  private static var refusal: RPCError {
    var faults = Violations()
    faults.add(
      "page_token", "is not a token of this list with these filters", reason: "PAGE_TOKEN")
    do throws(RPCError) { try faults.throwIfAny() } catch { return error }
    return RPCError(.internal, "unchecked page token")
  }

  private func seal(
    _ text: String, method: MethodInfo, tenant: TenantID?, filters: [String]
  ) -> [UInt8] {
    let bound = ([text, method.path, tenant?.text ?? ""] + filters).joined(separator: "\u{0}")
    return Array(Crypto.hmacSHA256(key: key, Array(bound.utf8)).prefix(PageTokens.sealCount))
  }
}

/// How many entries a page has.
package enum PageSize {
  package static let standard = 50
  package static let most = 500

  /// 0 means ``standard``, more than ``most`` means ``most``, negative is refused.
  package static func of(_ wanted: Int32) throws(RPCError) -> Int {
    var faults = Violations()
    faults.check(wanted >= 0, "page_size", "must not be negative")
    try faults.throwIfAny()
    return wanted == 0 ? standard : min(Int(wanted), most)
  }
}
