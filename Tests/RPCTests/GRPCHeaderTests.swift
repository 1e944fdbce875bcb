internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Testing

@Suite("gRPC header values")
struct GRPCHeaderTests {
  @Test(
    "reads timeouts of the grammar only",
    arguments: [
      ("1H", .seconds(3_600)), ("99999999H", .seconds(359_999_996_400)), ("2M", .seconds(120)),
      ("99999999M", .seconds(5_999_999_940)), ("3S", .seconds(3)),
      ("99999999S", .seconds(99_999_999)), ("4m", .milliseconds(4)),
      ("99999999m", .milliseconds(99_999_999)), ("5u", .microseconds(5)),
      ("99999999u", .microseconds(99_999_999)), ("6n", .nanoseconds(6)),
      ("99999999n", .nanoseconds(99_999_999)), ("0n", .zero), ("007S", .seconds(7)),
      ("999999999S", nil), ("1", nil), ("S", nil), ("-1S", nil), ("1s", nil), ("", nil),
      ("1 S", nil), ("1S ", nil), ("1SS", nil), ("1.5S", nil), ("+1S", nil), ("1S1", nil),
    ] as [(String, Duration?)])
  func timeout(text: String, expected: Duration?) {
    #expect(Timeout.parse(text) == expected)
  }

  @Test(
    "writes timeouts in the finest unit that fits, rounded up",
    arguments: [
      (.nanoseconds(1), "1n"), (.nanoseconds(99_999_999), "99999999n"),
      (.nanoseconds(100_000_001), "100001u"), (.seconds(99), "99000000u"),
      (.seconds(100), "100000m"), (.seconds(100_000), "100000S"),
      (.seconds(100_000_000), "1666667M"), (.seconds(-1), "0n"), (.zero, "0n"),
      (Duration(secondsComponent: 0, attosecondsComponent: 1), "1n"),
      (.seconds(Int64.max), "99999999H"),
    ] as [(Duration, String)])
  func timeoutText(duration: Duration, expected: String) {
    #expect(Timeout.encode(duration) == expected)
  }

  @Test(
    "percent-encodes what is not printable ASCII",
    arguments: [
      ("plain words", "plain words"), ("100 %", "100 %25"), ("ä", "%C3%A4"),
      ("a\r\n\tb", "a%0D%0A%09b"), ("😈", "%F0%9F%98%88"), ("", ""), ("\u{7f}", "%7F"),
    ])
  func message(plain: String, encoded: String) {
    #expect(StatusMessage.encode(plain) == encoded)
    #expect(StatusMessage.decode(encoded) == plain)
  }

  @Test(
    "decoding a broken message never fails",
    arguments: [
      ("%", "%"), ("%zz", "%zz"), ("%C3%28", "\u{fffd}("), ("50% off", "50% off"), ("%4", "%4"),
      ("%c3%a4", "ä"), ("%%41", "%A"),
    ])
  func brokenMessage(encoded: String, expected: String) {
    #expect(StatusMessage.decode(encoded) == expected)
  }

  @Test("maps HTTP statuses and HTTP/2 error codes")
  func mapping() {
    let http: [Int: RPCCode] = [
      400: .internal, 401: .unauthenticated, 403: .permissionDenied, 404: .unimplemented,
      429: .unavailable, 431: .internal, 502: .unavailable, 503: .unavailable, 504: .unavailable,
      200: .unknown, 500: .unknown, 302: .unknown,
    ]
    for (status, code) in http { #expect(RPCCode(httpStatus: status) == code) }
    let http2: [UInt32: RPCCode] = [
      0: .internal, 1: .internal, 2: .internal, 3: .internal, 6: .internal, 7: .unavailable,
      8: .cancelled, 9: .internal, 0xa: .internal, 0xb: .resourceExhausted,
      0xc: .permissionDenied, 0xd: .unknown, 0xff: .unknown,
    ]
    for (error, code) in http2 { #expect(RPCCode(http2ErrorCode: error) == code) }
  }

  @Test("a grpc-status that is no number of ours is UNKNOWN")
  func status() {
    for code in RPCCode.allCases { #expect(RPCCode(grpcStatus: String(code.rawValue)) == code) }
    for text in ["17", "-1", "+1", "", "x", "1e0", "99999999999999999999"] {
      #expect(RPCCode(grpcStatus: text) == .unknown)
    }
  }

  @Test("metadata that would break the answer stays at home")
  func unsendable() {
    var metadata = Metadata()
    for (name, value) in [
      ("grpc-status", "0"), (":status", "500"), ("content-type", "text/html"), ("a b", "c"),
      ("ok", "fine"), ("bad", "a\r\nb"), ("", "x"), ("ü", "x"), ("connection", "close"),
    ] { metadata.add(name, value) }
    let fields = GRPCFields.trailers(nil, metadata)
    #expect(fields.map(\.name) == ["grpc-status", "ok"])
  }
}
