// Generated from order.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import Wire

/// An amount in a currency.
public struct Money: Message {
  /// ISO 4217.
  public var currencyCode: String = ""
  /// Whole units.
  public var units: Int64 = 0
  /// Billionths of a unit.
  public var nanos: Int32 = 0
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(currencyCode: String = "", units: Int64 = 0, nanos: Int32 = 0) {
    self.currencyCode = currencyCode
    self.units = units
    self.nanos = nanos
  }
}

/// One line of an order.
public struct LineItem: Message {
  /// The article's number.
  public var sku: String = ""
  /// What the customer reads.
  public var description: String = ""
  /// How many.
  public var quantity: Int32 = 0
  /// What one costs.
  public var unitPrice: Money?
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    sku: String = "", description: String = "", quantity: Int32 = 0, unitPrice: Money? = nil
  ) {
    self.sku = sku
    self.description = description
    self.quantity = quantity
    self.unitPrice = unitPrice
  }
}

/// A field of nearly every shape.
public struct Order: Message {
  /// Resource name.
  public var name: String = ""
  /// Who sells.
  public var tenantID: String = ""
  /// Who buys.
  public var customerID: Int64 = 0
  /// Grows with each change.
  public var revision: Int64 = 0
  /// Where it stands.
  public var status: OrderStatus = .unspecified
  /// The sum of all lines.
  public var total: Money?
  /// Its lines.
  public var items: [LineItem] = []
  /// Words to find it by.
  public var tags: [String] = []
  /// What other systems remember with it.
  public var labels: [String: String] = [:]
  /// Orders that belong to it.
  public var relatedOrderIDs: [Int64] = []
  /// When it was made.
  public var createTime: Timestamp?
  /// When it changed last.
  public var updateTime: Timestamp?
  /// Whether it is out of the way.
  public var archived: Bool = false
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(
    name: String = "",
    tenantID: String = "",
    customerID: Int64 = 0,
    revision: Int64 = 0,
    status: OrderStatus = .unspecified,
    total: Money? = nil,
    items: [LineItem] = [],
    tags: [String] = [],
    labels: [String: String] = [:],
    relatedOrderIDs: [Int64] = [],
    createTime: Timestamp? = nil,
    updateTime: Timestamp? = nil,
    archived: Bool = false
  ) {
    self.name = name
    self.tenantID = tenantID
    self.customerID = customerID
    self.revision = revision
    self.status = status
    self.total = total
    self.items = items
    self.tags = tags
    self.labels = labels
    self.relatedOrderIDs = relatedOrderIDs
    self.createTime = createTime
    self.updateTime = updateTime
    self.archived = archived
  }
}

/// A page of orders.
public struct OrderList: Message {
  /// The orders.
  public var orders: [Order] = []
  /// Fields of a newer schema.
  public var unknownFields = UnknownFields()

  public init(orders: [Order] = []) {
    self.orders = orders
  }
}

/// Where an order stands.
public enum OrderStatus: WireEnum {
  /// Not set.
  case unspecified
  /// Waiting for its payment.
  case open
  /// Paid and not sent.
  case paid
  /// On its way.
  case sent
  /// A value from a newer schema; kept so that it survives a round trip.
  case unrecognized(Int32)
}

// MARK: - Wire format

extension Money {
  public static var protoName: String { "klinke.bench.v1.Money" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, currencyCode)
    output.appendField(2, units)
    output.appendField(3, nanos)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: currencyCode = try reader.string()
      case 16: units = try reader.int64()
      case 24: nanos = try reader.int32()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension LineItem {
  public static var protoName: String { "klinke.bench.v1.LineItem" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, sku)
    output.appendField(2, description)
    output.appendField(3, quantity)
    output.appendField(4, unitPrice)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: sku = try reader.string()
      case 18: description = try reader.string()
      case 24: quantity = try reader.int32()
      case 34: try reader.message(into: &unitPrice)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension Order {
  public static var protoName: String { "klinke.bench.v1.Order" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendField(1, name)
    output.appendField(2, tenantID)
    output.appendField(3, customerID)
    output.appendField(4, revision)
    output.appendField(5, status)
    output.appendField(6, total)
    output.appendRepeated(7, items)
    output.appendRepeated(8, tags, as: WireString.self)
    output.appendMap(9, labels, key: WireString.self, value: WireString.self)
    output.appendRepeated(10, relatedOrderIDs, as: WireInt64.self)
    output.appendField(11, createTime)
    output.appendField(12, updateTime)
    output.appendField(13, archived)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: name = try reader.string()
      case 18: tenantID = try reader.string()
      case 24: customerID = try reader.int64()
      case 32: revision = try reader.int64()
      case 40: status = try reader.enumeration()
      case 50: try reader.message(into: &total)
      case 58: try reader.append(tag, to: &items)
      case 66: try reader.append(tag, to: &tags, as: WireString.self)
      case 74: try reader.insert(tag, into: &labels, key: WireString.self, value: WireString.self)
      case 80, 82: try reader.append(tag, to: &relatedOrderIDs, as: WireInt64.self)
      case 90: try reader.message(into: &createTime)
      case 98: try reader.message(into: &updateTime)
      case 104: archived = try reader.bool()
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension OrderList {
  public static var protoName: String { "klinke.bench.v1.OrderList" }

  public init() {}

  public func encode(into output: inout WireWriter) {
    output.appendRepeated(1, orders)
    output.appendUnknown(unknownFields)
  }

  public mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let tag = try reader.nextTag() {
      switch tag {
      case 10: try reader.append(tag, to: &orders)
      default: try reader.keepUnknown(tag, in: &unknownFields)
      }
    }
  }
}

extension OrderStatus {
  public static var protoName: String { "klinke.bench.v1.OrderStatus" }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .open
    case 2: self = .paid
    case 3: self = .sent
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .open: 1
    case .paid: 2
    case .sent: 3
    case .unrecognized(let number): number
    }
  }
}
