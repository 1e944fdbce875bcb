internal import Glibc
internal import Reactor
internal import TLS
internal import Testing

private let blocking = WorkerPool(threads: 4)

/// Runs a command and returns what it printed.
func shell(_ command: String) async -> (output: String, status: Int32) {
  await blocking.run {
    guard let stream = unsafe popen(command, "r") else { return ("", -1) }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, stream)
      guard count > 0 else { break }
      output += buffer[..<count]
    }
    return (String(decoding: output, as: UTF8.self), unsafe pclose(stream) >> 8)
  }
}

/// A folder with certificates for `localhost` and 127.0.0.1, made anew by `openssl`: one that is
/// good, one that has expired, and one of a client.
struct ServerCertificates: Sendable {
  let folder: String

  var authority: String { folder + "/cert.pem" }
  var expired: String { folder + "/expired.pem" }

  func server(
    _ certificate: String = "cert.pem",
    clients: TLSServerConfiguration.ClientCertificates = .none
  ) -> TLSServerConfiguration {
    TLSServerConfiguration(
      certificatePath: folder + "/" + certificate, keyPath: folder + "/key.pem",
      clientCertificates: clients)
  }

  static func with(_ body: (ServerCertificates) async throws -> Void) async throws {
    let made = await shell(
      """
      set -e; folder=$(mktemp -d /tmp/klinke-rpc-XXXXXX); cd "$folder"
      exec 2> log
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem \
        -out cert.pem -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1
      openssl req -new -key key.pem -subj /CN=localhost -out request.pem
      mkdir ca; touch ca/index; echo 01 > ca/serial
      printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=ca/index\\nserial=ca/serial\\n' > ca.cnf
      printf 'new_certs_dir=ca\\ndefault_md=sha256\\npolicy=p\\nx509_extensions=x\\n' >> ca.cnf
      printf '[p]\\ncommonName=supplied\\n[x]\\nsubjectAltName=DNS:localhost,IP:127.0.0.1\\n' \
        >> ca.cnf
      openssl ca -batch -config ca.cnf -selfsign -keyfile key.pem -in request.pem \
        -out expired.pem -startdate 20200101000000Z -enddate 20200201000000Z -notext
      echo "$folder"
      """)
    try #require(made.status == 0, "\(made.output)")
    let folder = String(try #require(made.output.split(separator: "\n").last))
    defer { _ = unsafe system("rm -rf \(folder)") }
    try await body(ServerCertificates(folder: folder))
  }
}
