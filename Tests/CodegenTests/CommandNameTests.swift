internal import CodegenSchema
internal import Testing

@Suite("Command names")
struct CommandNameTests {
  @Test(
    "a command is the service's noun and what is left of the method",
    arguments: [
      ("TenantService", "CreateTenant", "tenant create"),
      ("TenantService", "ListTenants", "tenant list"),
      ("AddressService", "ListAddresses", "address list"),
      ("AuthService", "WhoAmI", "auth who-am-i"),
      ("FlowService", "SaveDraft", "flow save-draft"),
      ("PhoneNumberService", "GetPhoneNumber", "phone-number get"),
    ])
  func derived(service: String, method: String, expected: String) throws {
    let text = """
      syntax = "proto3";
      package test.v1;
      message A {}
      service \(service) { rpc \(method)(A) returns (A); }
      """
    let item = try #require(try Protoc.files(text).last?.services.first)
    #expect(item.methods[0].commandPath(of: item).joined(separator: " ") == expected)
  }
}
