private import Glibc
private import KlinkeClient

/// Signs in and prints the tenants: `KLINKE_PASSWORD=… klinke-example HOST PORT E-MAIL`.
@main
struct Example {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let port = UInt16(arguments[2]),
      let password = unsafe getenv("KLINKE_PASSWORD").map({ unsafe String(cString: $0) })
    else {
      print("usage: KLINKE_PASSWORD=… klinke-example HOST PORT E-MAIL")
      exit(2)
    }
    do {
      try await KlinkeClient.withConnection(to: arguments[1], port: port) { client in
        try await list(client.signedIn(email: arguments[3], password: password))
      }
    } catch {
      print("failed: \(error)")
      exit(1)
    }
  }

  /// Page by page: only an empty token is the end.
  private static func list(_ client: KlinkeClient) async throws(RPCError) {
    var request = ListTenantsRequest(pageSize: 2)
    repeat {
      let page = try await TenantServiceClient(client).listTenants(request)
      for tenant in page.tenants { print("\(tenant.tenantID) \(tenant.displayName)") }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
  }
}
