private import Glibc

/// The lock that keeps two servers off one data folder. The kernel gives it back however the
/// process ends.
struct FolderLock: ~Copyable {
  private let file: Int32

  /// Takes the lock, or fails at once when another process has it.
  init(folder: String) throws(LocalError) {
    let path = folder + "/lock"
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600 as mode_t)
    guard file >= 0 else {
      throw .folderNotWritable(path: folder, reason: Files.text(of: errno))
    }
    // A second lock in the same process is refused too: the lock belongs to the open file.
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw .folderInUse(path: folder)
    }
    self.file = file
  }

  deinit {
    // A child that has just been forked may hold a copy, with which closing ours would not do.
    flock(file, LOCK_UN)
    close(file)
  }
}
