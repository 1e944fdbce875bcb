internal import Testing

@testable internal import Schema

@Suite("Pattern")
struct PatternTests {
  @Test(
    "finds what RE2 finds",
    arguments: [
      ("", "", true), ("", "abc", true), ("abc", "xabcx", true), ("abc", "ab", false),
      ("^abc$", "abc", true), ("^abc$", "abcd", false), ("^abc$", "xabc", false),
      ("^$", "", true), ("^$", "a", false), ("\\Aab\\z", "ab", true), ("\\Aab\\z", "abc", false),
      ("^ab*c$", "ac", true), ("^ab*c$", "abbbc", true), ("^ab+c$", "ac", false),
      ("^ab?c$", "abbc", false), ("^ab{2}c$", "abbc", true), ("^ab{2}c$", "abc", false),
      ("^ab{2,}c$", "abbbbc", true), ("^ab{2,3}c$", "abbbbc", false), ("^a{0}b$", "b", true),
      ("^a{0,0}b$", "ab", false), ("^a*?b+?$", "aabb", true),
      ("^(ab|cd)+$", "abcdab", true), ("^(?:ab|cd)+$", "abc", false), ("^(a|b|)c$", "c", true),
      ("a|^b", "cb", false), ("a|b$", "cb", true), ("^[a-c]+$", "abc", true),
      ("^[^a-c]+$", "xyz", true), ("^[^a-c]+$", "xaz", false), ("^[]a]+$", "]a", true),
      ("^[a-]+$", "-a", true), ("^[-a]+$", "-a", true), ("^[\\d_]+$", "1_2", true),
      ("^[\\-\\]]+$", "-]", true), ("^\\w\\W\\d\\D\\s\\S$", "a.1x b", true),
      ("^.$", "\n", false), ("^.$", "ü", true), ("^..$", "ü", false), ("^[ä-ü]$", "ö", true),
      ("^\\x41\\x{1F4DE}$", "A📞", true), ("^\\.\\*\\\\$", ".*\\", true),
      ("^(a*)*$", "aaaa", true), ("^(a*)*$", "aab", false), ("^(|a)+$", "aaa", true),
      ("^[a-zA-Z0-9_-]{1,64}$", String(repeating: "x", count: 64), true),
      ("^[a-zA-Z0-9_-]{1,64}$", String(repeating: "x", count: 65), false),
      ("^\\+[1-9][0-9]{1,14}$", "+493023125000", true), ("^\\+[1-9][0-9]{1,14}$", "+0", false),
      ("^a$", "a\n", false), ("\u{0}", "a\u{0}b", true),
    ])
  func matching(pattern: String, text: String, expected: Bool) throws {
    #expect(try Pattern(pattern).matches(text.unicodeScalars) == expected)
  }

  @Test(
    "refuses what it does not understand, and says where",
    arguments: [
      ("(?=a)", "only `(?:` is supported of the groups with `?` at character 3"),
      ("(?i)a", "only `(?:` is supported of the groups with `?` at character 3"),
      ("(?P<n>a)", "only `(?:` is supported of the groups with `?` at character 3"),
      ("(a", "unmatched `(` at character 1"), ("a)", "unmatched `)` at character 2"),
      ("[a", "unmatched `[` at character 1"), ("[]", "unmatched `[` at character 1"),
      ("*a", "nothing to repeat before `*` at character 1"),
      ("a**", "a repetition of a repetition at character 3"),
      ("a{1}{2}", "a repetition of a repetition at character 5"),
      ("^*", "an anchor cannot be repeated at character 3"),
      ("a{1001}", "more than 1000 repetitions at character 6"),
      ("a{2,1}", "the bounds are the wrong way round at character 7"),
      ("a{,2}", "expected a number after `{` at character 3"),
      ("a{2", "expected `}` at character 4"), ("a\\", "nothing after `\\` at character 3"),
      ("\\1", "`\\1` is not supported at character 2"),
      ("\\bword", "`\\b` is not supported at character 2"),
      ("\\pL", "`\\p` is not supported at character 2"),
      ("[[:alpha:]]", "named classes are not supported at character 2"),
      ("[b-a]", "not a range of characters at character 5"),
      ("[\\d-z]", "not a range of characters at character 6"),
      ("\\x4", "expected a character's number in hexadecimal at character 4"),
      ("\\x{D800}", "expected a character's number in hexadecimal at character 9"),
      (
        "((a{100}){100}){100}",
        "the expression is too large: more than 10000 instructions at character 1"
      ),
      (
        String(repeating: "(", count: 51) + String(repeating: ")", count: 51),
        "too many groups inside each other at character 52"
      ),
    ])
  func refusals(pattern: String, expected: String) {
    do throws(PatternError) {
      _ = try Pattern(pattern)
      Issue.record("\(pattern) was taken")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test("takes a thousand repetitions and fifty groups")
  func limits() throws {
    let text = String(repeating: "a", count: 1_000)
    #expect(try Pattern("^a{1000}$").matches(text.unicodeScalars))
    let nested = String(repeating: "(", count: 50) + "a" + String(repeating: ")", count: 50)
    #expect(try Pattern(nested).matches("a".unicodeScalars))
  }

  @Test(
    "takes steps in proportion to the text, whatever the expression",
    arguments: [
      "^(a+)+$", "^(a|a)*$", "^(a*)*b$", "(a|aa)+$", "^(.*)(.*)(.*)(.*)[^a]$", "(x+x+)+y",
      "^a{0,30}a{30}$", "^(([a-z])+.)+[A-Z]([a-z])+$",
    ])
  func linear(expression: String) throws {
    let pattern = try Pattern(expression)
    var last = 0
    for count in [100, 1_000, 10_000] {
      var steps = 0
      _ = pattern.matches(
        repeatElement("a" as UnicodeScalar, count: count), steps: &steps)
      // No instruction is looked at more than twice for a character: taking it, and reaching it.
      #expect(steps <= 2 * pattern.program.instructions.count * (count + 2))
      // Ten times the text, ten times the steps, with one text's worth for beginning and end.
      if last > 0 { #expect(steps <= 11 * last) }
      last = steps
    }
  }

  @Test("no prefix and no changed character of an expression traps")
  func mutations() {
    let expression = Array("^(?:[a-z\\d_-]{1,3}|\\x{41}+?)$".unicodeScalars)
    for end in expression.indices {
      _ = try? Pattern(String(String.UnicodeScalarView(expression[..<end])))
    }
    for index in expression.indices {
      for scalar in "\u{0}()[]{}\\^$.*+?|,-:0a🙂".unicodeScalars {
        var changed = expression
        changed[index] = scalar
        let pattern = try? Pattern(String(String.UnicodeScalarView(changed)))
        _ = pattern?.matches("ab-A".unicodeScalars)
      }
    }
  }
}
