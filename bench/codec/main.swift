// Klinke's side of the codec benchmark. `usage: bench-codec FOLDER`, with what codec_table.py puts
// there; prints `CASE NANOSECONDS` for each case.

internal import Glibc
internal import Schema
internal import Wire

/// Keeps results alive.
nonisolated(unsafe) var sink = 0

/// Time that this thread has worked, so that other programs on the machine do not count.
func nanoseconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

func measure(_ name: String, _ body: () throws -> Int) rethrows {
  var count = 1
  // The last and longest batch counts; the shorter ones warm up.
  while true {
    let begin = nanoseconds()
    for _ in 0..<count { unsafe sink &+= try body() }
    let spent = nanoseconds() - begin
    if spent > 40e6 {
      print(name, spent / Double(count))
      return
    }
    count *= spent < 4e6 ? 8 : 2
  }
}

func stop(_ reason: String) -> Never {
  print("bench-codec: \(reason)")
  exit(1)
}

func read(_ path: String) -> [UInt8] {
  guard let file = unsafe fopen(path, "rb") else { stop("cannot read \(path)") }
  defer { unsafe fclose(file) }
  let capacity = 1 << 20
  return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    unsafe count = fread(buffer.baseAddress, 1, capacity, file)
  }
}

/// Messages to and from their bytes, and to and from JSON as the doors for JSON do it.
func cases<M: Message>(
  _ name: String, _ folder: String, _ mapping: JSONMapping, _: M.Type
) throws {
  let bytes = read("\(folder)/\(name).bin")
  let json = read("\(folder)/\(name).json")
  guard let type = mapping.pool.message(named: M.protoName) else { stop("no \(M.protoName)") }
  let sample = try M(wireBytes: bytes)
  try measure("decode-fresh \(name)") { try M(wireBytes: bytes).unknownFields.count }
  measure("encode \(name)") { sample.wireBytes().count }

  guard try M(wireBytes: mapping.wireBytes(fromJSON: json, type: type)) == sample else {
    stop("\(name).json is not \(name).bin")
  }
  try measure("decode \(name).json") {
    try M(wireBytes: mapping.wireBytes(fromJSON: json, type: type)).unknownFields.count
  }
  try measure("encode \(name).json") {
    try mapping.json(fromWire: sample.wireBytes(), type: type).count
  }
}

guard CommandLine.arguments.count == 2 else {
  print("usage: bench-codec FOLDER")
  exit(2)
}
let folder = CommandLine.arguments[1]
let mapping = JSONMapping(
  try DescriptorPool(fileDescriptorSet: read("\(folder)/order.set")))
try cases("order", folder, mapping, Order.self)
try cases("list", folder, mapping, OrderList.self)
