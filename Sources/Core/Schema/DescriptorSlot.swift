private import Synchronization

/// A file's types, once somebody has needed them.
///
/// What `AtomicLazyReference` does, but of one type: the generic one is not specialised here, and
/// every nested message of a document asks.
@safe final class DescriptorSlot: Sendable {
  /// The address of a retained ``FileContent``, 0 before there is one. Set once.
  private let address = Atomic<UInt>(0)

  deinit { unsafe Self.reference(address.load(ordering: .acquiring))?.release() }

  var content: FileContent? {
    unsafe Self.reference(address.load(ordering: .acquiring))?.takeUnretainedValue()
  }

  /// Keeps the types, unless another thread has come first; returns those that are kept.
  func keepFirst(_ content: FileContent) -> FileContent {
    let mine = unsafe Unmanaged.passRetained(content)
    let (isMine, kept) = unsafe address.compareExchange(
      expected: 0, desired: UInt(bitPattern: mine.toOpaque()), ordering: .acquiringAndReleasing)
    guard !isMine, let first = unsafe Self.reference(kept) else { return content }
    unsafe mine.release()
    return unsafe first.takeUnretainedValue()
  }

  private static func reference(_ address: UInt) -> Unmanaged<FileContent>? {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
    return unsafe Unmanaged.fromOpaque(pointer)
  }
}
