// Speaks the protocol of the official conformance runner: on standard input requests, on standard
// output responses, each behind its length in four bytes, the least significant first.
//
//   conformance_test_runner .build/debug/conformance-protobuf
//
// Beside the message types of the runner it knows all those of our own contract.
//
// At the end of the input it says on standard error what was skipped, and how often.

internal import ConformanceMessages
internal import Glibc
internal import Schema
internal import Wire

/// Reads exactly as many bytes; nil at the end of the input.
func input(_ count: Int) -> [UInt8]? {
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
    while initialized < count {
      let rest = unsafe buffer.baseAddress?.advanced(by: initialized)
      let part = unsafe read(STDIN_FILENO, rest, count - initialized)
      guard part > 0 else { return }
      initialized += part
    }
  }
  return bytes.count == count ? bytes : nil
}

func output(_ bytes: [UInt8], to file: Int32 = STDOUT_FILENO) {
  unsafe bytes.withUnsafeBytes { bytes in
    var written = 0
    while written < bytes.count {
      let rest = unsafe bytes.baseAddress?.advanced(by: written)
      let part = unsafe write(file, rest, bytes.count - written)
      guard part > 0 else { exit(1) }
      written += part
    }
  }
}

/// More than this is no test but an error in the protocol.
let requestBytesMax = 1 << 30

let answerer = try Answerer()
var skipped: [String: Int] = [:]
while let prefix = input(4) {
  let size = prefix.reversed().reduce(0) { $0 << 8 | Int($1) }
  guard size <= requestBytesMax, let bytes = input(size) else {
    output(Array("conformance-protobuf: the input ends inside a request\n".utf8), to: STDERR_FILENO)
    exit(1)
  }
  let response: ConformanceResponse
  do throws(WireError) {
    response = answerer.answer(try ConformanceRequest(wireBytes: bytes))
  } catch {
    response = ConformanceResponse(result: .runtimeError("the request: \(error)"))
  }
  if case .skipped(let reason)? = response.result { skipped[reason, default: 0] += 1 }
  let answer = response.wireBytes()
  let length = UInt32(truncatingIfNeeded: answer.count)
  output([0, 8, 16, 24].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) } + answer)
}
for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
  output(Array("skipped \(count): \(reason)\n".utf8), to: STDERR_FILENO)
}
