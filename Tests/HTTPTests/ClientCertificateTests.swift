internal import HTTP
internal import HTTP2
internal import Reactor
internal import TLS
internal import TestHarness
internal import Testing

@Suite("Certificates of clients, and new ones of the server", .timeLimit(.minutes(1)))
struct ClientCertificateTests {
  private var soon: ContinuousClock.Instant { .now + .seconds(20) }

  /// Says who the peer is.
  @Sendable private static func whoAmI(_ exchange: HTTPExchange) async {
    guard let identity = exchange.head.identity else {
      return exchange.respond(status: 200, body: Array("nobody".utf8))
    }
    let text = ([identity.subject] + identity.names).joined(separator: " ")
    exchange.respond(
      status: 200, fields: ["x-fingerprint": identity.fingerprint], body: Array(text.utf8))
  }

  private func answer(
    _ server: RunningServer, _ certificates: Certificates, with own: String?
  ) async throws -> String {
    let tls = TLSClientConfiguration(
      authoritiesPath: certificates.certificate, certificatePath: own)
    let client = server.client(tls: tls)
    let stream = try await client.request(method: "GET", target: "/", deadline: soon)
    let body = text(try await stream.collectBody(limit: 1_000))
    await client.close()
    return body
  }

  @Test("a handler sees whom a certificate belongs to")
  func required() async throws {
    try await Certificates.with { certificates in
      try await certificates.addClients()
      var tls = certificates.server
      tls.clientCertificates = .required(authoritiesPath: certificates.clientAuthority)
      try await withServer(tls: tls, handler: Self.whoAmI) { server in
        let known = try await answer(server, certificates, with: certificates.client)
        #expect(known == "CN=worker-7,O=Klinke DNS:worker-7.internal URI:spiffe://klinke/worker")
        for own in [nil, certificates.stranger] {
          await #expect(throws: HTTPClientError.self) {
            try await answer(server, certificates, with: own)
          }
        }
      }
    }
  }

  @Test("a client without a certificate comes in where it is optional, one with a bad one does not")
  func optional() async throws {
    try await Certificates.with { certificates in
      try await certificates.addClients()
      var tls = certificates.server
      tls.clientCertificates = .optional(authoritiesPath: certificates.clientAuthority)
      try await withServer(tls: tls, handler: Self.whoAmI) { server in
        let known = try await answer(server, certificates, with: certificates.client)
        #expect(known.hasPrefix("CN=worker-7"))
        #expect(try await answer(server, certificates, with: nil) == "nobody")
        await #expect(throws: HTTPClientError.self) {
          try await answer(server, certificates, with: certificates.stranger)
        }
      }
    }
  }

  @Test("HTTP/1.1 tells of the certificate as well, with the fingerprint that openssl computes")
  func curl() async throws {
    try await Certificates.with { certificates in
      try await certificates.addClients()
      var tls = certificates.server
      tls.clientCertificates = .required(authoritiesPath: certificates.clientAuthority)
      try await withServer(tls: tls, handler: Self.whoAmI) { server in
        let answer = await shell(
          "curl -sSi --http1.1 --cacert \(certificates.certificate) -E \(certificates.client)"
            + " https://localhost:\(server.port)/")
        #expect(answer.output.contains("CN=worker-7,O=Klinke"))
        let fingerprint = await shell(
          "openssl x509 -in \(certificates.client) -outform DER | sha256sum | cut -c 1-64"
            + " | tr -d '\\n'"
        ).output
        #expect(fingerprint.utf8.count == 64)
        #expect(answer.output.contains("x-fingerprint: \(fingerprint)"))
      }
    }
  }

  @Test("a server does not start without the authorities it is to trust")
  func badAuthorities() async throws {
    try await Certificates.with { certificates in
      var tls = certificates.server
      for (path, reason) in [
        ("/nowhere.pem", "No such file or directory"),
        (certificates.key, "no certificate or crl found"),
      ] {
        tls.clientCertificates = .required(authoritiesPath: path)
        #expect(throws: TLSError.unusableAuthorities(path: path, reason: reason)) {
          try TLSContext(server: tls)
        }
      }
    }
  }

  @Test("a new certificate is for new connections, and a bad one changes nothing")
  func reload() async throws {
    try await Certificates.with { certificates in
      let first = certificates.folder + "/first.pem"
      _ = await shell("cp \(certificates.certificate) \(first)")
      let mayFinish = Signal()
      try await withServer(
        loops: 2, tls: certificates.server,
        handler: { exchange in
          if exchange.head.target == "/slow" { await mayFinish.wait() }
          exchange.respond(status: 200, body: Array("done".utf8))
        }
      ) { server in
        defer { mayFinish.send() }
        let old = server.client(tls: TLSClientConfiguration(authoritiesPath: first))
        let slow = try await old.request(method: "GET", target: "/slow", deadline: soon)

        try await certificates.replace()
        try await server.server.reloadCertificate()
        #expect(try await answer(server, certificates, with: nil) == "done")
        await #expect(
          throws: HTTPClientError.tls(.untrustedPeer(reason: "self-signed certificate"))
        ) {
          try await server.client(tls: TLSClientConfiguration(authoritiesPath: first))
            .request(method: "GET", target: "/", deadline: soon)
        }

        let second = certificates.folder + "/second.pem"
        _ = await shell("cp \(certificates.certificate) \(second)")
        _ = await shell("echo nonsense > \(certificates.certificate)")
        await #expect(
          throws: TLSError.unusableCertificate(
            path: certificates.certificate, reason: "no start line")
        ) {
          try await server.server.reloadCertificate()
        }
        let trusting = server.client(tls: TLSClientConfiguration(authoritiesPath: second))
        let stream = try await trusting.request(method: "GET", target: "/", deadline: soon)
        #expect(text(try await stream.collectBody(limit: 10)) == "done")

        mayFinish.send()
        #expect(text(try await slow.collectBody(limit: 10)) == "done")
        let again = try await old.request(method: "GET", target: "/", deadline: soon)
        #expect(text(try await again.collectBody(limit: 10)) == "done")
      }
    }
  }
}
