private import Wire

/// Every type and service of a `google.protobuf.FileDescriptorSet`, found by full name.
///
/// ```swift
/// let pool = try DescriptorPool(fileDescriptorSet: Contract.decode())
/// let tenant = pool.message(named: "klinke.tenant.v1.Tenant")
/// ```
///
/// The set must be complete: a field whose type is not in it is an error. Built once at the start
/// of a program and shared.
package final class DescriptorPool: Sendable {
  package let files: [FileDescriptor]
  package let messages: [MessageDescriptor]
  package let enums: [EnumDescriptor]
  package let services: [ServiceDescriptor]
  private let messageIndex: [String: Int]
  private let enumIndex: [String: Int]
  private let serviceIndex: [String: Int]
  /// Index into ``files`` for every message, enum and service.
  private let fileIndex: [String: Int]

  package init(fileDescriptorSet bytes: [UInt8]) throws(DescriptorError) {
    var reader = DescriptorReader()
    do throws(WireError) {
      try reader.read(bytes)
    } catch {
      throw .malformed("\(error)")
    }
    files = reader.files
    services = reader.services
    enums = reader.enums
    messages = try reader.resolvedMessages()
    messageIndex = reader.messageIndex
    enumIndex = reader.enumIndex
    serviceIndex = Dictionary(
      services.enumerated().map { ($1.fullName, $0) }, uniquingKeysWith: { $1 })
    fileIndex = reader.fileOfSymbol
  }

  /// The message type with a full name such as `klinke.tenant.v1.Tenant`.
  package func message(named fullName: String) -> MessageDescriptor? {
    messageIndex[fullName].map { messages[$0] }
  }

  package func enumeration(named fullName: String) -> EnumDescriptor? {
    enumIndex[fullName].map { enums[$0] }
  }

  package func service(named fullName: String) -> ServiceDescriptor? {
    serviceIndex[fullName].map { services[$0] }
  }

  package func file(named name: String) -> FileDescriptor? {
    files.first { $0.name == name }
  }

  /// The file that declares a message, an enum, a service, or a service's method by its full name.
  package func file(declaring symbol: String) -> FileDescriptor? {
    if let index = fileIndex[symbol] { return files[index] }
    guard let dot = symbol.lastIndex(of: ".") else { return nil }
    let service = String(symbol[..<dot])
    let method = symbol[symbol.index(after: dot)...]
    guard let index = fileIndex[service], let declared = self.service(named: service),
      declared.methods.contains(where: { $0.name == method })
    else { return nil }
    return files[index]
  }

  /// The message type of a message or map field.
  package func message(of field: FieldDescriptor) -> MessageDescriptor {
    messages[field.typeIndex]
  }

  package func enumeration(of field: FieldDescriptor) -> EnumDescriptor {
    enums[field.typeIndex]
  }
}

/// Why a descriptor set cannot be used. It is part of the program, so this is a broken build.
package enum DescriptorError: Error, Hashable {
  /// The bytes are not a descriptor set.
  case malformed(String)
  /// A field's type is not in the set.
  case unknownType(String, field: String)
  /// A field's declaration contradicts itself.
  case invalidField(String)
}
