internal import HTTP
internal import HTTP2
internal import Reactor
internal import TestHarness
internal import Testing

@Suite("HTTPServerSnapshot", .timeLimit(.minutes(5)))
struct ServerSnapshotTests {
  private static let request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n"

  @Test("tells of the connections that are asked for, and of no other")
  func scopes() async throws {
    try await withServer(loops: 2, handler: mirror) { server in
      let before = await server.server.snapshot(.none)
      #expect(before.loops.allSatisfy { $0.lastStarted == nil })
      var clients: [RawClient] = []
      for _ in 0..<8 {
        let client = try await RawClient(server)
        client.send(Self.request)
        _ = await client.read(until: "x-target")
        clients.append(client)
      }
      func loops(_ scope: HTTPServerSnapshot.Scope) async -> [[Int]] {
        await server.server.snapshot(scope).loops.map { $0.connections.map(\.id) }
      }
      let all = await loops(.page(from: 0, countMax: 100))
      let numbers = all.flatMap(\.self).sorted()
      #expect(numbers.count == clients.count)
      let none = await loops(.none)
      #expect(none == [[], []])
      for number in numbers {
        let one = await loops(.one(number))
        #expect(one.flatMap(\.self) == [number])
        let page = await loops(.page(from: number, countMax: 2))
        #expect(page == all.map { Array($0.filter { $0 >= number }.prefix(2)) })
      }
      let after = await server.server.snapshot(.none)
      #expect(after.loops.contains { $0.lastStarted != nil })
      let loads = await server.server.loads()
      #expect(loads.map(\.connections) == all.map(\.count))
      #expect(loads.allSatisfy { $0.secureConnections == 0 && $0.streams == 0 })
      withExtendedLifetime(clients) {}
    }
  }
}
