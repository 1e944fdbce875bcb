private import Synchronization

/// A number that only grows.
package final class Counter: Instrument {
  static let kind = "counter"
  private let storage = Atomic<Int>(0)

  init() {}

  package var value: Int { storage.load(ordering: .relaxed) }

  package func add(_ amount: Int = 1) {
    storage.wrappingAdd(amount, ordering: .relaxed)
  }

  func render(name: String, labels: String, into text: inout String) {
    text += sample(name, labels, String(value))
  }
}

/// A number that goes up and down.
package final class Gauge: Instrument {
  static let kind = "gauge"
  private let storage = Atomic<Int>(0)

  init() {}

  package var value: Int { storage.load(ordering: .relaxed) }

  package func set(_ value: Int) { storage.store(value, ordering: .relaxed) }

  package func add(_ amount: Int) { storage.wrappingAdd(amount, ordering: .relaxed) }

  func render(name: String, labels: String, into text: inout String) {
    text += sample(name, labels, String(value))
  }
}

/// Counts values in buckets.
package final class Histogram: Instrument {
  static let kind = "histogram"

  /// Bounds for the time of a request, from 100 µs to 10 s.
  package static let seconds: [Double] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    10,
  ]

  private let buckets: [Double]
  private let state: Mutex<State>

  private struct State {
    /// One count per bucket and a last one for values above all bounds.
    var counts: [Int]
    var sum: Double
  }

  init(buckets: [Double]) {
    self.buckets = buckets
    state = Mutex(State(counts: Array(repeating: 0, count: buckets.count + 1), sum: 0))
  }

  package func observe(_ value: Double) {
    let index = buckets.firstIndex { value <= $0 } ?? buckets.count
    state.withLock { state in
      state.counts[index] += 1
      state.sum += value
    }
  }

  package func observe(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    observe(Double(seconds) + Double(attoseconds) / 1e18)
  }

  /// One count per bound and a last one for values above all bounds.
  package var counts: [Int] { state.withLock { $0.counts } }

  /// The value below which a share of what was counted lies, between the two bounds of its bucket in
  /// proportion; nil when nothing was counted. Above the last bound it is that bound.
  package static func quantile(
    _ share: Double, counts: [Int], bounds: [Double] = Histogram.seconds
  ) -> Double? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let rank = share * Double(total)
    var below = 0.0
    for (index, count) in counts.enumerated() where count > 0 {
      guard index < bounds.count else { break }
      if below + Double(count) >= rank {
        let lower = index == 0 ? 0 : bounds[index - 1]
        return lower + (bounds[index] - lower) * (rank - below) / Double(count)
      }
      below += Double(count)
    }
    return bounds.last
  }

  func render(name: String, labels: String, into text: inout String) {
    let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
    let prefix = labels.isEmpty ? "" : labels + ","
    var total = 0
    for (bound, count) in zip(buckets, counts) {
      total += count
      text += sample(name + "_bucket", prefix + "le=\"\(bound)\"", String(total))
    }
    total += counts[buckets.count]
    text += sample(name + "_bucket", prefix + "le=\"+Inf\"", String(total))
    text += sample(name + "_sum", labels, String(sum))
    text += sample(name + "_count", labels, String(total))
  }
}

private func sample(_ name: String, _ labels: String, _ value: String) -> String {
  labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
}
