internal import CodegenCompare
internal import CodegenSchema
internal import Testing

/// Scratch copies of a contract, each with one change that has to be named.
@Suite("Compatibility")
struct CompatibilityTests {
  @Test("says nothing about the same contract")
  func same() throws {
    #expect(try changes(CompatibilityCases.contract, CompatibilityCases.contract) == [])
  }

  @Test("names messages and fields", arguments: CompatibilityCases.fields)
  func fields(change: CompatibilityCase) throws { try check(change) }

  @Test("names routes, policies, webhooks and commands", arguments: CompatibilityCases.methods)
  func methods(change: CompatibilityCase) throws { try check(change) }

  @Test("names what came and went as a whole")
  func whole() throws {
    let more =
      CompatibilityCases.contract + "\nmessage Other {}\nenum Kind { KIND_UNSPECIFIED = 0; }"
    #expect(
      try changes(CompatibilityCases.contract, more) == [
        "compatible: test.v1.Kind: enum was added", "compatible: test.v1.Other: message was added",
      ])
    #expect(
      try changes(more, CompatibilityCases.contract) == [
        "breaking: test.v1.Kind: enum was removed", "breaking: test.v1.Other: message was removed",
      ])
  }

  // MARK: Comparing

  private func check(_ change: CompatibilityCase) throws {
    let parts = CompatibilityCases.contract.split(
      separator: change.old, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "the contract has not exactly one \(change.old)")
    #expect(
      try changes(CompatibilityCases.contract, parts.joined(separator: change.new)) == change.said)
  }

  private func changes(_ old: String, _ new: String) throws -> [String] {
    let modules = try ModuleMap(
      text: "package test.v1 TestAPI Tests strict commands=Test", path: "modules.txt")
    return ContractComparison(
      from: Schema(files: try Protoc.files(old), modules: modules),
      to: Schema(files: try Protoc.files(new), modules: modules)
    ).changes.map(\.description)
  }
}
