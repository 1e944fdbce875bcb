package import RPC
private import Synchronization

/// What an access token says about its bearer.
package struct AccessClaims: Hashable, Sendable {
  package var user: UserID
  package var tenant: TenantID
  package var role: Role
  /// Seconds since 1970.
  package var issueTime: Int
  package var expiryTime: Int

  package init(user: UserID, tenant: TenantID, role: Role, issueTime: Int, expiryTime: Int) {
    self.user = user
    self.tenant = tenant
    self.role = role
    self.issueTime = issueTime
    self.expiryTime = expiryTime
  }
}

/// Makes and checks access tokens: JWTs (RFC 7519) signed with Ed25519 (`EdDSA`, RFC 8037).
///
/// Only this issuer's own form is accepted: the header is compared byte by byte, so no token can
/// choose another algorithm.
package final class AccessTokens: Sendable {
  private static let header = Base64URL.encode(#"{"alg":"EdDSA","typ":"JWT"}"#.utf8)

  private let key: SigningKey
  /// Checking a signature costs about 100 µs; a token that passed once is remembered until it ends.
  private let verified = Mutex<[String: AccessClaims]>([:])
  private let verifiedMax: Int

  package init(seed: [UInt8], verifiedMax: Int = 10_000) throws(CryptoError) {
    key = try SigningKey(seed: seed)
    self.verifiedMax = verifiedMax
  }

  /// Signs claims.
  package func issue(_ claims: AccessClaims) throws(CryptoError) -> String {
    let payload =
      #"{"iss":"klinke","sub":"\#(claims.user)","tid":"\#(claims.tenant)","#
      + #""role":"\#(claims.role.claim)","iat":\#(claims.issueTime),"exp":\#(claims.expiryTime)}"#
    let signed = AccessTokens.header + "." + Base64URL.encode(payload.utf8)
    let signature = try key.sign(Array(signed.utf8))
    return signed + "." + Base64URL.encode(signature)
  }

  /// The claims of a token that we signed and that has not ended; `nil` for every other text.
  package func claims(of token: String, now: Int) -> AccessClaims? {
    if let claims = verified.withLock({ $0[token] }) {
      return now < claims.expiryTime ? claims : nil
    }
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == AccessTokens.header,
      let signature = Base64URL.decode(parts[2]), let payload = Base64URL.decode(parts[1]),
      key.isValid(signature, of: Array((parts[0] + "." + parts[1]).utf8)),
      let claims = AccessClaims(payload: String(decoding: payload, as: UTF8.self)),
      now < claims.expiryTime
    else { return nil }
    verified.withLock { cache in
      if cache.count >= verifiedMax { cache.removeAll(keepingCapacity: true) }
      cache[token] = claims
    }
    return claims
  }
}

extension AccessClaims {
  /// Reads a payload as ``AccessTokens`` writes it. The signature was checked before, so the text is
  /// our own and its form is fixed: no general JSON reader is needed.
  fileprivate init?(payload: String) {
    func field(_ name: String) -> Substring? {
      guard let found = payload.firstRange(of: "\"\(name)\":") else { return nil }
      return payload[found.upperBound...].prefix { $0 != "," && $0 != "}" }
    }
    func text(_ name: String) -> String? {
      guard let value = field(name), value.first == "\"", value.last == "\"" else { return nil }
      return String(value.dropFirst().dropLast())
    }
    guard let user = text("sub").flatMap(UserID.init), let role = text("role").flatMap(Role.init),
      let tenant = text("tid").flatMap(TenantID.init),
      let issueTime = field("iat").flatMap({ Int($0) }),
      let expiryTime = field("exp").flatMap({ Int($0) })
    else { return nil }
    self.init(
      user: user, tenant: tenant, role: role, issueTime: issueTime, expiryTime: expiryTime)
  }
}

extension Role {
  /// The word for the role in tokens and in the database.
  package var claim: String {
    switch self {
    case .platformAdmin: "platform_admin"
    case .customerAdmin: "customer_admin"
    case .customerUser: "customer_user"
    case .support: "support"
    case .internalService: "internal_service"
    }
  }

  package init?(_ claim: String) {
    guard let role = Role.allCases.first(where: { $0.claim == claim }) else { return nil }
    self = role
  }
}
