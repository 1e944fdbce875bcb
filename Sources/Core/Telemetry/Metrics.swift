private import Synchronization

/// Every measurement of the process, by name and labels.
///
/// Asking for the same name and labels again gives the same instrument, so a hot path asks once
/// and keeps it.
package final class Metrics: Sendable {
  private let families = Mutex<[String: Family]>([:])

  package init() {}

  /// A number that only grows. The name ends in `_total`.
  package func counter(
    _ name: String, help: String, labels: [String: String] = [:]
  ) -> Counter {
    instrument(name, help: help, labels: labels, make: Counter.init)
  }

  /// A number that goes up and down.
  package func gauge(
    _ name: String, help: String, labels: [String: String] = [:]
  ) -> Gauge {
    instrument(name, help: help, labels: labels, make: Gauge.init)
  }

  /// How values are distributed over `buckets` (upper bounds, ascending).
  package func histogram(
    _ name: String, help: String, labels: [String: String] = [:],
    buckets: [Double] = Histogram.seconds
  ) -> Histogram {
    instrument(name, help: help, labels: labels) { Histogram(buckets: buckets) }
  }

  /// All instruments in the text format of Prometheus, sorted by name and labels.
  package func renderPrometheus() -> String {
    let families = families.withLock { $0 }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind)\n"
      for (labels, instrument) in family.instruments.sorted(by: { $0.key < $1.key }) {
        instrument.render(name: name, labels: labels, into: &text)
      }
    }
    return text
  }

  private func instrument<I: Instrument>(
    _ name: String, help: String, labels: [String: String], make: () -> I
  ) -> I {
    let key = Self.render(labels)
    return families.withLock { families in
      var family = families[name] ?? Family(help: help, kind: I.kind, instruments: [:])
      if let known = family.instruments[key] {
        guard let known = known as? I else {
          preconditionFailure("metric \(name) is a \(family.kind) and a \(I.kind)")
        }
        return known
      }
      precondition(family.kind == I.kind, "one metric name is used for two kinds")
      let made = make()
      family.instruments[key] = made
      families[name] = family
      return made
    }
  }

  private static func render(_ labels: [String: String]) -> String {
    labels.sorted { $0.key < $1.key }
      .map { name, value in "\(name)=\"\(escape(value))\"" }
      .joined(separator: ",")
  }

  private static func escape(_ value: String) -> String {
    var escaped = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// All instruments of one name; they differ in their labels.
  private struct Family {
    let help: String
    let kind: String
    var instruments: [String: any Instrument]
  }
}

/// What the registry needs from a counter, gauge or histogram.
protocol Instrument: Sendable {
  static var kind: String { get }

  func render(name: String, labels: String, into text: inout String)
}
