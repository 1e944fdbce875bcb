package import RPC
private import Wire

/// Collects what is wrong with a request, so that the caller hears of all faults at once.
///
/// ```swift
/// var faults = Violations()
/// faults.check(!request.displayName.isEmpty, "display_name", "must not be empty")
/// try faults.throwIfAny()
/// ```
package struct Violations: Sendable {
  private var violations: [BadRequest.FieldViolation] = []
  /// What descriptions begin with.
  private let prefix: String

  /// No faults yet. `message` is the number of the message in a stream, for the descriptions; nil
  /// when there is but one.
  package init(message: Int? = nil) { prefix = message.map { "message \($0): " } ?? "" }

  package var isEmpty: Bool { violations.isEmpty }

  /// Notes a fault of the field at a proto path. `rule` completes the sentence "display_name …".
  package mutating func add(_ field: String, _ rule: String, reason: String = "INVALID") {
    violations.append(
      BadRequest.FieldViolation(
        field: field, description: "\(prefix)\(field) \(rule)", reason: reason))
  }

  package mutating func check(_ holds: Bool, _ field: String, _ rule: @autoclosure () -> String) {
    if !holds { add(field, rule()) }
  }

  /// Checks the number of characters.
  package mutating func checkLength(
    _ text: String, _ field: String, _ range: ClosedRange<Int>
  ) {
    let count = text.unicodeScalars.count
    if text.isEmpty && range.lowerBound > 0 {
      add(field, "is required", reason: "REQUIRED")
    } else if !range.contains(count) {
      add(
        field, "must have \(range.lowerBound) to \(range.upperBound) characters, has \(count)",
        reason: "LENGTH")
    }
  }

  /// Notes a text that is empty although it has to be filled in.
  package mutating func require(_ text: String, _ field: String, if isAsked: Bool = true) {
    if isAsked, text.isEmpty { add(field, "is required", reason: "REQUIRED") }
  }

  /// Reads a required identifier; notes the fault and returns `nil` when it is none.
  package mutating func id<Kind>(
    _ text: String, _ field: String, of kind: Kind.Type = Kind.self
  ) -> EntityID<Kind>? {
    guard let id = EntityID<Kind>(text) else {
      if text.isEmpty {
        add(field, "is required", reason: "REQUIRED")
      } else {
        add(field, "must be a UUID", reason: "UUID")
      }
      return nil
    }
    return id
  }

  /// Refuses the call with `INVALID_ARGUMENT` if there is any fault.
  package func throwIfAny() throws(RPCError) {
    guard let first = violations.first else { return }
    var error = RPCError(
      .invalidArgument,
      violations.count == 1
        ? first.description : "\(first.description) (and \(violations.count - 1) more)",
      reason: "INVALID_REQUEST")
    error.add(BadRequest(fieldViolations: listed))
    throw error
  }

  /// The first violations, as many as fit: gRPC sends them in a header field, and clients refuse
  /// header blocks of more than 8 KiB (base64 makes 4 KiB out of 3).
  private var listed: [BadRequest.FieldViolation] {
    var room = Violations.listedBytesMax
    return Array(
      violations.prefix { violation in
        room -= violation.wireSize
        return room >= 0
      })
  }

  private static let listedBytesMax = 4_096
}

extension Violations {
  /// Reads one required identifier, or refuses the call.
  package static func requireID<Kind>(
    _ text: String, _ field: String, of kind: Kind.Type = Kind.self
  ) throws(RPCError) -> EntityID<Kind> {
    var faults = Violations()
    let id = faults.id(text, field, of: kind)
    try faults.throwIfAny()
    guard let id else { throw RPCError(.internal, "unchecked identifier") }
    return id
  }
}
