#if !FUZZER
  internal import Glibc

  /// Without libFuzzer the checks run on bytes from files.
  ///
  ///     fuzz-codec binary FILE...      each file as a message
  ///     fuzz-codec json FILE...        each file as JSON
  ///     fuzz-codec text FILE...        each file as text
  ///     fuzz-codec mutations FILE...   of each record: every prefix, every change of a single byte
  ///
  /// A record is a length in four bytes, the least significant first, and a message.
  @main
  struct Replay {
    static func main() {
      let check = Check()
      let kind = CommandLine.arguments.dropFirst().first ?? ""
      let paths = CommandLine.arguments.dropFirst(2)
      if let mode = Check.Mode(rawValue: kind) {
        for path in paths { check.run(mode, contents(of: path)) }
      } else if kind == "mutations" {
        for path in paths { mutations(of: contents(of: path), check) }
      } else {
        print("usage: fuzz-codec binary|json|text|mutations FILE...")
        exit(2)
      }
    }

    private static func contents(of path: String) -> [UInt8] {
      guard let file = unsafe fopen(path, "rb") else {
        print("fuzz-codec: cannot read \(path)")
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

    private static func mutations(of records: [UInt8], _ check: Check) {
      var rest = records[...]
      var tally = (records: 0, inputs: 0, read: 0)
      func feed(_ bytes: [UInt8]) {
        tally.inputs += 1
        if check.codec(bytes) { tally.read += 1 }
      }
      while rest.count >= 4 {
        let size = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        var bytes = Array(rest.dropFirst(4).prefix(size))
        rest = rest.dropFirst(4 + size)
        tally.records += 1
        for count in bytes.indices { feed(Array(bytes.prefix(count))) }
        for index in bytes.indices {
          let original = bytes[index]
          for change in UInt8(1)...255 {
            bytes[index] = original ^ change
            feed(bytes)
          }
          bytes[index] = original
        }
      }
      print("\(tally.records) records, \(tally.inputs) inputs, \(tally.read) read")
    }
  }
#endif
