internal import Foundation
internal import HTTP
internal import Testing

@testable internal import HTTP2

/// Every limit has a setting, a cause for counter and log, and a row in the documentation.
@Suite("List of limits")
struct LimitListTests {
  /// These are set by names of their own.
  private static let others: Set<String> = ["idleTimeout", "life", "floods"]
  /// At these someone waits and nothing is refused.
  private static let waits: Set<String> = ["response_bytes", "connection_response_bytes"]

  private static func values(_ limits: HTTPLimits) -> [String: String] {
    let own = Mirror(reflecting: limits).children.filter { !others.contains($0.label ?? "") }
    let floods = Mirror(reflecting: limits.floods).children
    return Dictionary(
      uniqueKeysWithValues: (Array(own) + floods).map { ($0.label ?? "", "\($0.value)") })
  }

  @Test("each limit is changed by one setting, and each setting changes one limit")
  func settings() {
    let defaults = Self.values(HTTPLimits())
    var changed: [String] = []
    for setting in HTTPLimits.settings {
      var limits = HTTPLimits()
      let isAllowance = setting.value(limits).contains("/")
      let problems = limits.set("\(setting.name)=\(isAllowance ? "77777/888" : "77777")")
      #expect(problems.isEmpty)
      let differing = Self.values(limits).filter { defaults[$0.key] != $0.value }.map(\.key)
      #expect(differing.count == 1, "\(setting.name) changes \(differing)")
      changed += differing
    }
    #expect(Set(changed) == Set(defaults.keys))
    #expect(changed.count == defaults.count)
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized

  /// The causes that the documentation gives for each limit.
  private static func documented() throws -> [String: [String]] {
    let page = root.appending(path: "docs/configuration.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    var causes: [String: [String]] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4 else { continue }
      let names = cells[3].split(separator: "`").enumerated().filter { $0.offset % 2 == 0 }
      causes[cells[0].filter { $0 != "`" }] =
        cells[3] == "–" ? [] : names.map { String($0.element) }
    }
    return causes
  }

  @Test("each limit has a cause, which the sources count and log")
  func causes() throws {
    let causes = try Self.documented()
    #expect(Set(causes.keys) == Set(HTTPLimits.settings.map(\.name)))
    #expect(Set(causes.filter { $0.value.isEmpty }.keys) == Self.waits)
    var sources = ""
    for folder in ["Sources/Net/HTTP", "Sources/Net/HTTP2"] {
      let files = try FileManager.default.contentsOfDirectory(
        at: Self.root.appending(path: folder), includingPropertiesForKeys: nil)
      for file in files where file.pathExtension == "swift" {
        sources += try String(contentsOf: file, encoding: .utf8)
      }
    }
    for (limit, causes) in causes {
      for cause in causes {
        let isNamed =
          sources.contains("\"\(cause)\"") || ConnectionLife.Cause(rawValue: cause) != nil
          || cause.hasPrefix("http1_") && sources.contains("\"http1_\\(status)\"")
        #expect(isNamed, "\(limit) is refused as \(cause), of which the sources know nothing")
      }
    }
  }
}
