private import Telemetry
internal import TestHarness
internal import Testing

@Suite("Logger")
struct LoggerTests {
  private func lines(level: LogLevel, _ body: (Logger) -> Void) -> [String] {
    let lines = Journal()
    body(Logger(level: level) { lines.add($0) })
    return lines.entries
  }

  @Test("writes one JSON object per event, in the order of the fields")
  func order() throws {
    let written = lines(level: .info) { log in
      log.with(["tenant": "t1"]).info("call.ended", ["seconds": 12, "ok": true, "rate": 0.5])
    }
    let line = try #require(written.first)
    #expect(line.hasPrefix("{\"time\":\""))
    #expect(
      line.hasSuffix(
        "\"level\":\"info\",\"event\":\"call.ended\",\"tenant\":\"t1\",\"seconds\":12,"
          + "\"ok\":true,\"rate\":0.5}\n"))
  }

  @Test("escapes what would break the line or the terminal")
  func escapes() throws {
    let written = lines(level: .info) { log in
      log.info("x", ["v": .string("a\"b\\c\nd\u{1B}e\u{2028}")])
    }
    #expect(try #require(written.first).contains("\"v\":\"a\\\"b\\\\c\\nd\\u001be\\u2028\""))
  }

  @Test("drops lines below its level")
  func levels() {
    let written = lines(level: .warning) { log in
      log.debug("a")
      log.info("b")
      log.warning("c")
      log.error("d")
    }
    #expect(written.count == 2)
  }
}

@Suite("WallClock")
struct WallClockTests {
  @Test(
    "converts seconds to dates",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
    ])
  func httpDate(seconds: Int, expected: String) {
    #expect(WallClock.httpDate(secondsSince1970: seconds) == expected)
  }
}
