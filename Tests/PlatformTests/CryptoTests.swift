internal import RPC
internal import Testing

@testable internal import Platform

@Suite("Crypto")
struct CryptoTests {
  @Test("SHA-256 and HMAC give the published values")
  func digests() {
    #expect(
      hexadecimal(Crypto.sha256(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    // RFC 4231, test case 2.
    #expect(
      hexadecimal(
        Crypto.hmacSHA256(
          key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test("opens what it sealed, and nothing that was changed or moved")
  func sealing() throws {
    let envelope = Envelope(masterKey: Crypto.randomBytes(32))
    let tenant = TenantID.random()
    let (key, wrapped) = try envelope.makeDataKey(for: tenant)
    let place = Envelope.Place(table: "connector", column: "sealed_secret", row: "1")
    let sealed = try envelope.seal(Array("secret".utf8), with: key, at: place)
    let again = try envelope.unwrap(wrapped, for: tenant)
    #expect(try envelope.open(sealed, with: again, at: place) == Array("secret".utf8))

    #expect(throws: CryptoError.notAuthentic) {
      try envelope.unwrap(wrapped, for: TenantID.random())
    }
    #expect(throws: CryptoError.notAuthentic) {
      try envelope.open(
        sealed, with: key, at: Envelope.Place(table: "connector", column: "sealed_secret", row: "2")
      )
    }
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: CryptoError.notAuthentic) {
        try envelope.open(changed, with: key, at: place)
      }
    }
    #expect(throws: CryptoError.notAuthentic) {
      try envelope.open(Array(sealed.prefix(27)), with: key, at: place)
    }
    #expect(throws: CryptoError.notAuthentic) {
      try Envelope(masterKey: Crypto.randomBytes(32)).unwrap(wrapped, for: tenant)
    }
  }

  @Test("sealing the same twice gives different bytes")
  func nonces() throws {
    let key = Crypto.randomBytes(32)
    let first = try Crypto.seal([1, 2, 3], key: key, associatedData: [])
    let second = try Crypto.seal([1, 2, 3], key: key, associatedData: [])
    #expect(first != second)
  }

  @Test(
    "base64url round trips and refuses other texts",
    arguments: [[], [0], [1, 2], [255, 254, 253], [0, 0, 0, 0]] as [[UInt8]])
  func base64(bytes: [UInt8]) {
    let text = Base64URL.encode(bytes)
    #expect(Base64URL.decode(text) == bytes)
    #expect(Base64URL.decode(text + "=") == nil)
    #expect(Base64URL.decode(text + "+") == nil)
  }

  @Test("base64url refuses impossible lengths and stray bits")
  func base64Strict() {
    #expect(Base64URL.decode("A") == nil)
    #expect(Base64URL.decode("AB") == nil)
    #expect(Base64URL.decode("AA") == [0])
  }
}

@Suite("AccessTokens")
struct AccessTokenTests {
  private let tokens: AccessTokens
  private let claims = AccessClaims(
    user: .random(), tenant: .random(), role: .customerAdmin, issueTime: 1_000, expiryTime: 2_000)

  init() throws { tokens = try AccessTokens(seed: Array(repeating: 7, count: 32)) }

  @Test("gives back the claims it signed, until they end")
  func roundTrip() throws {
    let token = try tokens.issue(claims)
    #expect(tokens.claims(of: token, now: 1_000) == claims)
    #expect(tokens.claims(of: token, now: 1_999) == claims)
    #expect(tokens.claims(of: token, now: 2_000) == nil)
  }

  @Test("refuses another key's token")
  func otherKey() throws {
    let other = try AccessTokens(seed: Array(repeating: 8, count: 32))
    #expect(tokens.claims(of: try other.issue(claims), now: 1_000) == nil)
  }

  @Test("refuses every change of a single character")
  func changed() throws {
    let token = try tokens.issue(claims)
    var characters = Array(token.utf8)
    for index in characters.indices {
      let kept = characters[index]
      characters[index] = kept == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(tokens.claims(of: String(decoding: characters, as: UTF8.self), now: 1_000) == nil)
      characters[index] = kept
    }
  }

  @Test("refuses a token without a signature or with another algorithm")
  func algorithms() throws {
    let parts = try tokens.issue(claims).split(separator: ".")
    let none = Base64URL.encode(#"{"alg":"none","typ":"JWT"}"#.utf8)
    #expect(tokens.claims(of: "\(none).\(parts[1]).", now: 1_000) == nil)
    #expect(tokens.claims(of: "\(none).\(parts[1]).\(parts[2])", now: 1_000) == nil)
    #expect(tokens.claims(of: "\(parts[0]).\(parts[1])", now: 1_000) == nil)
    #expect(tokens.claims(of: "", now: 1_000) == nil)
  }
}

@Suite("UUID")
struct UUIDTests {
  @Test("random ones are version 4 and read back")
  func random() {
    for _ in 0..<100 {
      let uuid = UUID.random()
      #expect(UUID(uuid.text) == uuid)
      let characters = Array(uuid.text)
      #expect(characters[14] == "4")
      #expect("89ab".contains(characters[19]))
    }
  }

  @Test(
    "refuses what is none",
    arguments: [
      "", "x", "00000000-0000-4000-8000-00000000000", "00000000-0000-4000-8000-0000000000000",
      "00000000000040008000000000000000", "0000000g-0000-4000-8000-000000000000",
      "{0000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000000 ",
    ])
  func refuses(text: String) { #expect(UUID(text) == nil) }

  @Test("lower-cases")
  func lowerCase() {
    #expect(
      UUID("ABCDEF00-0000-4000-8000-000000000000")?.text
        == "abcdef00-0000-4000-8000-000000000000")
  }
}
