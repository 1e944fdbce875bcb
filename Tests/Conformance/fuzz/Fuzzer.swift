#if FUZZER
  internal import Glibc

  /// Made once; what it holds never changes.
  private let check = Check()

  /// KLINKE_FUZZ says what the bytes are.
  private let mode: Check.Mode = {
    guard let name = unsafe getenv("KLINKE_FUZZ"),
      let mode = Check.Mode(rawValue: unsafe String(cString: name))
    else { fatalError("KLINKE_FUZZ is not one of \(Check.Mode.allCases)") }
    return mode
  }()

  /// What libFuzzer calls for each input.
  @c(LLVMFuzzerTestOneInput)
  public func fuzzerTestOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    check.run(mode, unsafe Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
  }
#endif
