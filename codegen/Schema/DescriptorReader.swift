internal import CDescriptor
private import CProtobufC

typealias CFile = UnsafeMutablePointer<Google__Protobuf__FileDescriptorProto>
typealias CMessage = UnsafeMutablePointer<Google__Protobuf__DescriptorProto>
typealias CField = UnsafeMutablePointer<Google__Protobuf__FieldDescriptorProto>
typealias CEnum = UnsafeMutablePointer<Google__Protobuf__EnumDescriptorProto>
typealias CService = UnsafeMutablePointer<Google__Protobuf__ServiceDescriptorProto>
typealias CMethod = UnsafeMutablePointer<Google__Protobuf__MethodDescriptorProto>

/// Turns one file's descriptors into the model.
///
/// The numbers in paths are the field numbers of descriptor.proto: that is how comments are found.
struct DescriptorReader {
  private let source: SourceComments

  init(_ file: CFile) {
    var source = SourceComments(file: unsafe string(file.pointee.name))
    if let info = unsafe file.pointee.source_code_info {
      // Not `for unsafe`: the formatter drops the blank behind it.
      unsafe pointers(info.pointee.location, info.pointee.n_location).forEach { place in
        let span = unsafe numbers(place.pointee.span, place.pointee.n_span)
        source.add(
          path: unsafe numbers(place.pointee.path, place.pointee.n_path),
          line: Int(span.first ?? -1) + 1,
          leading: unsafe string(place.pointee.leading_comments),
          trailing: unsafe string(place.pointee.trailing_comments))
      }
    }
    self.source = source
  }

  func file(_ file: CFile, isGenerated: Bool) -> SchemaFile {
    let package = unsafe string(file.pointee.package)
    let syntax = unsafe string(file.pointee.syntax)
    let messages = unsafe pointers(file.pointee.message_type, file.pointee.n_message_type)
    let enums = unsafe pointers(file.pointee.enum_type, file.pointee.n_enum_type)
    let services = unsafe pointers(file.pointee.service, file.pointee.n_service)
    return unsafe SchemaFile(
      path: string(file.pointee.name), package: package, syntax: syntax.isEmpty ? "proto2" : syntax,
      imports: strings(file.pointee.dependency, file.pointee.n_dependency),
      messages: messages.enumerated().map { unsafe message($1, in: package, [4, Int32($0)]) },
      enums: enums.enumerated().map { unsafe enumeration($1, in: package, [5, Int32($0)]) },
      services: services.enumerated().map { unsafe service($1, in: package, [6, Int32($0)]) },
      isGenerated: isGenerated, descriptor: packed(file))
  }

