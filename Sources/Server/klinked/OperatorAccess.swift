internal import HTTP
internal import Platform
internal import RPC

/// Who may look at the pages for operators.
struct OperatorAccess: Sendable {
  /// Opens the pages from anywhere; empty for nobody.
  let token: String
  let access: AccessCheck

  /// Programs on this machine, and those who know the token.
  func admitsProgram(_ head: HTTPRequestHead) -> Bool {
    if !token.isEmpty, let given = head.fields["authorization"] { return knowsToken(given) }
    // A proxy on this machine makes every peer look like loopback, but it says for whom it asks.
    guard head.fields["x-forwarded-for"] == nil, head.fields["forwarded"] == nil else {
      return false
    }
    let peer = head.peer
    return peer.hasPrefix("127.") || peer.hasPrefix("[::1]") || peer.hasPrefix("unix")
  }

  /// Those, and whoever runs the platform.
  func admitsOperator(_ head: HTTPRequestHead) async -> Bool {
    guard let given = head.fields["authorization"], !knowsToken(given) else {
      return admitsProgram(head)
    }
    do throws(RPCError) {
      return try await access.caller(of: given).role == .platformAdmin
    } catch {
      // Somebody who says who they are is judged by that, on this machine as well. Without the
      // database nobody can be asked; the pages stay open for programs here.
      return false
    }
  }

  /// What everybody else gets.
  func refuse(_ exchange: HTTPExchange) {
    exchange.respond(
      status: 403, fields: ["content-type": "text/plain"], body: Array("Forbidden\n".utf8))
  }

  private func knowsToken(_ header: String) -> Bool {
    guard !token.isEmpty, let given = AccessCheck.bearerToken(in: header) else { return false }
    return Crypto.equal(Array(token.utf8), Array(given.utf8))
  }
}
