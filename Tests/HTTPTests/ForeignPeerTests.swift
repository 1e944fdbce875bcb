internal import Glibc
internal import HTTP
internal import HTTP2
internal import Reactor
internal import TestHarness
internal import Testing

@Suite("Foreign peers", .timeLimit(.minutes(2)))
struct ForeignPeerTests {
  @Test("curl posts over both protocols on one port")
  func curl() async throws {
    try await withServer(loops: 2, handler: mirror) { server in
      for option in ["--http1.1", "--http1.0", "--http2-prior-knowledge"] {
        let posted = await shell(
          "head -c 2000000 /dev/zero | curl -sS \(option) --data-binary @- -w '%{response_code}'"
            + " http://127.0.0.1:\(server.port)/x | tail -c 3")
        #expect(posted.output == "200")
      }
    }
  }

  @Test("curl over a Unix socket")
  func unixSocket() async throws {
    let path = TemporaryFolders.path("http")
    try await withServer(loops: 2, address: .unix(path: path), handler: mirror) { server in
      for _ in 0..<3 {
        let got = await shell("curl -sS --unix-socket \(path) -d abc http://localhost/")
        #expect(got.output == "abc")
      }
      let client = HTTP2Client(loop: server.group.loops[0], target: .unix(path: path))
      let stream = try await client.request(
        method: "GET", target: "/", deadline: .now + .seconds(20))
      #expect(try await stream.response().fields["x-authority"] == "localhost")
    }
    #expect(unsafe access(path, F_OK) != 0)
  }

  @Test("nghttp sends trailers and reads ours")
  func nghttp() async throws {
    try await withServer(handler: { exchange in
      let body = try? await exchange.collectBody(limit: 1_000_000)
      exchange.start(status: 200, fields: [:])
      try? await exchange.write(Array(String(body?.count ?? -1).utf8))
      exchange.finish(trailers: ["x-end": "yes"])
    }) { server in
      let got = await shell(
        "head -c 100000 /dev/zero | nghttp -v --trailer 'x-mine: 1' -d - "
          + "http://127.0.0.1:\(server.port)/")
      #expect(got.output.contains("x-end: yes"))
      #expect(got.output.contains("100000"))
    }
  }

  @Test("h2load has no failed request on many connections and streams")
  func h2load() async throws {
    try await withServer(loops: 2, handler: mirror) { server in
      let got = await shell(
        "h2load -n 5000 -c 20 -m 50 -d /etc/hostname http://127.0.0.1:\(server.port)/ 2>&1")
      #expect(got.output.contains("5000 succeeded, 0 failed, 0 errored"))
    }
  }

  @Test("a taken port and a taken Unix path are told")
  func portTaken() async throws {
    try await withServer(handler: mirror) { server in
      let second = HTTPServer(
        group: server.group, address: server.address, handler: ClosureHandler(body: mirror))
      await #expect(throws: HTTPServerError.socket(.portTaken(server.address))) {
        try await second.start()
      }
    }
  }
}
