internal import Glibc
internal import HTTP
internal import HTTP2
internal import Reactor
internal import TLS
internal import TestHarness
internal import Testing

@Suite("TLS", .timeLimit(.minutes(1)))
struct TLSTests {
  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  @Test("our client speaks HTTP/2 over TLS, and trusts whom it is told to")
  func client() async throws {
    try await Certificates.with { certificates in
      try await withServer(tls: certificates.server, handler: mirror) { server in
        let trusting = TLSClientConfiguration(authoritiesPath: certificates.certificate)
        let body = [UInt8](repeating: 9, count: 500_000)
        let stream = try await server.client(tls: trusting).request(
          method: "POST", target: "/tls", body: .bytes(body), deadline: soon)
        #expect(try await stream.response().fields["x-scheme"] == "https")
        #expect(try await stream.collectBody(limit: 1_000_000) == body)

        let other = TLSClientConfiguration(
          authoritiesPath: certificates.certificate, serverName: "example.com")
        await #expect(throws: HTTPClientError.tls(.untrustedPeer(reason: "hostname mismatch"))) {
          try await server.client(tls: other).request(method: "GET", target: "/", deadline: soon)
        }
        let system = server.client(tls: TLSClientConfiguration())
        await #expect(
          throws: HTTPClientError.tls(.untrustedPeer(reason: "self-signed certificate"))
        ) {
          try await system.request(method: "GET", target: "/", deadline: soon)
        }
      }
    }
  }

  @Test("curl chooses HTTP/2 or HTTP/1.1 by ALPN, and gets no TLS 1.1")
  func curl() async throws {
    try await Certificates.with { certificates in
      try await withServer(loops: 2, tls: certificates.server, handler: mirror) { server in
        let url = "https://localhost:\(server.port)/x"
        let options =
          "-sS --cacert \(certificates.certificate) -o /dev/null"
          + " -w '%{http_version} %{response_code}'"
        #expect(await shell("curl \(options) \(url)").output == "2 200")
        #expect(await shell("curl \(options) --http1.1 \(url)").output == "1.1 200")
        #expect(await shell("curl \(options) --tls-max 1.1 \(url) 2>&1").status != 0)
        #expect(await shell("curl \(options) --tls-max 1.2 \(url)").output == "2 200")
      }
    }
  }

  @Test("names the file that cannot be used")
  func badFiles() async throws {
    try await Certificates.with { certificates in
      func failure(_ certificate: String, _ key: String) -> TLSError? {
        do throws(TLSError) {
          _ = try TLSContext(
            server: TLSServerConfiguration(certificatePath: certificate, keyPath: key))
          return nil
        } catch {
          return error
        }
      }
      let missing = certificates.folder + "/missing.pem"
      #expect(
        failure(missing, certificates.key)
          == .unusableCertificate(path: missing, reason: "No such file or directory"))
      #expect(
        failure(certificates.certificate, missing)
          == .unusableKey(path: missing, reason: "No such file or directory"))
      #expect(
        failure(certificates.certificate, certificates.otherKey)
          == .mismatchedKey(
            certificatePath: certificates.certificate, keyPath: certificates.otherKey))
      #expect(
        failure(certificates.key, certificates.key)
          == .unusableCertificate(path: certificates.key, reason: "no start line"))
      #expect(failure(certificates.certificate, certificates.key) == nil)
    }
  }
}
