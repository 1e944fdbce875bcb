internal import Reactor
internal import Testing

@testable internal import klinked

@Suite("The address of a server that is followed")
struct ListenAddressTests {
  @Test(
    "is the setting's however it is spelled",
    arguments: [
      ("127.0.0.1:8080", "127.0.0.1:8080", true), ("127.0.0.1:0", "127.0.0.1:8080", true),
      ("localhost:8080", "127.0.0.1:8080", true), ("[::0]:8080", "[::]:8080", true),
      ("*:8080", "[::]:8080", true), ("[0:0::0:1]:8080", "[::1]:8080", true),
      ("127.0.0.1:8081", "127.0.0.1:8080", false), ("127.0.0.2:8080", "127.0.0.1:8080", false),
      ("0.0.0.0:8080", "[::]:8080", false), ("unix:/a", "unix:/a", true),
      ("unix:/a", "unix:/b", false), ("unix:/a", "127.0.0.1:8080", false),
    ])
  func spelling(setting: String, address: String, isSame: Bool) throws {
    let setting = try ListenAddress(setting)
    let address = try ListenAddress(address)
    #expect(setting.mayBe(address) == isSame)
  }
}
