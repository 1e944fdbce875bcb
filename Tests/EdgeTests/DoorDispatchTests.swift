@testable internal import Gateway
internal import HTTP
internal import RPC
internal import Reactor
internal import TestHarness
internal import Testing

@Suite("DoorDispatch", .timeLimit(.minutes(5)))
struct DoorDispatchTests {
  private struct Named: HTTPTaskHandler {
    let name: String

    func handle(_ exchange: HTTPExchange) async {
      exchange.respond(status: 200, body: Array(name.utf8))
    }
  }

  @Test(
    "a refused request whose client asks before it sends its body is not asked for it",
    arguments: [true, false])
  func expectation(asks: Bool) async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let door = try Library().doors()
    let connection = FakeConnection()
    let exchange = HTTPExchange(
      head: HTTPRequestHead(
        method: "POST", target: "/v1/nothing", fields: asks ? ["expect": "100-continue"] : [:],
        peer: "test"), loop: loop, driver: connection)
    await loop.run { exchange.run(door) }
    if !asks {
      try await until { connection.wanted.count > 0 }
      await loop.run { exchange.receivedEnd() }
    }
    await connection.hasReturned.wait()
    #expect(connection.wanted.count == (asks ? 0 : 1))
    #expect(await Answer(taking: exchange).status == 404)
  }

  @Test(
    "chooses the door by content type and path",
    arguments: [
      ("/klinke.test.Library/List", "application/grpc", "grpc"),
      ("/klinke.test.Library/List", "application/grpc+proto;x", "grpc"),
      ("/api/books", "application/grpc", "grpc"),
      ("/klinke.test.Library/List", "application/grpc-web", "web"),
      ("/klinke.test.Library/List", "application/grpc-webx", "web"),
      ("/klinke.test.Library/List", "Application/gRPC-Web-Text", "web"),
      ("/hook?a=b", "application/x-www-form-urlencoded", "webhooks"),
      ("/hooks", "application/json", "rest"),
      ("/klinke.test.Library/List", "application/json", "connect"),
      ("/klinke.test.Library/List", "text/plain", "connect"),
      ("/klinke.test.Library/Nothing", "application/json", "connect"),
      ("/other.Service/Method", "application/proto", "connect"),
      ("/other.Service/Method", "application/connect+json", "connect"),
      ("/other.Service/Method", "application/json", "rest"),
      ("/.well-known/x", "application/json", "rest"), ("/api/books", "application/json", "rest"),
      ("/openapi.json", "application/json", "rest"), ("/", "", "rest"),
    ])
  func dispatch(target: String, type: String, expected: String) async throws {
    let hook = MethodInfo(
      service: "s", name: "Hook", requestType: "r", responseType: "r",
      policy: MethodPolicy(access: .webhook, scope: .none),
      routes: [HTTPRoute(.post, "/hook", body: .all)],
      webhook: WebhookInfo(provider: "p", payload: .form))
    let door = DoorDispatch(
      grpc: Named(name: "grpc"), grpcWeb: Named(name: "web"),
      connect: ConnectDoor(router: Library().router, pool: libraryPool),
      webhooks: Named(name: "webhooks"), rest: Named(name: "rest"), methods: [hook])
    try await DoorHarness.with(door) { door in
      let answer = await door.send("POST", target, "x", fields: ["content-type": type])
      // An error as Connect writes it, alone or as the end of a stream.
      let isConnect = answer.text.contains("\"code\":\"")
      #expect((isConnect ? "connect" : answer.text) == expected)
    }
  }
}
