// Generated from grpc/reflection/v1/reflection.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// Asks for one description.
public struct ServerReflectionRequest: Message {
  /// Host name the client called.
  public var host: String = ""
  /// What is asked for.
  public var messageRequest: MessageRequest?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(host: String = "", messageRequest: MessageRequest? = nil) {
    self.host = host
    self.messageRequest = messageRequest
  }

  /// What is asked for.
  public enum MessageRequest: Hashable, Sendable {
    /// The file of this name.
    case fileByFilename(String)
    /// The file that declares this service, method, message, field or enum.
    case fileContainingSymbol(String)
    /// The file that declares this extension.
    case fileContainingExtension(ExtensionRequest)
    /// The numbers of all extensions of this message.
    case allExtensionNumbersOfType(String)
    /// The names of all services; the content does not matter.
    case listServices(String)
  }
}

/// Names an extension.
public struct ExtensionRequest: Message {
  /// Full name of the message that is extended.
  public var containingType: String = ""
  /// Number of the extension.
  public var extensionNumber: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(containingType: String = "", extensionNumber: Int32 = 0) {
    self.containingType = containingType
    self.extensionNumber = extensionNumber
  }
}

/// Answers one request.
public struct ServerReflectionResponse: Message {
  /// Host name of the request.
  public var validHost: String = ""
  /// The request that is answered.
  public var originalRequest: ServerReflectionRequest?
  /// The answer.
  public var messageResponse: MessageResponse?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    validHost: String = "",
    originalRequest: ServerReflectionRequest? = nil,
    messageResponse: MessageResponse? = nil
  ) {
    self.validHost = validHost
    self.originalRequest = originalRequest
    self.messageResponse = messageResponse
  }

  /// The answer.
  public enum MessageResponse: Hashable, Sendable {
    /// The file asked for and what it imports.
    case fileDescriptorResponse(FileDescriptorResponse)
    /// The numbers asked for.
    case allExtensionNumbersResponse(ExtensionNumberResponse)
    /// The services.
    case listServicesResponse(ListServiceResponse)
    /// Why there is no answer; the stream goes on.
    case errorResponse(ErrorResponse)
  }
}

/// Files.
public struct FileDescriptorResponse: Message {
  /// Each an encoded `google.protobuf.FileDescriptorProto`.
  public var fileDescriptorProto: [[UInt8]] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(fileDescriptorProto: [[UInt8]] = []) {
    self.fileDescriptorProto = fileDescriptorProto
  }
}

/// Numbers of extensions.
public struct ExtensionNumberResponse: Message {
  /// Full name of the message that is extended.
  public var baseTypeName: String = ""
  /// The numbers, in no order.
  public var extensionNumber: [Int32] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(baseTypeName: String = "", extensionNumber: [Int32] = []) {
    self.baseTypeName = baseTypeName
    self.extensionNumber = extensionNumber
  }
}

/// Services.
public struct ListServiceResponse: Message {
  /// All of them.
  public var service: [ServiceResponse] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(service: [ServiceResponse] = []) {
    self.service = service
  }
}

/// A service.
public struct ServiceResponse: Message {
  /// Full name.
  public var name: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(name: String = "") {
    self.name = name
  }
}

/// A refusal.
public struct ErrorResponse: Message {
  /// A status code of gRPC.
  public var errorCode: Int32 = 0
  /// Words for people.
  public var errorMessage: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(errorCode: Int32 = 0, errorMessage: String = "") {
    self.errorCode = errorCode
    self.errorMessage = errorMessage
  }
}

// MARK: - Wire format

extension ServerReflectionRequest {
  public static var protoName: String { "grpc.reflection.v1.ServerReflectionRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, host)
    if case .fileByFilename(let value)? = messageRequest { output.appendPresent(3, value, as: WireString.self) }
    if case .fileContainingSymbol(let value)? = messageRequest { output.appendPresent(4, value, as: WireString.self) }
    if case .fileContainingExtension(let value)? = messageRequest { output.appendField(5, value) }
    if case .allExtensionNumbersOfType(let value)? = messageRequest { output.appendPresent(6, value, as: WireString.self) }
    if case .listServices(let value)? = messageRequest { output.appendPresent(7, value, as: WireString.self) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: host = try reader.string()
      case 26: messageRequest = .fileByFilename(try reader.string())
      case 34: messageRequest = .fileContainingSymbol(try reader.string())
      case 42:
        var value = ExtensionRequest()
        if case .fileContainingExtension(let current)? = messageRequest { value = current }
        try reader.message(into: &value)
        messageRequest = .fileContainingExtension(value)
      case 50: messageRequest = .allExtensionNumbersOfType(try reader.string())
      case 58: messageRequest = .listServices(try reader.string())
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ExtensionRequest {
  public static var protoName: String { "grpc.reflection.v1.ExtensionRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, containingType)
    output.appendField(2, extensionNumber)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: containingType = try reader.string()
      case 16: extensionNumber = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ServerReflectionResponse {
  public static var protoName: String { "grpc.reflection.v1.ServerReflectionResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, validHost)
    output.appendField(2, originalRequest)
    if case .fileDescriptorResponse(let value)? = messageResponse { output.appendField(4, value) }
    if case .allExtensionNumbersResponse(let value)? = messageResponse { output.appendField(5, value) }
    if case .listServicesResponse(let value)? = messageResponse { output.appendField(6, value) }
    if case .errorResponse(let value)? = messageResponse { output.appendField(7, value) }
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: validHost = try reader.string()
      case 18: try reader.message(into: &originalRequest)
      case 34:
        var value = FileDescriptorResponse()
        if case .fileDescriptorResponse(let current)? = messageResponse { value = current }
        try reader.message(into: &value)
        messageResponse = .fileDescriptorResponse(value)
      case 42:
        var value = ExtensionNumberResponse()
        if case .allExtensionNumbersResponse(let current)? = messageResponse { value = current }
        try reader.message(into: &value)
        messageResponse = .allExtensionNumbersResponse(value)
      case 50:
        var value = ListServiceResponse()
        if case .listServicesResponse(let current)? = messageResponse { value = current }
        try reader.message(into: &value)
        messageResponse = .listServicesResponse(value)
      case 58:
        var value = ErrorResponse()
        if case .errorResponse(let current)? = messageResponse { value = current }
        try reader.message(into: &value)
        messageResponse = .errorResponse(value)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension FileDescriptorResponse {
  public static var protoName: String { "grpc.reflection.v1.FileDescriptorResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, fileDescriptorProto, as: WireBytes.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &fileDescriptorProto, as: WireBytes.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ExtensionNumberResponse {
  public static var protoName: String { "grpc.reflection.v1.ExtensionNumberResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, baseTypeName)
    output.appendRepeated(2, extensionNumber, as: WireInt32.self)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: baseTypeName = try reader.string()
      case 16, 18: try reader.append(tag, to: &extensionNumber, as: WireInt32.self)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListServiceResponse {
  public static var protoName: String { "grpc.reflection.v1.ListServiceResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, service)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &service)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ServiceResponse {
  public static var protoName: String { "grpc.reflection.v1.ServiceResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, name)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: name = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ErrorResponse {
  public static var protoName: String { "grpc.reflection.v1.ErrorResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, errorCode)
    output.appendField(2, errorMessage)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 8: errorCode = try reader.int32()
      case 18: errorMessage = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
