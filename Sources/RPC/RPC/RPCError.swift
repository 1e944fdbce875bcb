public import Wire

/// Why a call failed: what the caller is told, and what only the log is told.
///
/// ```swift
/// throw RPCError(.notFound, "no mapping \(id)", reason: "MAPPING_NOT_FOUND")
/// ```
///
/// An error made by a service always carries a `google.rpc.ErrorInfo` of the domain `klinke`, so a
/// client can branch on its reason instead of the words.
public struct RPCError: Error, Sendable, Hashable {
  /// The domain of every `ErrorInfo` we make.
  public static let domain = "klinke"

  /// Never ``RPCCode/ok``.
  public var code: RPCCode
  /// For the caller, in English: no SQL, hosts, paths or other tenants' names.
  public var message: String
  /// For the log only; never leaves the process.
  public var detail: String
  /// Typed details, at most one of each type.
  public var details: [AnyMessage]
  /// Trailing metadata that goes out with the status.
  public var metadata: Metadata

  /// An error of ours. `reason` is UPPER_SNAKE and defaults to the name of the code; `metadata` is
  /// the machine-readable part of the `ErrorInfo`.
  public init(
    _ code: RPCCode, _ message: String, reason: String? = nil, metadata: [String: String] = [:],
    detail: String = ""
  ) {
    precondition(code != .ok, "an error cannot mean success")
    self.code = code
    self.message = message
    self.detail = detail
    self.details = []
    self.metadata = Metadata()
    add(ErrorInfo(reason: reason ?? code.name, domain: RPCError.domain, metadata: metadata))
  }

  /// An error as a peer sent it: nothing is added to its details.
  package init(
    received code: RPCCode, message: String, details: [AnyMessage], metadata: Metadata
  ) {
    self.code = code
    self.message = message
    self.detail = ""
    self.details = details
    self.metadata = metadata
  }

  /// Adds a typed detail, in place of an earlier one of the same type.
  public mutating func add<Detail: Message>(_ detail: Detail) {
    let packed = AnyMessage(
      typeURL: RPCError.typeURL(Detail.protoName), value: detail.wireBytes())
    if let index = details.firstIndex(where: { $0.typeURL == packed.typeURL }) {
      details[index] = packed
    } else {
      details.append(packed)
    }
  }

  /// The detail of one type, if the error carries it and it decodes.
  public func detail<Detail: Message>(_ type: Detail.Type) -> Detail? {
    let url = RPCError.typeURL(Detail.protoName)
    guard let packed = details.first(where: { $0.typeURL == url }) else { return nil }
    return try? Detail(wireBytes: packed.value)
  }

  /// The reason of the `ErrorInfo`; empty when there is none.
  public var reason: String { detail(ErrorInfo.self)?.reason ?? "" }

  private static func typeURL(_ protoName: String) -> String { "type.googleapis.com/" + protoName }
}

// MARK: google.rpc.Status

extension RPCError {
  /// The serialized `google.rpc.Status` that travels as `grpc-status-details-bin`.
  package var statusBytes: [UInt8] {
    RPCStatusMessage(code: Int32(code.rawValue), message: message, details: details).wireBytes()
  }
}

// MARK: Words

extension RPCError: CustomStringConvertible, CustomDebugStringConvertible {
  /// What the caller may see.
  public var description: String { "\(code.name): \(message)" }

  /// With the part for the log.
  public var debugDescription: String {
    detail.isEmpty ? description : "\(description) (\(detail))"
  }
}
