package import RPC
package import Wire

/// Which fields an Update method changes (AIP-134).
package struct UpdateMask: Sendable, Hashable {
  private let paths: Set<String>

  /// - Parameters:
  ///   - mask: the request's mask; empty means the fields that are filled in, `*` all of them.
  ///   - field: proto path of the resource in the request, for messages.
  ///   - changeable: the fields that can be changed, and whether each is filled in.
  ///   - outputOnly: fields that are passed over in silence.
  package init(
    _ mask: FieldMask?, field: String, changeable: [(name: String, isFilledIn: Bool)],
    outputOnly: [String]
  ) throws(RPCError) {
    let named = mask?.paths ?? []
    guard !named.isEmpty else {
      paths = Set(changeable.filter(\.isFilledIn).map(\.name))
      return
    }
    let known = Set(changeable.map(\.name))
    var faults = Violations()
    var chosen: Set<String> = []
    for (index, path) in named.enumerated() {
      if path == "*" {
        chosen.formUnion(known)
      } else if known.contains(path) {
        chosen.insert(path)
      } else if !outputOnly.contains(path) {
        faults.add(
          "update_mask.paths[\(index)]",
          "`\(path)` is no changeable field of \(field); changeable are "
            + changeable.map(\.name).joined(separator: ", "),
          reason: "UPDATE_MASK")
      }
    }
    try faults.throwIfAny()
    paths = chosen
  }

  package func contains(_ path: String) -> Bool { paths.contains(path) }
}

extension RPCError {
  /// The resource changed since the caller read it.
  package static func etagMismatch(_ kind: String) -> RPCError {
    RPCError(
      .aborted, "the \(kind) was changed in the meantime; read it again", reason: "ETAG_MISMATCH")
  }
}
