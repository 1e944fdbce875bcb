/// Reads the text of an expression.
struct PatternParser {
  /// The most that `{n,m}` may ask for, as in RE2.
  static let repetitionsMax = 1_000
  /// Groups inside each other.
  static let depthMax = 50

  private let text: [UnicodeScalar]
  private var position = 0
  private var depth = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  mutating func whole() throws(PatternError) -> PatternNode {
    let node = try alternatives()
    if position < text.count { throw error("unmatched `)`") }
    return node
  }

  private func error(_ reason: String) -> PatternError {
    PatternError(reason: reason, position: position)
  }

  private var next: UnicodeScalar? { position < text.count ? text[position] : nil }

  private mutating func take(_ scalar: UnicodeScalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  // MARK: Structure

  private mutating func alternatives() throws(PatternError) -> PatternNode {
    var nodes = [try sequence()]
    while take("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      nodes.append(try repetition(of: try atom()))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func atom() throws(PatternError) -> PatternNode {
    guard let scalar = next else { return .empty }
    switch scalar {
    case "(": return try group()
    case "[": return .scalars(try characterClass())
    case "^":
      position += 1
      return .start
    case "$":
      position += 1
      return .end
    case ".":
      position += 1
      return .scalars(ScalarSet.newLine.inverted)
    case "*", "+", "?", "{": throw error("nothing to repeat before `\(scalar)`")
    case "\\": return try escape()
    default:
      position += 1
      return .scalars(ScalarSet([scalar.value...scalar.value]))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode {
    let start = position
    position += 1
    if take("?") {
      guard take(":") else { throw error("only `(?:` is supported of the groups with `?`") }
    }
    depth += 1
    guard depth <= Self.depthMax else { throw error("too many groups inside each other") }
    let node = try alternatives()
    guard take(")") else { throw PatternError(reason: "unmatched `(`", position: start) }
    depth -= 1
    return node
  }

  // MARK: Repetition

  private mutating func repetition(of node: PatternNode) throws(PatternError) -> PatternNode {
    let bounds: (least: Int, most: Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      bounds = try self.bounds()
      position -= 1
    default: return node
    }
    position += 1
    // A lazy repetition finds other places, but not more or fewer texts.
    _ = take("?")
    if let scalar = next, "*+?{".unicodeScalars.contains(scalar) {
      throw error("a repetition of a repetition")
    }
    switch node {
    case .start, .end: throw error("an anchor cannot be repeated")
    default: return .repeated(node, least: bounds.least, most: bounds.most)
    }
  }

  private mutating func bounds() throws(PatternError) -> (least: Int, most: Int?) {
    position += 1
    guard let least = try number() else { throw error("expected a number after `{`") }
    var most: Int? = least
    if take(",") { most = try number() }
    guard take("}") else { throw error("expected `}`") }
    guard most ?? least >= least else { throw error("the bounds are the wrong way round") }
    return (least, most)
  }

  private mutating func number() throws(PatternError) -> Int? {
    var value: Int?
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
      guard value ?? 0 <= Self.repetitionsMax else {
        throw error("more than \(Self.repetitionsMax) repetitions")
      }
      position += 1
    }
    return value
  }

  // MARK: Characters

  private mutating func escape() throws(PatternError) -> PatternNode {
    switch position + 1 < text.count ? text[position + 1] : nil {
    case "A":
      position += 2
      return .start
    case "z":
      position += 2
      return .end
    default: return .scalars(try escapedSet())
    }
  }

  /// What a backslash and what follows stand for, in a class or outside.
  private mutating func escapedSet() throws(PatternError) -> ScalarSet {
    position += 1
    guard let scalar = next else { throw error("nothing after `\\`") }
    position += 1
    switch scalar {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .words
    case "W": return ScalarSet.words.inverted
    case "s": return .spaces
    case "S": return ScalarSet.spaces.inverted
    case "t": return ScalarSet([0x09...0x09])
    case "n": return .newLine
    case "v": return ScalarSet([0x0b...0x0b])
    case "f": return ScalarSet([0x0c...0x0c])
    case "r": return ScalarSet([0x0d...0x0d])
    case "x":
      let value = try hexadecimal()
      return ScalarSet([value...value])
    default:
      guard scalar.isASCII, !ScalarSet.words.contains(scalar) else {
        position -= 1
        throw error("`\\\(scalar)` is not supported")
      }
      return ScalarSet([scalar.value...scalar.value])
    }
  }

  /// `\x41` or `\x{1F4DE}`, after the x.
  private mutating func hexadecimal() throws(PatternError) -> UInt32 {
    let isBraced = take("{")
    var value: UInt32 = 0
    var count = 0
    while count < (isBraced ? 6 : 2), let scalar = next,
      let digit = Character(scalar).hexDigitValue, scalar.isASCII
    {
      value = value << 4 | UInt32(digit)
      count += 1
      position += 1
    }
    guard count == 2 || (isBraced && count > 0), !isBraced || take("}"),
      UnicodeScalar(value) != nil
    else { throw error("expected a character's number in hexadecimal") }
    return value
  }

  private mutating func characterClass() throws(PatternError) -> ScalarSet {
    let start = position
    position += 1
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let scalar = next else {
        throw PatternError(reason: "unmatched `[`", position: start)
      }
      if scalar == "]", !isFirst { break }
      isFirst = false
      if scalar == "[", position + 1 < text.count, text[position + 1] == ":" {
        throw error("named classes are not supported")
      }
      ranges += try classItem()
    }
    position += 1
    let set = ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  /// One character, a range or an escaped class.
  private mutating func classItem() throws(PatternError) -> [ClosedRange<UInt32>] {
    let low = try classScalars()
    guard next == "-", position + 1 < text.count, text[position + 1] != "]" else { return low }
    position += 1
    let high = try classScalars()
    guard low.count == 1, high.count == 1, low[0].count == 1, high[0].count == 1,
      low[0].lowerBound <= high[0].lowerBound
    else { throw error("not a range of characters") }
    return [low[0].lowerBound...high[0].lowerBound]
  }

  private mutating func classScalars() throws(PatternError) -> [ClosedRange<UInt32>] {
    guard let scalar = next else { throw error("unmatched `[`") }
    if scalar == "\\" { return try escapedSet().ranges }
    position += 1
    return [scalar.value...scalar.value]
  }
}
