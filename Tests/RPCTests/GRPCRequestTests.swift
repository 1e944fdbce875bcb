internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Testing

@Suite("GRPCRequest")
struct GRPCRequestTests {
  private func parse(
    _ fields: [(String, String)], method: String = "POST",
    contentType: String? = "application/grpc", version: HTTPVersion = .http2
  ) -> GRPCRequest {
    var all = HTTPFields()
    if let contentType { all.add("content-type", contentType) }
    for (name, value) in fields { all.add(name, value) }
    return GRPCRequest(
      HTTPRequestHead(
        method: method, scheme: "http", authority: "localhost", target: "/a.B/C", fields: all,
        peer: "test", version: version))
  }

  @Test("keeps custom metadata and the count of attempts, and drops what is the protocol's own")
  func metadata() throws {
    let request = parse([
      ("te", "trailers"), ("grpc-timeout", "5S"), ("user-agent", "grpc-c/1"), ("x-a", "1"),
      ("grpc-accept-encoding", "gzip"), ("x-b-bin", "q6ur"), ("x-a", "2"),
      ("grpc-encoding", "identity"), ("grpc-previous-rpc-attempts", "2"),
    ])
    guard case .call(let call) = request else {
      Issue.record("refused: \(request)")
      return
    }
    #expect(call.timeout == .seconds(5))
    #expect(
      call.metadata.entries.map(\.name)
        == ["user-agent", "x-a", "x-b-bin", "x-a", "grpc-previous-rpc-attempts"])
  }

  @Test(
    "the content type decides whose request it is",
    arguments: [
      ("application/grpc", true), ("application/grpc+proto", true), ("APPLICATION/GRPC", true),
      ("application/grpc;charset=utf-8", true), ("application/grpc+proto; v=1", true),
      ("application/grpcfoo", false), ("application/grpc-web", false),
      ("application/grpc-web+proto", false), ("application/json", false), ("", false),
      ("application/grpc+json", false),
    ])
  func contentType(text: String, isOurs: Bool) {
    switch parse([], contentType: text) {
    case .call: #expect(isOurs)
    case .refuse(let status, _, _): #expect(!isOurs && status == 415)
    case .fail: Issue.record("\(text) failed")
    }
  }

  @Test("no content type is 415, GET is 405, HTTP/1.1 is 505")
  func refusals() {
    let requests = [
      (parse([], contentType: nil), 415), (parse([], method: "GET"), 405),
      (parse([], version: .http1), 505),
    ]
    for (request, expected) in requests {
      guard case .refuse(let status, _, _) = request else {
        Issue.record("taken: \(request)")
        continue
      }
      #expect(status == expected)
    }
  }

  @Test(
    "a malformed call fails with a status",
    arguments: [
      ("grpc-timeout", "1s", .internal), ("grpc-timeout", "999999999S", .internal),
      ("x-b-bin", "!", .internal), ("x-b-bin", "q6ur,!", .internal),
      ("grpc-encoding", "snappy", .unimplemented), ("grpc-encoding", "br", .unimplemented),
    ] as [(String, String, RPCCode)])
  func failures(name: String, value: String, code: RPCCode) {
    guard case .fail(let error) = parse([(name, value)]) else {
      Issue.record("taken")
      return
    }
    #expect(error.code == code)
    let fields = GRPCFields.trailersOnly(error, Metadata())
    let accepted = name == "grpc-encoding" ? "identity,gzip,deflate" : nil
    #expect(fields["grpc-accept-encoding"] == accepted)
    #expect(fields["grpc-status"] == String(code.rawValue))
  }
}
