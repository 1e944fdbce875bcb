internal import HTTP
internal import Platform
internal import RPC
internal import Testing

@testable internal import klinked

@Suite("OperatorAccess", .timeLimit(.minutes(1)))
struct OperatorAccessTests {
  private let own = TenantID.random()
  private let suspended = TenantID.random()
  private let person = UserID.random()
  private let tokens: AccessTokens

  init() throws { tokens = try AccessTokens(seed: Array(repeating: 1, count: 32)) }

  private struct Directory: AccessDirectory {
    let person: UserID
    let states: [TenantID: String]

    func standing(of user: UserID, in tenant: TenantID) async throws(RPCError) -> Standing? {
      states[tenant].map { Standing(userActive: user == person, tenantState: $0) }
    }

    func tenantState(_ tenant: TenantID) async throws(RPCError) -> String? { states[tenant] }
  }

  private func admits(
    _ authorization: String?, token: String = "", peer: String = "203.0.113.9:1"
  ) async -> Bool {
    let directory = Directory(
      person: person, states: [own: "approved", suspended: "suspended"])
    let access = OperatorAccess(
      token: token,
      access: AccessCheck(tokens: tokens, directory: directory, secondsNow: { 1_500 }))
    var fields = HTTPFields()
    if let authorization { fields.add("authorization", authorization) }
    return await access.admitsOperator(
      HTTPRequestHead(method: "GET", target: "/status", fields: fields, peer: peer))
  }

  private func access(
    _ user: UserID, _ tenant: TenantID, _ role: Role = .platformAdmin, expiryTime: Int = 2_000
  ) throws -> String {
    try tokens.issue(
      AccessClaims(
        user: user, tenant: tenant, role: role, issueTime: 1_000, expiryTime: expiryTime))
  }

  @Test("whoever runs the platform is let in from anywhere, however the scheme is written")
  func operators() async throws {
    let token = try access(person, own)
    for scheme in ["Bearer", "bearer", "BEARER"] {
      let admitted = await admits("\(scheme) \(token)")
      #expect(admitted, "\(scheme)")
    }
  }

  @Test("whom every call refuses, the pages refuse too, on this machine as well")
  func refused() async throws {
    for token in [
      try access(person, suspended), try access(.random(), own),
      try access(person, own, .customerAdmin), try access(person, own, expiryTime: 1_500), "x",
    ] {
      for peer in ["203.0.113.9:1", "127.0.0.1:1"] {
        let admitted = await admits("Bearer \(token)", peer: peer)
        #expect(!admitted)
      }
    }
  }

  @Test("programs need the token, or to be on this machine")
  func programs() async {
    let byToken = await admits("Bearer secret", token: "secret")
    let byWrongToken = await admits("Bearer secre", token: "secret", peer: "127.0.0.1:1")
    let here = await admits(nil, peer: "127.0.0.1:1")
    let elsewhere = await admits(nil)
    #expect([byToken, byWrongToken, here, elsewhere] == [true, false, true, false])
  }
}
