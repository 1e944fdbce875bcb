internal import Gateway
internal import HTTP
internal import RPC
internal import Testing

@Suite("DoorDispatch")
struct DoorDispatchTests {
  private struct Named: HTTPHandler {
    let name: String

    func handle(_ exchange: HTTPExchange) async {
      exchange.respond(status: 200, body: Array(name.utf8))
    }
  }

  @Test("chooses the door by content type and path")
  func dispatch() async throws {
    let hook = MethodInfo(
      service: "s", name: "Hook", requestType: "r", responseType: "r",
      policy: MethodPolicy(access: .webhook, scope: .none),
      routes: [HTTPRoute(.post, "/hook", body: .all)],
      webhook: WebhookInfo(provider: "p", payload: .form))
    let door = DoorDispatch(
      grpc: Named(name: "grpc"), webhooks: Named(name: "webhooks"), rest: Named(name: "rest"),
      methods: [hook])
    try await DoorHarness.with(door) { door in
      func name(_ target: String, _ type: String) async -> String {
        await door.send("POST", target, "x", fields: ["content-type": type]).text
      }
      #expect(await name("/s/Hook", "application/grpc") == "grpc")
      #expect(await name("/s/Hook", "application/grpc+proto;x") == "grpc")
      #expect(await name("/s/Hook", "application/grpc-web") == "rest")
      #expect(await name("/hook?a=b", "application/x-www-form-urlencoded") == "webhooks")
      #expect(await name("/hooks", "application/json") == "rest")
    }
  }
}
