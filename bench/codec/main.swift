// Klinke's side of the codec benchmark. `usage: bench-codec ORDER LIST`, two files; prints
// `CASE NANOSECONDS` for each case.

internal import Glibc
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

func bytes(of path: String) -> [UInt8] {
  guard let file = unsafe fopen(path, "rb") else {
    print("bench-codec: cannot read \(path)")
    exit(1)
  }
  defer { unsafe fclose(file) }
  let capacity = 1 << 20
  return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    unsafe count = fread(buffer.baseAddress, 1, capacity, file)
  }
}

func cases<M: Message>(_ name: String, _ path: String, _ type: M.Type) throws {
  let bytes = bytes(of: path)
  let sample = try M(wireBytes: bytes)
  try measure("decode-fresh \(name)") { try M(wireBytes: bytes).unknownFields.count }
  measure("encode \(name)") { sample.wireBytes().count }
}

guard CommandLine.arguments.count == 3 else {
  print("usage: bench-codec ORDER LIST")
  exit(2)
}
try cases("order", CommandLine.arguments[1], Order.self)
try cases("list", CommandLine.arguments[2], OrderList.self)
