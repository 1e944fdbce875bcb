private import CNghttp2
private import Glibc
@testable internal import HTTP2
internal import Testing

/// Each test is given its own pool, and gives back what it takes.
@Suite("Block pool")
struct BlockPoolTests {
  @Test("a block that has been given back is the next one of its size")
  func isReused() throws {
    let pool = BlockPool()
    let block = unsafe try #require(pool.take(100))
    unsafe pool.put(block)
    #expect(pool.keptBytes == 128)
    let smaller = unsafe pool.take(128)
    let isSame = unsafe smaller == block
    #expect(isSame)
    #expect(pool.keptBytes == 0)
    unsafe pool.put(block)
    let larger = unsafe try #require(pool.take(129))
    let isOther = unsafe larger != block
    #expect(isOther)
    unsafe pool.put(larger)
  }

  @Test(
    "a block has room for what was asked for, and is aligned",
    arguments: [0, 1, 32, 33, 512, 513, 70_000])
  func hasRoom(count: Int) throws {
    let pool = BlockPool()
    let block = unsafe try #require(pool.take(count))
    unsafe memset(block, 0xff, count)
    let isAligned = UInt(bitPattern: block) % 16 == 0
    #expect(isAligned)
    unsafe pool.put(block)
  }

  @Test(
    "a block of another size has the same content",
    arguments: [(8, 20), (20, 200), (200, 20), (200, 2_000), (2_000, 9_000), (9_000, 30)])
  func isResized(from: Int, to: Int) throws {
    let pool = BlockPool()
    let block = unsafe try #require(pool.take(from))
    for index in 0..<from {
      let byte = UInt8(truncatingIfNeeded: index)
      unsafe block.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
    }
    let new = unsafe try #require(pool.resize(block, to))
    for index in 0..<min(from, to) {
      let byte = unsafe new.load(fromByteOffset: index, as: UInt8.self)
      #expect(byte == UInt8(truncatingIfNeeded: index))
    }
    unsafe pool.put(new)
  }

  @Test("what is kept is bounded, long blocks are not, and all of it can be had back")
  func isBounded() {
    let pool = BlockPool()
    let long = unsafe (0..<4).compactMap { _ in unsafe pool.take(1_000) }
    unsafe long.forEach { unsafe pool.put($0) }
    #expect(pool.keptBytes == 0)
    let short = unsafe (0..<4_000).compactMap { _ in unsafe pool.take(500) }
    unsafe short.forEach { unsafe pool.put($0) }
    #expect(pool.keptBytes == 1_024 * 1_024)
    pool.giveBack()
    #expect(pool.keptBytes == 0)
  }

  @Test("what the library asks for is clean when it has to be, and refused when it cannot be")
  func isClean() throws {
    let pool = BlockPool()
    let memory = unsafe pool.memory
    let user = unsafe memory.mem_user_data
    let dirty = unsafe try #require(memory.malloc(64, user))
    unsafe memset(dirty, 0xff, 64)
    unsafe memory.free(dirty, user)
    let clean = unsafe try #require(memory.calloc(8, 8, user))
    let isSame = unsafe clean == dirty
    #expect(isSame)
    for index in 0..<64 {
      let byte = unsafe clean.load(fromByteOffset: index, as: UInt8.self)
      #expect(byte == 0)
    }
    unsafe memory.free(clean, user)
    unsafe memory.free(nil, user)
    let none = unsafe memory.calloc(.max, 2, user)
    let isRefused = unsafe none == nil
    #expect(isRefused)
  }
}
