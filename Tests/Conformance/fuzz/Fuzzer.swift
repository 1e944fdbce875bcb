#if FUZZER
  internal import Glibc

  /// Made once; what it holds never changes.
  private let check = Check()

  /// KLINKE_FUZZ says what the bytes are: `binary` or `json`.
  private let isJSON: Bool = {
    guard let mode = unsafe getenv("KLINKE_FUZZ") else { return false }
    return unsafe String(cString: mode) == "json"
  }()

  /// What libFuzzer calls for each input.
  @c(LLVMFuzzerTestOneInput)
  public func fuzzerTestOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
    if isJSON { check.json(bytes) } else { check.binary(bytes) }
    return 0
  }
#endif