  /// The descriptor without comments, as clients of reflection get it.
  private func packed(_ file: CFile) -> [UInt8] {
    let comments = unsafe file.pointee.source_code_info
    unsafe file.pointee.source_code_info = nil
    defer { unsafe file.pointee.source_code_info = comments }
    let size = unsafe google__protobuf__file_descriptor_proto__get_packed_size(file)
    return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      count = unsafe google__protobuf__file_descriptor_proto__pack(file, base)
    }
  }

  private func message(_ message: CMessage, in scope: String, _ path: [Int32]) -> SchemaMessage {
    let name = unsafe string(message.pointee.name)
    let fullName = join(scope, name)
    let nested = unsafe pointers(message.pointee.nested_type, message.pointee.n_nested_type)
    let enums = unsafe pointers(message.pointee.enum_type, message.pointee.n_enum_type)
    let oneofs = unsafe pointers(message.pointee.oneof_decl, message.pointee.n_oneof_decl)
    let fields = unsafe pointers(message.pointee.field, message.pointee.n_field)
    let entries = unsafe mapEntries(nested, in: fullName)
    // The compiler puts the oneofs behind `optional` after all others.
    let synthetic = unsafe Set(
      fields.filter { unsafe $0.pointee.proto3_optional != 0 }.map { unsafe $0.pointee.oneof_index }
    )
    return unsafe SchemaMessage(
      name: name, fullName: fullName, position: source.position(path),
      comment: source.comment(path),
      isDeprecated: message.pointee.options?.pointee.deprecated ?? 0 != 0,
      fields: fields.enumerated().map { unsafe field($1, entries, path + [2, Int32($0)]) },
      oneofs: oneofs.enumerated().filter { unsafe !synthetic.contains(Int32($0.offset)) }.map {
        unsafe SchemaOneof(
          name: string($1.pointee.name), comment: source.comment(path + [8, Int32($0)]))
      },
      messages: nested.enumerated().filter { unsafe !isMapEntry($0.element) }.map {
        unsafe self.message($1, in: fullName, path + [3, Int32($0)])
      },
      enums: enums.enumerated().map {
        unsafe enumeration($1, in: fullName, path + [4, Int32($0)])
      })
  }

  private func isMapEntry(_ message: CMessage) -> Bool {
    unsafe message.pointee.options?.pointee.map_entry ?? 0 != 0
  }

  /// Key type and value field of each map, by the full name of its entry message.
  private func mapEntries(
    _ nested: [CMessage], in scope: String
  ) -> [String: (key: ScalarType, value: FieldType)] {
    var entries: [String: (key: ScalarType, value: FieldType)] = [:]
    unsafe nested.filter { unsafe isMapEntry($0) }.forEach { entry in
      let fields = unsafe pointers(entry.pointee.field, entry.pointee.n_field)
      let types = unsafe fields.map { unsafe type($0) }
      guard types.count == 2, case .scalar(let key) = types[0] else { return }
      entries[join(scope, unsafe string(entry.pointee.name))] = (key, types[1])
    }
    return entries
  }

  private func field(
    _ field: CField, _ entries: [String: (key: ScalarType, value: FieldType)], _ path: [Int32]
  ) -> SchemaField {
    var type = unsafe type(field)
    let shape: SchemaField.Shape
    if case .message(let name) = type, let entry = entries[name] {
      shape = .map(key: entry.key)
      type = entry.value
    } else {
      shape = unsafe self.shape(field, type)
    }
    return unsafe SchemaField(
      name: string(field.pointee.name), jsonName: string(field.pointee.json_name),
      number: Int(field.pointee.number), position: source.position(path),
      comment: source.comment(path),
      isDeprecated: field.pointee.options?.pointee.deprecated ?? 0 != 0, type: type, shape: shape,
      options: options(field))
  }

  private func options(_ field: CField) -> FieldOptions {
    guard let options = unsafe field.pointee.options else { return FieldOptions() }
    return unsafe extensions(options.pointee.base).map { FieldOptions(extensions: $0) }
      ?? FieldOptions()
  }

  private func shape(_ field: CField, _ type: FieldType) -> SchemaField.Shape {
    if unsafe field.pointee.label.rawValue == 3 {
      let options = unsafe field.pointee.options
      let isUnpacked = unsafe options?.pointee.has_packed == 1 && options?.pointee.packed == 0
      return .repeated(packed: !isUnpacked)
    }
    if unsafe field.pointee.proto3_optional != 0 { return .explicit }
    if unsafe field.pointee.has_oneof_index != 0 {
      return .oneof(Int(unsafe field.pointee.oneof_index))
    }
    if case .message = type { return .explicit }
    return .implicit
  }

  /// The numbers are those of `FieldDescriptorProto.Type`.
  private func type(_ field: CField) -> FieldType {
    let name = unsafe String(string(field.pointee.type_name).drop { $0 == "." })
    return switch unsafe field.pointee.type.rawValue {
    case 1: .scalar(.double)
    case 2: .scalar(.float)
    case 3: .scalar(.int64)
    case 4: .scalar(.uint64)
    case 5: .scalar(.int32)
    case 6: .scalar(.fixed64)
    case 7: .scalar(.fixed32)
    case 8: .scalar(.bool)
    case 9: .scalar(.string)
    case 12: .scalar(.bytes)
    case 13: .scalar(.uint32)
    case 14: .enumeration(name)
    case 15: .scalar(.sfixed32)
    case 16: .scalar(.sfixed64)
    case 17: .scalar(.sint32)
    case 18: .scalar(.sint64)
    // 11 is a message; 10, a group, exists in proto2 only, which is not generated.
    default: .message(name)
    }
  }

  private func enumeration(_ item: CEnum, in scope: String, _ path: [Int32]) -> SchemaEnum {
    let name = unsafe string(item.pointee.name)
    let values = unsafe pointers(item.pointee.value, item.pointee.n_value)
    return unsafe SchemaEnum(
      name: name, fullName: join(scope, name), position: source.position(path),
      comment: source.comment(path),
      values: values.enumerated().map {
        unsafe SchemaEnum.Value(
          name: string($1.pointee.name), number: $1.pointee.number,
          comment: source.comment(path + [2, Int32($0)]),
          isDeprecated: $1.pointee.options?.pointee.deprecated ?? 0 != 0)
      })
  }

  private func join(_ scope: String, _ name: String) -> String {
    scope.isEmpty ? name : "\(scope).\(name)"
  }
}

