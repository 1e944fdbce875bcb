internal import Testing

@testable internal import Platform

@Suite("PhoneNumber")
struct PhoneNumberTests {
  @Test(
    "reads numbers as people write them",
    arguments: [
      ("030 23125000", "DE", "+493023125000", "DE"),
      ("+49 (0)30 23125-000", "DE", "+493023125000", "DE"),
      ("0049 30 23125000", "AT", "+493023125000", "DE"),
      ("01 5335353", "AT", "+4315335353", "AT"),
      ("044 668 18 00", "CH", "+41446681800", "CH"),
      ("020 7946 0018", "GB", "+442079460018", "GB"),
      ("(212) 555-2368", "US", "+12125552368", "US"),
      ("+1 555 555 0100", "US", "+15555550100", "US"),
      ("\u{a0}0171\u{2013}3920000 ", "DE", "+491713920000", "DE"),
    ])
  func normalizes(text: String, region: String, e164: String, found: String) throws {
    let number = try PhoneNumber(parsing: text, region: region)
    #expect(number.e164 == e164)
    #expect(number.region == found)
    #expect(PhoneNumber.isE164(number.e164))
  }

  @Test(
    "says why a text is no number",
    arguments: [
      ("", "DE", PhoneNumber.Refusal.empty),
      ("+", "DE", .empty),
      ("030-CALLME", "DE", .hasLetters),
      ("030 23125000", "FR", .unknownRegion("FR")),
      ("030#23", "DE", .notANumber),
      ("+33 1 42 68 53 00", "DE", .regionNotSupported("FR")),
      ("+999 123456789", "DE", .unknownCountryCode),
      ("212 555 2368 000 000", "US", .tooLong(region: "US")),
    ] as [(String, String, PhoneNumber.Refusal)])
  func refuses(text: String, region: String, refusal: PhoneNumber.Refusal) {
    #expect(throws: refusal) { try PhoneNumber(parsing: text, region: region) }
  }

  @Test("refuses a national number of the wrong region")
  func wrongRegion() {
    #expect(throws: PhoneNumber.Refusal.self) {
      try PhoneNumber(parsing: "030 23125000", region: "US")
    }
    #expect(throws: PhoneNumber.Refusal.self) {
      try PhoneNumber(parsing: "(212) 555-2368", region: "CH")
    }
  }

  @Test("refuses an international number of another region when it must match")
  func mustMatch() {
    #expect(throws: PhoneNumber.Refusal.regionMismatch(wanted: "AT", found: "DE")) {
      try PhoneNumber(parsing: "+49 30 23125000", region: "AT", mustMatch: true)
    }
  }

  @Test(
    "knows E.164",
    arguments: [
      ("+1234567", true), ("+123456", false), ("+123456789012345", true),
      ("+1234567890123456", false), ("15551234567", false), ("+1 555-123-4567", false),
      ("+0123456789", false), ("", false), ("+", false),
    ])
  func e164(text: String, is: Bool) {
    #expect(PhoneNumber.isE164(text) == `is`)
  }
}
