internal import HTTP
internal import Platform
internal import RPC
internal import Telemetry

/// Who may look at the pages for operators.
struct OperatorAccess: Sendable {
  /// Opens the pages from anywhere; empty for nobody.
  let token: String
  let tokens: AccessTokens
  let directory: any AccessDirectory

  /// Programs on this machine, and those who know the token.
  func admitsProgram(_ head: HTTPRequestHead) -> Bool {
    if !token.isEmpty, let given = head.fields["authorization"] {
      return Crypto.equal(Array("Bearer \(token)".utf8), Array(given.utf8))
    }
    // A proxy on this machine makes every peer look like loopback, but it says for whom it asks.
    guard head.fields["x-forwarded-for"] == nil, head.fields["forwarded"] == nil else {
      return false
    }
    let peer = head.peer
    return peer.hasPrefix("127.") || peer.hasPrefix("[::1]") || peer.hasPrefix("unix")
  }

  /// Those, and whoever runs the platform.
  func admitsOperator(_ head: HTTPRequestHead) async -> Bool {
    guard let given = head.fields["authorization"], given.hasPrefix("Bearer "),
      let claims = tokens.claims(of: String(given.dropFirst(7)), now: WallClock.now().seconds)
    else { return admitsProgram(head) }
    // Somebody who says who they are is judged by that, on this machine as well.
    guard claims.role == .platformAdmin else { return false }
    do throws(RPCError) {
      return try await directory.standing(of: claims.user, in: claims.tenant)?.userActive ?? false
    } catch {
      // Without the database nobody can be asked; the pages stay open for programs here.
      return false
    }
  }
}
