private import Glibc

extension Console {
  /// The terminal of this process.
  package static func ofProcess() -> Console {
    Console(
      print: { write($0, to: STDOUT_FILENO) },
      warn: { write($0, to: STDERR_FILENO) },
      outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      ask: { (prompt, secret) in
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        write(prompt, to: STDERR_FILENO)
        return secret ? readHidden() : readLine()
      })
  }

  /// Writes everything. When the reader has gone away there is nothing left to do; the loops ignore
  /// the signal that says so, so the process ends here, with the status the signal would give.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE {
        exit(128 + SIGPIPE)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Reads a line with the terminal's echo off, and leaves the terminal as it was.
  private static func readHidden() -> String? {
    var before = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var hidden = before
    hidden.c_lflag &= ~tcflag_t(ECHO)
    guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { return nil }
    defer {
      unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      write("\n", to: STDERR_FILENO)
    }
    return readLine()
  }
}