// MARK: Services

extension DescriptorReader {
  private func service(_ service: CService, in scope: String, _ path: [Int32]) -> SchemaService {
    let name = unsafe string(service.pointee.name)
    let methods = unsafe pointers(service.pointee.method, service.pointee.n_method)
    return unsafe SchemaService(
      name: name, fullName: join(scope, name), position: source.position(path),
      comment: source.comment(path),
      methods: methods.enumerated().map { unsafe method($1, path + [2, Int32($0)]) })
  }

  private func method(_ method: CMethod, _ path: [Int32]) -> SchemaMethod {
    let sendsMany = unsafe method.pointee.client_streaming != 0
    let receivesMany = unsafe method.pointee.server_streaming != 0
    let kind: SchemaMethod.Kind =
      switch (sendsMany, receivesMany) {
      case (false, false): .unary
      case (false, true): .serverStreaming
      case (true, false): .clientStreaming
      case (true, true): .bidirectional
      }
    let idempotency: SchemaMethod.Idempotency =
      switch unsafe method.pointee.options?.pointee.idempotency_level.rawValue ?? 0 {
      case 1: .noSideEffects
      case 2: .idempotent
      default: .unknown
      }
    return unsafe SchemaMethod(
      name: string(method.pointee.name), position: source.position(path),
      comment: source.comment(path),
      isDeprecated: method.pointee.options?.pointee.deprecated ?? 0 != 0, kind: kind,
      request: String(string(method.pointee.input_type).drop { $0 == "." }),
      response: String(string(method.pointee.output_type).drop { $0 == "." }),
      idempotency: idempotency, options: options(method))
  }

  private func options(_ method: CMethod) -> MethodOptions {
    guard let options = unsafe method.pointee.options else { return MethodOptions() }
    return unsafe extensions(options.pointee.base).flatMap { MethodOptions(extensions: $0) }
      ?? MethodOptions()
  }

  /// Extensions are unknown to descriptor.proto and arrive as bytes, lengths in front.
  private func extensions(_ base: ProtobufCMessage) -> OptionBytes? {
    var encoded: [UInt8] = []
    for index in 0..<Int(unsafe base.n_unknown_fields) {
      let field = unsafe base.unknown_fields[index]
      var tag = unsafe UInt64(field.tag) << 3 | UInt64(field.wire_type.rawValue)
      while tag >= 0x80 {
        encoded.append(UInt8(truncatingIfNeeded: tag) | 0x80)
        tag >>= 7
      }
      encoded.append(UInt8(tag))
      unsafe encoded += UnsafeBufferPointer(start: field.data, count: field.len)
    }
    return OptionBytes(encoded[...])
  }
}
