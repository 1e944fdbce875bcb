private import CPhoneNumber

/// A telephone number in E.164 (ITU-T E.164), with the region it belongs to.
package struct PhoneNumber: Hashable, Sendable {
  /// The regions whose numbers can be mapped.
  package static let regions = ["AT", "DE", "CH", "GB", "US"]

  /// `+` and 7 to 15 digits.
  package let e164: String
  /// One of ``regions``.
  package let region: String
  /// With spaces, as people write it abroad.
  package let international: String
  /// With spaces, as people write it at home.
  package let national: String

  /// The longest text that is read, in bytes: far more than a number has with all that people put
  /// between its digits. Reading takes time that grows with the square of the length.
  package static let textMax = 256

  /// Why a text is no number that we can map; each case is a different mistake of the writer.
  package enum Refusal: Error, Hashable, Sendable {
    case empty
    case hasLetters
    case unknownRegion(String)
    case notANumber
    case unknownCountryCode
    case tooShort(region: String)
    case tooLong(region: String)
    case notAssigned(region: String)
    case regionNotSupported(String)
    case regionMismatch(wanted: String, found: String)
  }

  /// Reads a number as people write it.
  ///
  /// - Parameters:
  ///   - text: national, or international with `+` or `00`.
  ///   - region: what a national number is read in.
  ///   - mustMatch: whether an international number of another region is refused too.
  package init(
    parsing text: String, region: String, mustMatch: Bool = false
  ) throws(Refusal) {
    guard PhoneNumber.regions.contains(region) else { throw .unknownRegion(region) }
    guard text.utf8.count <= PhoneNumber.textMax else { throw .notANumber }
    let compact = try PhoneNumber.compact(text)
    var number = klinke_phone_number()
    let result = unsafe klinke_phone_parse(compact, region, &number)
    let e164 = unsafe withUnsafeBytes(of: &number.e164) { unsafe PhoneNumber.string($0) }
    let found = unsafe withUnsafeBytes(of: &number.region) { unsafe PhoneNumber.string($0) }
    let isFictional = PhoneNumber.isFictional(e164)
    switch UInt32(bitPattern: result) {
    case KLINKE_PHONE_OK.rawValue: break
    case KLINKE_PHONE_NOT_ASSIGNED.rawValue:
      guard isFictional else { throw .notAssigned(region: found) }
    case KLINKE_PHONE_UNKNOWN_COUNTRY_CODE.rawValue: throw .unknownCountryCode
    case KLINKE_PHONE_TOO_SHORT.rawValue: throw .tooShort(region: found.isEmpty ? region : found)
    case KLINKE_PHONE_TOO_LONG.rawValue: throw .tooLong(region: found.isEmpty ? region : found)
    default: throw .notANumber
    }
    guard PhoneNumber.regions.contains(found) else { throw .regionNotSupported(found) }
    let isInternational = compact.hasPrefix("+") || compact.hasPrefix("00")
    guard found == region || (isInternational && !mustMatch) else {
      throw .regionMismatch(wanted: region, found: found)
    }
    self.e164 = e164
    self.region = found
    international = unsafe withUnsafeBytes(of: &number.international) {
      unsafe PhoneNumber.string($0)
    }
    national = unsafe withUnsafeBytes(of: &number.national) { unsafe PhoneNumber.string($0) }
  }

  /// Whether a text already is in E.164; it may still be a number nobody has.
  package static func isE164(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (8...16).contains(bytes.count), bytes[0] == UInt8(ascii: "+"),
      bytes[1] != UInt8(ascii: "0")
    else { return false }
    return bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The North American numbers 555-0100 to 555-0199, which no plan assigns because they are kept
  /// for examples and tests.
  private static func isFictional(_ e164: String) -> Bool {
    let digits = Array(e164.utf8)
    return digits.count == 12 && e164.hasPrefix("+1") && digits[2] >= UInt8(ascii: "2")
      && digits[5...9].elementsEqual("55501".utf8)
  }

  /// Takes out what people put between digits. Letters stay out: libphonenumber would read them as
  /// the keys of a telephone, and `030-CALLME` is more often a mistake than a number.
  private static func compact(_ text: String) throws(Refusal) -> String {
    var compact = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": compact.unicodeScalars.append(scalar)
      case "+" where compact.isEmpty: compact.unicodeScalars.append(scalar)
      case " ", "\u{a0}", "\t", "-", ".", "/", "(", ")", "\u{2010}"..."\u{2015}", "\u{2212}":
        break
      default:
        if scalar.properties.isAlphabetic { throw .hasLetters }
        throw .notANumber
      }
    }
    guard !compact.isEmpty, compact != "+" else { throw .empty }
    // "+49 (0)30 …": the trunk zero in brackets is for callers from home only.
    if text.contains("(0)"), let plus = compact.first, plus == "+" {
      for code in ["+49", "+43", "+41", "+44"] where compact.hasPrefix(code + "0") {
        compact = code + compact.dropFirst(code.count + 1)
      }
    }
    return compact
  }

  private static func string(_ bytes: UnsafeRawBufferPointer) -> String {
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension PhoneNumber.Refusal {
  /// Completes the sentence "number …".
  package var rule: String {
    switch self {
    case .empty: "is required"
    case .hasLetters: "must not have letters"
    case .unknownRegion(let region):
      "cannot be read in region \(region); known are "
        + PhoneNumber.regions.joined(separator: ", ")
    case .notANumber: "is not a telephone number"
    case .unknownCountryCode: "has an unknown country code"
    case .tooShort(let region): "is too short for region \(region)"
    case .tooLong(let region): "is too long for region \(region)"
    case .notAssigned(let region): "is not a number that is assigned in region \(region)"
    case .regionNotSupported(let region):
      "belongs to region \(region.isEmpty ? "unknown" : region); supported are "
        + PhoneNumber.regions.joined(separator: ", ")
    case .regionMismatch(let wanted, let found):
      "belongs to region \(found), not to \(wanted)"
    }
  }

  /// The machine-readable reason of the field violation.
  package var reason: String {
    switch self {
    case .empty: "REQUIRED"
    case .hasLetters: "NUMBER_HAS_LETTERS"
    case .unknownRegion: "REGION_UNKNOWN"
    case .notANumber: "NOT_A_NUMBER"
    case .unknownCountryCode: "COUNTRY_CODE_UNKNOWN"
    case .tooShort: "NUMBER_TOO_SHORT"
    case .tooLong: "NUMBER_TOO_LONG"
    case .notAssigned: "NUMBER_NOT_ASSIGNED"
    case .regionNotSupported: "REGION_NOT_SUPPORTED"
    case .regionMismatch: "REGION_MISMATCH"
    }
  }
}
