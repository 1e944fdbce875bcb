internal import Glibc
internal import HTTP
internal import HTTP2
internal import Reactor
internal import TLS
internal import Testing

/// A folder with a certificate for `localhost` and 127.0.0.1, made anew by `openssl`.
struct Certificates: Sendable {
  let folder: String

  var certificate: String { folder + "/cert.pem" }
  var key: String { folder + "/key.pem" }
  var otherKey: String { folder + "/other.pem" }
  /// What signs ``client``, in one file with its key.
  var clientAuthority: String { folder + "/ca.pem" }
  var client: String { folder + "/client.pem" }
  /// A client's that nobody has signed.
  var stranger: String { folder + "/stranger.pem" }
  var server: TLSServerConfiguration {
    TLSServerConfiguration(certificatePath: certificate, keyPath: key)
  }

  /// Makes ``clientAuthority``, ``client`` and ``stranger``.
  func addClients() async {
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    let made = await shell(
      "cd \(folder) && exec 2>/dev/null"
        + " && openssl req -x509 \(key) -keyout ca.key -out ca.pem -days 2 -subj /CN=ca"
        + " && openssl req \(key) -keyout client.key -out client.csr"
        + " -subj '/O=Klinke/CN=worker-7'"
        + " && printf 'subjectAltName=DNS:worker-7.internal,URI:spiffe://klinke/worker' > names"
        + " && openssl x509 -req -in client.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
        + " -extfile names -out client.crt && cat client.crt client.key > client.pem"
        + " && openssl req -x509 \(key) -keyout s.key -out s.crt -days 2 -subj /CN=stranger"
        + " && cat s.crt s.key > stranger.pem")
    #expect(made.status == 0)
  }

  /// Puts another certificate and key into the place of those there.
  func replace() async {
    let made = await shell(
      "cd \(folder) && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        + " -keyout key.pem -out cert.pem -days 2 -subj /CN=second"
        + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null")
    #expect(made.status == 0)
  }

  static func with(_ body: (Certificates) async throws -> Void) async throws {
    let folder = await shell("mktemp -d /tmp/klinke-tls-XXXXXX").output.split(separator: "\n")
    let certificates = Certificates(folder: String(try #require(folder.first)))
    let made = await shell(
      "cd \(certificates.folder) && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
        + " -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost"
        + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null"
        + " && openssl genpkey -algorithm ed25519 -out other.pem 2>/dev/null")
    #expect(made.status == 0)
    try await body(certificates)
    _ = await shell("rm -rf \(certificates.folder)")
  }
}

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
