extension WireReader {
  /// Numbers of the fields that lead to the present one, the outermost first.
  ///
  /// It is found by going through the input again, so that reading itself need not keep a path: of
  /// each message the field that contains the present tag is a message or a group.
  func fieldPath() -> [Int] {
    var path: [Int] = []
    var walker = WireReader(span, recursionLimit: .max)
    do throws(WireError) {
      while let field = try walker.nextField() {
        if walker.fieldStart == fieldStart { return path + [field.number] }
        switch field.type {
        case .lengthDelimited:
          let range = try walker.lengthDelimited()
          if range.contains(fieldStart) {
            path.append(field.number)
            walker.cursor = range.lowerBound
            walker.bound = range.upperBound
          }
        case .groupStart: path.append(field.number)
        case .groupEnd: path.removeLast(min(1, path.count))
        default: try walker.skip(field)
        }
      }
    } catch {
      // The tag itself is what is wrong: the path leads to the message that has it.
    }
    return path
  }
}
