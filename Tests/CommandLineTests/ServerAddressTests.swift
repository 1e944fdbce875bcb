@testable internal import CommandLineClient
internal import Testing

@Suite("ServerAddress")
struct ServerAddressTests {
  @Test(
    "reads a URL",
    arguments: [
      ("http://127.0.0.1:8080", "127.0.0.1", 8080, false),
      ("http://a.example", "a.example", 80, false),
      ("https://a.example", "a.example", 443, true), ("https://[::1]:8443", "::1", 8443, true),
      ("http://[::1]", "::1", 80, false),
    ] as [(String, String, UInt16, Bool)])
  func reads(url: String, host: String, port: UInt16, isProtected: Bool) throws {
    let address = try ServerAddress(url)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.isProtected == isProtected)
  }

  @Test(
    "refuses what is no address of a server",
    arguments: [
      "", "a", "ftp://a", "http://", "http://:80", "http://a:", "http://a:x", "http://a:0",
      "http://a:99999", "http://a/b", "http://a:80/b", "http://u@a", "http://[::1", "http://[::1]x",
    ])
  func refuses(url: String) {
    #expect(throws: UsageError.self) { try ServerAddress(url) }
  }
}
