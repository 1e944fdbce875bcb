/// An expression as a tree.
indirect enum PatternNode {
  case empty
  case scalars(ScalarSet)
  case start
  case end
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `most` is nil for no upper bound.
  case repeated(PatternNode, least: Int, most: Int?)
}

/// A set of characters.
struct ScalarSet: Sendable, Hashable {
  /// In order, without overlaps.
  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    self.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  static let greatest: UInt32 = 0x10_ffff
  static let digits = ScalarSet([0x30...0x39])
  static let words = ScalarSet([0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a])
  /// As RE2 has it: tab, line feed, form feed, carriage return and space.
  static let spaces = ScalarSet([0x09...0x0a, 0x0c...0x0d, 0x20...0x20])
  static let newLine = ScalarSet([0x0a...0x0a])

  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.greatest { result.append(next...Self.greatest) }
    return ScalarSet(result)
  }

  func contains(_ scalar: UnicodeScalar) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar.value
  }
}

/// An expression as instructions.
struct PatternProgram: Sendable {
  enum Instruction: Sendable, Hashable {
    /// Takes one character of the set with this index and goes on with the next instruction.
    case take(Int)
    case split(Int, Int)
    case jump(Int)
    case start
    case end
    case match
  }

  /// Repetitions are written out, so an expression can be much longer than its text.
  static let instructionsMax = 10_000

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  private var indexOfSet: [ScalarSet: Int] = [:]

  init(_ node: PatternNode) throws(PatternError) {
    try append(node)
    try emit(.match)
  }

  func takes(_ scalar: UnicodeScalar, at index: Int) -> Bool {
    guard case .take(let set) = instructions[index] else { return false }
    return sets[set].contains(scalar)
  }

  private mutating func emit(_ instruction: Instruction) throws(PatternError) {
    guard instructions.count < Self.instructionsMax else {
      throw PatternError(
        reason: "the expression is too large: more than \(Self.instructionsMax) instructions",
        position: 0)
    }
    instructions.append(instruction)
  }

  private mutating func append(_ node: PatternNode) throws(PatternError) {
    switch node {
    case .empty: break
    case .scalars(let set):
      let index = indexOfSet[set] ?? sets.count
      if index == sets.count {
        sets.append(set)
        indexOfSet[set] = index
      }
      try emit(.take(index))
    case .start: try emit(.start)
    case .end: try emit(.end)
    case .sequence(let nodes): for node in nodes { try append(node) }
    case .alternatives(let nodes): try append(alternatives: nodes[...])
    case .repeated(let node, let least, let most): try append(node, least: least, most: most)
    }
  }

  private mutating func append(alternatives nodes: ArraySlice<PatternNode>) throws(PatternError) {
    var jumps: [Int] = []
    for (offset, node) in nodes.enumerated() {
      let isLast = offset == nodes.count - 1
      let split = instructions.count
      if !isLast { try emit(.split(split + 1, 0)) }
      try append(node)
      if !isLast {
        jumps.append(instructions.count)
        try emit(.jump(0))
        instructions[split] = .split(split + 1, instructions.count)
      }
    }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  private mutating func append(
    _ node: PatternNode, least: Int, most: Int?
  ) throws(PatternError) {
    for _ in 0..<least { try append(node) }
    guard let most else {
      let split = instructions.count
      try emit(.split(split + 1, 0))
      try append(node)
      try emit(.jump(split))
      instructions[split] = .split(split + 1, instructions.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<most {
      splits.append(instructions.count)
      try emit(.split(0, 0))
      try append(node)
    }
    for split in splits { instructions[split] = .split(split + 1, instructions.count) }
  }
}
