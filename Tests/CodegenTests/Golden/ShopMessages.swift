// Generated from shop.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// A thing that is sold.
public struct Item: Message {
  /// UUID; set by the server.
  public var itemID: String = ""
  /// Price in cents.
  public var price: Int64?
  /// Where it stands.
  public var state: State = .unspecified
  /// What it is made of, by name.
  public var parts: [String: Item] = [:]
  /// What it lies in.
  @Boxed public var box: Item?
  /// How it is packed.
  public var packing: Packing?
  /// A name it had.
  @available(*, deprecated, message: "deprecated in the schema")
  public var oldName: String {
    get { storedOldName }
    set { storedOldName = newValue }
  }
  var storedOldName: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    itemID: String = "",
    price: Int64? = nil,
    state: State = .unspecified,
    parts: [String: Item] = [:],
    box: Item? = nil,
    packing: Packing? = nil
  ) {
    self.itemID = itemID
    self.price = price
    self.state = state
    self.parts = parts
    self.box = box
    self.packing = packing
  }

  /// How it is packed.
  public enum Packing: Hashable, Sendable {
    /// A number of layers.
    case layers(UInt32)
    /// Another item around it.
    indirect case wrapping(Item)
  }

  /// The states of an item.
  public enum State: WireEnum {
    /// Not set.
    case unspecified
    /// In store.
    case inStore
    /// A word that Swift keeps for itself.
    case `default`
    case storedLent
    /// A value from a newer schema; kept so that it survives a round trip.
    case unrecognized(Int32)
    /// What it was once.
    @available(*, deprecated, message: "deprecated in the schema")
    public static var lent: Self { .storedLent }
  }
}

/// A new item.
public struct CreateItemRequest: Message {
  /// UUID of the tenant.
  public var tenantID: String = ""
  /// The item. Required.
  public var item: Item?
  /// UUID chosen by the caller.
  public var requestID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(tenantID: String = "", item: Item? = nil, requestID: String = "") {
    self.tenantID = tenantID
    self.item = item
    self.requestID = requestID
  }
}

/// Selects items.
public struct ListItemsRequest: Message {
  /// Which ones.
  public var filter: Item?
  /// Only those that are newer.
  public var newerThan: Timestamp?
  /// Most items in the answer.
  public var pageSize: Int32 = 0
  /// The `next_page_token` of the page before.
  public var pageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    filter: Item? = nil, newerThan: Timestamp? = nil, pageSize: Int32 = 0, pageToken: String = ""
  ) {
    self.filter = filter
    self.newerThan = newerThan
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// Items.
public struct ListItemsResponse: Message {
  /// All of them.
  public var items: [Item] = []
  /// Token of the next page.
  public var nextPageToken: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(items: [Item] = [], nextPageToken: String = "") {
    self.items = items
    self.nextPageToken = nextPageToken
  }
}

/// Names an item.
public struct DeleteItemRequest: Message {
  /// UUID.
  public var itemID: String = ""
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(itemID: String = "") {
    self.itemID = itemID
  }
}

/// News.
public struct TakeNewsRequest: Message {
  /// The body as it came.
  public var body: [UInt8] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  @available(*, deprecated, message: "deprecated in the schema")
  public init(body: [UInt8] = []) {
    self.body = body
  }
}

// MARK: - Wire format

extension Item {
  public static var protoName: String { "golden.v1.Item" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, itemID)
    output.appendPresent(2, price, as: WireInt64.self)
    output.appendField(3, state)
    output.appendMap(4, parts, key: WireString.self, value: WireMessage<Item>.self)
    output.appendField(5, box)
    if case .layers(let value)? = packing { output.appendPresent(6, value, as: WireUInt32.self) }
    if case .wrapping(let value)? = packing { output.appendField(7, value) }
    output.appendField(8, storedOldName)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: itemID = try reader.string()
      case 16: price = try reader.int64()
      case 24: state = try reader.enumeration()
      case 34: try reader.insert(tag, into: &parts, key: WireString.self, value: WireMessage<Item>.self)
      case 42: try reader.message(into: &box)
      case 48: packing = .layers(try reader.uint32())
      case 58:
        var value = Item()
        if case .wrapping(let current)? = packing { value = current }
        try reader.message(into: &value)
        packing = .wrapping(value)
      case 66: storedOldName = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Item.State {
  public static var protoName: String { "golden.v1.Item.State" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .inStore
    case 2: self = .`default`
    case 3: self = .storedLent
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .inStore: 1
    case .`default`: 2
    case .storedLent: 3
    case .unrecognized(let number): number
    }
  }
}

extension CreateItemRequest {
  public static var protoName: String { "golden.v1.CreateItemRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, tenantID)
    output.appendField(2, item)
    output.appendField(3, requestID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: tenantID = try reader.string()
      case 18: try reader.message(into: &item)
      case 26: requestID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListItemsRequest {
  public static var protoName: String { "golden.v1.ListItemsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, filter)
    output.appendField(2, newerThan)
    output.appendField(3, pageSize)
    output.appendField(4, pageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.message(into: &filter)
      case 18: try reader.message(into: &newerThan)
      case 24: pageSize = try reader.int32()
      case 34: pageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension ListItemsResponse {
  public static var protoName: String { "golden.v1.ListItemsResponse" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, items)
    output.appendField(2, nextPageToken)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &items)
      case 18: nextPageToken = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension DeleteItemRequest {
  public static var protoName: String { "golden.v1.DeleteItemRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, itemID)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: itemID = try reader.string()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension TakeNewsRequest {
  public static var protoName: String { "golden.v1.TakeNewsRequest" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, body)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: body = try reader.bytes()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}
