internal import Reactor
internal import TestSupport
internal import Testing

@testable internal import Redis

@Suite("Redis", .timeLimit(.minutes(5)))
struct RedisTests {
  private func withRedis(_ body: (Redis, EventLoopGroup) async throws -> Void) async throws {
    let server = try await TestServer.running()
    let redis = try Redis(url: server.redisURL, group: server.group)
    try await body(redis, server.group)
    await redis.close()
  }

  @Test("answers a ping and keeps what it is given, byte for byte")
  func roundTrip() async throws {
    try await withRedis { redis, _ in
      try await redis.ping()
      let value: [UInt8] = [0, 13, 10, 36, 255]
      let key = Array("round-trip".utf8)
      _ = try await redis.command([Array("SET".utf8), key, value])
      #expect(try await redis.command("GET", "round-trip") == .bytes(value))
      #expect(try await redis.command("GET", "absent") == .null)
      #expect(
        try await redis.command("EVAL", "return {1, 'a', {2}}", "0")
          == .array([.integer(1), .bytes([97]), .array([.integer(2)])]))
    }
  }

  @Test("1,000 commands at once are each answered with their own reply")
  func many() async throws {
    try await withRedis { redis, _ in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<1000 {
          group.addTask { try await redis.command("ECHO", "\(index)").text == "\(index)" }
        }
        for try await isOwn in group { #expect(isOwn) }
      }
    }
  }

  @Test("a refusal is thrown and harms nobody else")
  func refused() async throws {
    try await withRedis { redis, _ in
      await #expect {
        _ = try await redis.command("NOSUCH")
      } throws: {
        guard case .server(let text)? = $0 as? RedisError else { return false }
        return text.hasPrefix("ERR")
      }
      try await redis.ping()
    }
  }

  @Test("a command ends at its deadline, and those after it are answered")
  func deadline() async throws {
    try await withRedis { redis, group in
      let loop = group.loops[0]
      try await Task(executorPreference: loop) {
        await #expect(throws: RedisError.timeout) {
          _ = try await redis.command(
            "BLPOP", "nothing", "0.2", deadline: .now + .milliseconds(50))
        }
        try await redis.ping()
      }.value
    }
  }

  @Test("a killed connection is made anew")
  func reconnects() async throws {
    try await withRedis { redis, group in
      let loop = group.loops[0]
      try await Task(executorPreference: loop) {
        let id = try #require(try await redis.command("CLIENT", "ID").integer)
        // The reply to the one that kills itself may or may not come out before the end.
        _ = try? await redis.command("CLIENT", "KILL", "ID", "\(id)", "SKIPME", "no")
        while true {
          do {
            #expect(try await redis.command("CLIENT", "ID").integer != id)
            return
          } catch RedisError.connectionLost {
            try await loop.sleep(until: .now + .milliseconds(5))
          }
        }
      }.value
    }
  }

  @Test("an absent server is an error at once")
  func absent() async throws {
    let server = try await TestServer.running()
    let redis = try Redis(url: "unix:///tmp/klinke-no-such.sock", group: server.group)
    await #expect(throws: RedisError.connectionLost) { try await redis.ping() }
    await redis.close()
    await #expect(throws: RedisError.closed) { try await redis.ping() }
  }

  @Test(
    "reads URLs",
    arguments: [
      ("redis://localhost", .tcp(host: "localhost", port: 6379), []),
      ("redis://h:7000/2", .tcp(host: "h", port: 7000), [["SELECT", "2"]]),
      ("redis://:s%40c@h:1", .tcp(host: "h", port: 1), [["AUTH", "s@c"]]),
      ("redis://u:p@[::1]:1/0", .tcp(host: "::1", port: 1), [["AUTH", "u", "p"]]),
      ("unix:///a%20b/c.sock", .unix(path: "/a b/c.sock"), []),
    ] as [(String, RedisURL.Place, [[String]])])
  func urls(text: String, place: RedisURL.Place, greeting: [[String]]) throws {
    let url = try RedisURL(text)
    #expect(url.place == place)
    #expect(url.greeting == greeting)
  }

  @Test(
    "refuses what is no URL of a Redis server",
    arguments: [
      "", "localhost:6379", "rediss://h", "redis://", "redis://h:x", "redis://h/x", "redis://u@h",
      "unix://", "unix://relative", "redis://:%zz@h",
    ])
  func malformed(text: String) {
    #expect(throws: RedisError.malformedURL) { try RedisURL(text) }
  }
}
