internal import CNghttp2
private import Glibc

/// Memory for the small blocks of the library, shared by all sessions of a loop.
///
/// A call costs the library eight blocks, all of which it frees with the stream. They wait here for
/// the next call, the last one first: that is cheaper than the allocator of the process, whose own
/// such lists hold seven blocks each, and the memory is still in the processor's cache.
///
/// ```swift
/// var memory = pool.memory
/// nghttp2_session_server_new3(&session, callbacks, nil, options, &memory)
/// ```
///
/// Belongs to its loop, and has to outlive the sessions.
@safe final class BlockPool {
  /// In front of each block is the number of its list. As many bytes as an allocator aligns to.
  private static let headBytes = 16
  /// The blocks of list 1 have so many bytes, those of list 2 twice as many, and so on.
  private static let stepBytes = 32
  /// The last list. Longer blocks have the number 0 and are not kept.
  private static let lastList = 16
  /// Enough for the streams of some busy connections.
  private static let keptBytesMax = 1_024 * 1_024

  /// The first block of each list. It begins with the address of the next one.
  private var lists = unsafe [17 of UnsafeMutableRawPointer?](repeating: nil)
  /// Bytes of blocks that wait for someone who needs them.
  private(set) var keptBytes = 0

  deinit { giveBack() }

  /// What the library is told to use. It refers to the pool without counting that.
  var memory: nghttp2_mem {
    unsafe nghttp2_mem(
      mem_user_data: Unmanaged.passUnretained(self).toOpaque(),
      malloc: { count, user in unsafe BlockPool.of(user) { unsafe $0.take(count) } },
      free: { block, user in
        guard let block = unsafe block else { return }
        unsafe BlockPool.of(user) { unsafe $0.put(block) }
      },
      calloc: { count, size, user in
        let (total, isTooMuch) = count.multipliedReportingOverflow(by: size)
        guard !isTooMuch, let block = unsafe BlockPool.of(user, { unsafe $0.take(total) }) else {
          return nil
        }
        return unsafe memset(block, 0, total)
      },
      realloc: { block, count, user in
        unsafe BlockPool.of(user) { unsafe $0.resize(block, count) }
      })
  }

  @inline(__always)
  private static func of<R>(_ user: UnsafeMutableRawPointer?, _ body: (BlockPool) -> R) -> R {
    guard let user = unsafe user else { preconditionFailure("the pool is the user data") }
    return unsafe Unmanaged<BlockPool>.fromOpaque(user)._withUnsafeGuaranteedRef(body)
  }

  /// A block of at least so many bytes, with any content; nil when there is no memory.
  func take(_ count: Int) -> UnsafeMutableRawPointer? {
    let list = Self.list(of: count)
    if list > 0, let block = unsafe lists[list] {
      unsafe lists[list] = block.load(as: UnsafeMutableRawPointer?.self)
      keptBytes -= list * Self.stepBytes
      return unsafe block
    }
    guard let start = unsafe malloc(Self.headBytes + max(count, list * Self.stepBytes)) else {
      return nil
    }
    unsafe start.storeBytes(of: list, as: Int.self)
    return unsafe start + Self.headBytes
  }

  /// Takes a block back.
  func put(_ block: UnsafeMutableRawPointer) {
    let start = unsafe block - Self.headBytes
    let list = unsafe start.load(as: Int.self)
    guard list > 0, keptBytes < Self.keptBytesMax else { return unsafe free(start) }
    unsafe block.storeBytes(of: lists[list], as: UnsafeMutableRawPointer?.self)
    unsafe lists[list] = block
    keptBytes += list * Self.stepBytes
  }

  /// A block of another size with the same content as far as there is room, in place of `block`.
  func resize(_ block: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeMutableRawPointer? {
    guard let block = unsafe block else { return unsafe take(count) }
    let start = unsafe block - Self.headBytes
    let list = unsafe start.load(as: Int.self)
    if list == 0, Self.list(of: count) == 0 {
      return unsafe realloc(start, Self.headBytes + count).map { unsafe $0 + Self.headBytes }
    }
    if list > 0, list == Self.list(of: count) { return unsafe block }
    guard let new = unsafe take(count) else { return nil }
    // A block without a list is longer than all that have one, which is what becomes of it here.
    let old = list == 0 ? count : list * Self.stepBytes
    unsafe new.copyMemory(from: block, byteCount: min(old, count))
    unsafe put(block)
    return unsafe new
  }

  /// Lets the process have what waits here.
  func giveBack() {
    for list in 1...Self.lastList {
      while let block = unsafe lists[list] {
        unsafe lists[list] = block.load(as: UnsafeMutableRawPointer?.self)
        unsafe free(block - Self.headBytes)
      }
    }
    keptBytes = 0
  }

  private static func list(of count: Int) -> Int {
    let list = max(1, (count + stepBytes - 1) / stepBytes)
    return list <= lastList ? list : 0
  }
}
