internal import Testing

@testable internal import Schema

@Suite("Bounds of values")
struct BoundsTests {
  /// The numbers from -3 to 3 that the bounds let through.
  private func passing(_ bounds: ValueBounds<Int>) -> [Int] {
    let checks = bounds.checks("n") { String($0) }
    return (-3...3).filter { value in checks.allSatisfy { $0.holds(value) } }
  }

  @Test(
    "every pair of a lower and an upper bound, and what is outside of two that cross",
    arguments: [
      (ValueBounds(lt: 1), [-3, -2, -1, 0]), (ValueBounds(lte: 1), [-3, -2, -1, 0, 1]),
      (ValueBounds(gt: 1), [2, 3]), (ValueBounds(gte: 1), [1, 2, 3]),
      (ValueBounds(lt: 2, gt: -1), [0, 1]), (ValueBounds(lt: 2, gte: -1), [-1, 0, 1]),
      (ValueBounds(lte: 2, gt: -1), [0, 1, 2]), (ValueBounds(lte: 2, gte: -1), [-1, 0, 1, 2]),
      (ValueBounds(lt: -1, gt: 2), [-3, -2, 3]), (ValueBounds(lt: -1, gte: 2), [-3, -2, 2, 3]),
      (ValueBounds(lte: -1, gt: 2), [-3, -2, -1, 3]),
      (ValueBounds(lte: -1, gte: 2), [-3, -2, -1, 2, 3]),
      (ValueBounds(lte: 1, gte: 1), [1]), (ValueBounds(lt: 1, gt: 1), []),
      (ValueBounds(const: 2), [2]), (ValueBounds(oneOf: [1, 3]), [1, 3]),
      (ValueBounds(gt: -2, notOneOf: [0, 1]), [-1, 2, 3]),
    ] as [(ValueBounds<Int>, [Int])])
  func pairs(bounds: ValueBounds<Int>, expected: [Int]) { #expect(passing(bounds) == expected) }

  @Test(
    "NaN breaks every bound",
    arguments: [
      ValueBounds(lt: 1.0), ValueBounds(lte: 1.0), ValueBounds(gt: 1.0), ValueBounds(gte: 1.0),
      ValueBounds(lt: 2.0, gt: 1.0), ValueBounds(lt: 1.0, gt: 2.0), ValueBounds(const: 1.0),
    ])
  func notANumber(bounds: ValueBounds<Double>) {
    #expect(bounds.checks("n") { $0.description }.contains { !$0.holds(.nan) })
  }

  @Test(
    "lengths exactly, at least and at most",
    arguments: [
      (LengthBounds(exactly: 2), [2]), (LengthBounds(least: 2), [2, 3, 4]),
      (LengthBounds(most: 2), [0, 1, 2]), (LengthBounds(least: 1, most: 3), [1, 2, 3]),
      (LengthBounds(least: 3, most: 3), [3]),
    ] as [(LengthBounds, [Int])])
  func lengths(bounds: LengthBounds, expected: [Int]) {
    let checks: [Check<Int>] = bounds.checks(
      ("len", "min", "max"), unit: ("item", "items")
    ) { $0 }
    #expect((0...4).filter { count in checks.allSatisfy { $0.holds(count) } } == expected)
  }
}
