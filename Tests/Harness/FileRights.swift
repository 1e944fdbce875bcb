private import Glibc

/// Has this thread, for the rest of its life, ask for files as a user that owns none, so that root
/// meets refusals as anybody does. Of no effect for who is not root.
package func giveUpFileRights() -> Bool {
  // Of one thread, unlike setresuid(2), and not among what the Glibc module shows.
  typealias SetUser = @convention(c) (uid_t) -> Int32
  guard let symbol = unsafe dlsym(nil, "setfsuid") else { return false }
  let setUser = unsafe unsafeBitCast(symbol, to: SetUser.self)
  guard geteuid() == 0 else { return true }
  let nobody: uid_t = 65_534
  _ = setUser(nobody)
  // It says nothing of success but answers with the user there was.
  return setUser(nobody) == Int32(nobody)
}
