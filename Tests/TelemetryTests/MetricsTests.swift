private import Telemetry
internal import Testing

@Suite("Metrics")
struct MetricsTests {
  @Test("gives the same instrument for the same name and labels")
  func identity() {
    let metrics = Metrics()
    metrics.counter("a_total", help: "A.", labels: ["x": "1", "y": "2"]).add()
    metrics.counter("a_total", help: "A.", labels: ["y": "2", "x": "1"]).add(2)
    #expect(metrics.counter("a_total", help: "A.", labels: ["x": "1", "y": "2"]).value == 3)
  }

  @Test("renders the text format, sorted, with labels escaped")
  func render() {
    let metrics = Metrics()
    metrics.gauge("b", help: "B.").set(-4)
    metrics.counter("a_total", help: "A.", labels: ["p": "q\"\n"]).add(7)
    #expect(
      metrics.renderPrometheus()
        == "# HELP a_total A.\n# TYPE a_total counter\na_total{p=\"q\\\"\\n\"} 7\n"
        + "# HELP b B.\n# TYPE b gauge\nb -4\n")
  }

  @Test("a histogram counts cumulatively, bounds included")
  func histogram() {
    let metrics = Metrics()
    let histogram = metrics.histogram("h", help: "H.", buckets: [1, 2])
    for value in [1.0, 1.5, 2.0, 3.0] { histogram.observe(value) }
    #expect(
      metrics.renderPrometheus().hasSuffix(
        "h_bucket{le=\"1.0\"} 1\nh_bucket{le=\"2.0\"} 3\nh_bucket{le=\"+Inf\"} 4\n"
          + "h_sum 7.5\nh_count 4\n"))
  }
}

@Suite("Quantiles")
struct QuantileTests {
  @Test("lie within the bucket in proportion")
  func proportion() {
    let bounds: [Double] = [1, 2, 4]
    #expect(Histogram.quantile(0.5, counts: [0, 0, 0, 0], bounds: bounds) == nil)
    #expect(Histogram.quantile(0.5, counts: [10, 0, 0, 0], bounds: bounds) == 0.5)
    #expect(Histogram.quantile(0.5, counts: [0, 10, 0, 0], bounds: bounds) == 1.5)
    #expect(Histogram.quantile(0.75, counts: [5, 0, 5, 0], bounds: bounds) == 3)
    #expect(Histogram.quantile(1, counts: [5, 0, 5, 0], bounds: bounds) == 4)
    #expect(Histogram.quantile(0.99, counts: [1, 0, 0, 9], bounds: bounds) == 4)
  }
}
