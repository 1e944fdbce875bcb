/// A regular expression that is matched in time linear in the text, whoever wrote the text.
///
/// All ways through the expression are followed at once (Thompson's construction), so there is no
/// backtracking to explode. The syntax is a subset of RE2's: literals, escapes, `.`, classes,
/// `^` and `$`, groups, alternatives and repetitions. What is not understood is refused when the
/// expression is compiled, never ignored.
///
/// ```swift
/// let nodeID = try Pattern("^[a-zA-Z0-9_-]{1,64}$")
/// nodeID.matches("entry".unicodeScalars)
/// ```
package struct Pattern: Sendable {
  /// The expression as it was written.
  package let text: String
  let program: PatternProgram

  package init(_ text: String) throws(PatternError) {
    self.text = text
    var parser = PatternParser(text)
    program = try PatternProgram(try parser.whole())
  }

  /// Whether the expression is found anywhere in the text; `^` and `$` tie it to the ends.
  package func matches(_ text: some Sequence<UnicodeScalar>) -> Bool {
    var steps = 0
    return matches(text, steps: &steps)
  }

  /// Counts every instruction that is looked at: at most the length of the program for each
  /// character, and once more for the end.
  func matches(_ text: some Sequence<UnicodeScalar>, steps: inout Int) -> Bool {
    var current = PatternThreads(capacity: program.instructions.count)
    var next = PatternThreads(capacity: program.instructions.count)
    var isStart = true
    for scalar in text {
      // A match may begin at every character.
      current.follow(0, in: program, isStart: isStart, isEnd: false, steps: &steps)
      if current.hasMatched { return true }
      next.removeAll()
      for index in current.consuming {
        steps += 1
        if program.takes(scalar, at: index) {
          next.follow(index + 1, in: program, isStart: false, isEnd: false, steps: &steps)
        }
      }
      // Whether the text ends here is known only when no further character comes.
      swap(&current, &next)
      isStart = false
    }
    var ends = PatternThreads(capacity: program.instructions.count)
    ends.follow(0, in: program, isStart: isStart, isEnd: true, steps: &steps)
    for index in current.reached {
      ends.follow(index, in: program, isStart: isStart, isEnd: true, steps: &steps)
    }
    return ends.hasMatched
  }
}

/// Why an expression cannot be used.
package struct PatternError: Error, Hashable, CustomStringConvertible {
  package let reason: String
  /// Index of the character where it went wrong.
  package let position: Int

  package var description: String { "\(reason) at character \(position + 1)" }
}

/// The instructions that all ways through an expression have reached.
struct PatternThreads {
  /// Every instruction that was reached, each once.
  private(set) var reached: [Int] = []
  /// Those of them that take a character.
  private(set) var consuming: [Int] = []
  private(set) var hasMatched = false
  private var isReached: [Bool]
  private var waiting: [Int] = []

  init(capacity: Int) { isReached = Array(repeating: false, count: capacity) }

  mutating func removeAll() {
    for index in reached { isReached[index] = false }
    reached.removeAll(keepingCapacity: true)
    consuming.removeAll(keepingCapacity: true)
    hasMatched = false
  }

  /// Adds an instruction and all that is reached from it without taking a character.
  mutating func follow(
    _ start: Int, in program: PatternProgram, isStart: Bool, isEnd: Bool, steps: inout Int
  ) {
    waiting.append(start)
    while let index = waiting.popLast() {
      guard !isReached[index] else { continue }
      steps += 1
      isReached[index] = true
      reached.append(index)
      switch program.instructions[index] {
      case .take: consuming.append(index)
      case .split(let first, let second):
        waiting.append(second)
        waiting.append(first)
      case .jump(let target): waiting.append(target)
      case .start: if isStart { waiting.append(index + 1) }
      case .end: if isEnd { waiting.append(index + 1) }
      case .match: hasMatched = true
      }
    }
  }
}
