#if !FUZZER
  internal import Glibc

  /// Without libFuzzer the checks run on bytes from files.
  ///
  ///     fuzz-http server|client|door FILE...      each file as one input
  @main
  struct Replay {
    static func main() async {
      guard let mode = CommandLine.arguments.dropFirst().first.flatMap(Check.Mode.init) else {
        print("usage: fuzz-http server|client|door FILE...")
        exit(2)
      }
      let check = await Check()
      for path in CommandLine.arguments.dropFirst(2) {
        let bytes = contents(of: path)
        await Task(executorPreference: check.loop) { await check.run(mode, bytes) }.value
      }
    }

    private static func contents(of path: String) -> [UInt8] {
      guard let file = unsafe fopen(path, "rb") else {
        print("fuzz-http: cannot read \(path)")
        exit(1)
      }
      defer { unsafe fclose(file) }
      var bytes: [UInt8] = []
      while true {
        let part = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
          unsafe count = fread(buffer.baseAddress, 1, 1 << 16, file)
        }
        guard !part.isEmpty else { return bytes }
        bytes += part
      }
    }
  }
#endif
