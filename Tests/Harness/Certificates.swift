package import TLS

/// A folder with a certificate for `localhost` and 127.0.0.1, made anew by `openssl`.
package struct Certificates: Sendable {
  private static let newKey = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
  private static let names = "subjectAltName=DNS:localhost,IP:127.0.0.1"

  package let folder: String

  package var certificate: String { folder + "/cert.pem" }
  package var key: String { folder + "/key.pem" }
  package var otherKey: String { folder + "/other.pem" }
  /// What ``certificate`` was until 2020.
  package var expired: String { folder + "/expired.pem" }
  /// What signs ``client``, in one file with its key.
  package var clientAuthority: String { folder + "/ca.pem" }
  package var client: String { folder + "/client.pem" }
  /// A client's that nobody has signed.
  package var stranger: String { folder + "/stranger.pem" }

  package var server: TLSServerConfiguration {
    TLSServerConfiguration(certificatePath: certificate, keyPath: key)
  }

  /// Runs a test with ``certificate``, ``key`` and ``otherKey``.
  package static func with(_ body: (Certificates) async throws -> Void) async throws {
    try await withFolder("tls") { folder in
      let certificates = Certificates(folder: folder)
      try await certificates.make(
        """
        openssl req -x509 \(newKey) -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost \
          -addext \(names)
        openssl genpkey -algorithm ed25519 -out other.pem
        """)
      try await body(certificates)
    }
  }

  /// Makes ``clientAuthority``, ``client`` and ``stranger``.
  package func addClients() async throws {
    try await make(
      """
      openssl req -x509 \(Self.newKey) -keyout ca.key -out ca.pem -days 2 -subj /CN=ca
      openssl req \(Self.newKey) -keyout client.key -out client.csr -subj '/O=Klinke/CN=worker-7'
      printf 'subjectAltName=DNS:worker-7.internal,URI:spiffe://klinke/worker' > names
      openssl x509 -req -in client.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
        -extfile names -out client.crt
      cat client.crt client.key > client.pem
      openssl req -x509 \(Self.newKey) -keyout s.key -out s.crt -days 2 -subj /CN=stranger
      cat s.crt s.key > stranger.pem
      """)
  }

  /// Makes ``expired``; `openssl req` knows no date of the past, `openssl ca` does.
  package func addExpired() async throws {
    try await make(
      """
      openssl req -new -key key.pem -subj /CN=localhost -out request.pem
      mkdir ca; touch ca/index; echo 01 > ca/serial
      printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=ca/index\\nserial=ca/serial\\n' > ca.cnf
      printf 'new_certs_dir=ca\\ndefault_md=sha256\\npolicy=p\\nx509_extensions=x\\n' >> ca.cnf
      printf '[p]\\ncommonName=supplied\\n[x]\\n\(Self.names)\\n' >> ca.cnf
      openssl ca -batch -config ca.cnf -selfsign -keyfile key.pem -in request.pem \
        -out expired.pem -startdate 20200101000000Z -enddate 20200201000000Z -notext
      """)
  }

  /// Puts another certificate and key into the place of those there.
  package func replace() async throws {
    try await make(
      """
      openssl req -x509 \(Self.newKey) -keyout key.pem -out cert.pem -days 2 -subj /CN=second \
        -addext \(Self.names)
      """)
  }

  private func make(_ commands: String) async throws {
    _ = try await Self.run("set -e; cd \(folder); exec 2>&1\n\(commands)")
  }

  private static func run(_ commands: String) async throws -> String {
    let made = await shell(commands)
    guard made.status == 0 else { throw Failed(output: made.output) }
    return made.output
  }

  private struct Failed: Error {
    let output: String
  }
}
