internal import Telemetry

/// Where a call stands in a trace that goes through several programs (W3C Trace Context).
///
/// Every call is a span: its log line carries the three identifiers and how long it took. A call
/// that comes without a trace begins one.
///
/// ```swift
/// options.metadata.add("traceparent", context.trace.childHeader)
/// ```
public struct TraceContext: Hashable, Sendable {
  /// The trace: 32 hexadecimal digits, not all zero.
  public let traceID: String
  /// The caller's span: 16 hexadecimal digits; empty where the trace begins.
  public let parentID: String
  /// This call's own span.
  public let spanID: String
  /// Whether the caller records the trace.
  public let isSampled: Bool

  /// The version of the header that is written; later ones begin alike.
  private static let version = "00"

  /// Continues the trace of a `traceparent` header; `nil` for one that must be ignored.
  init?(header: String, spanID: String) {
    let parts = header.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count >= 4, let version = Self.hex(parts[0], count: 2),
      let trace = Self.hex(parts[1], count: 32), let parent = Self.hex(parts[2], count: 16),
      let flags = Self.hex(parts[3], count: 2), let bits = UInt8(flags, radix: 16)
    else { return nil }
    // A later version may have more parts; this one may not, and there is no version ff.
    guard version != "ff", version != Self.version || parts.count == 4,
      trace.contains(where: { $0 != "0" }), parent.contains(where: { $0 != "0" })
    else { return nil }
    traceID = trace
    parentID = parent
    self.spanID = spanID
    isSampled = bits & 1 == 1
  }

  /// Begins a trace.
  init(traceID: String, spanID: String) {
    self.traceID = traceID
    parentID = ""
    self.spanID = spanID
    isSampled = false
  }

  /// The `traceparent` header of a call that is made on behalf of this one.
  public var childHeader: String {
    "\(Self.version)-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")"
  }

  var logFields: LogFields {
    var fields: LogFields = ["trace_id": .string(traceID), "span_id": .string(spanID)]
    if !parentID.isEmpty { fields.add("parent_span_id", .string(parentID)) }
    return fields
  }

  /// Lower-case hexadecimal digits, as many as that.
  private static func hex(_ text: Substring.UTF8View.SubSequence, count: Int) -> String? {
    let isHex = text.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    return isHex && text.count == count ? String(Substring(text)) : nil
  }
}

extension ServerContext {
  /// Where the call stands in its trace.
  ///
  /// It is made when somebody asks, which most calls never do: both identifiers of ours follow from
  /// the number of the call.
  public var trace: TraceContext {
    let span = SpanNumbers.span(callNumber)
    if let header = metadata["traceparent"],
      let trace = TraceContext(header: header, spanID: span)
    {
      return trace
    }
    return TraceContext(traceID: SpanNumbers.trace(callNumber), spanID: span)
  }
}

/// Identifiers from the numbers of calls. They need to be unlike each other, in this process and
/// others, and need not be hard to guess: a random key per process and a mixing step do.
private enum SpanNumbers {
  private static let key = UInt64.random(in: 1...UInt64.max)
  private static let otherKey = UInt64.random(in: 1...UInt64.max)

  static func span(_ number: UInt64) -> String { hex(mix(number ^ key)) }

  static func trace(_ number: UInt64) -> String {
    hex(mix(number &+ otherKey)) + hex(mix(number ^ otherKey ^ key))
  }

  /// The finalizer of SplitMix64, which is one to one; 0 is no identifier.
  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9e37_79b9_7f4a_7c15
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    value ^= value >> 31
    return value == 0 ? 1 : value
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
