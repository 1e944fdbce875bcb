internal import Glibc

/// How a program is started so that PostgreSQL, which refuses to be root, accepts its user.
enum RunAs: Hashable, Sendable {
  /// As we are: we are not root.
  case caller
  /// In a user namespace where we have an ordinary number; outside, files stay the caller's.
  case namespace(unshare: String)
  /// As an ordinary user of this system, because namespaces are forbidden (most containers).
  case user(uid_t, gid_t, setpriv: String)

  /// The number an ordinary user has by convention when it is nobody in particular.
  private static let nobody: uid_t = 65534

  /// Finds the way that works here by running `program --version`.
  static func choose(trying program: String) throws(LocalError) -> RunAs {
    guard geteuid() == 0 else { return .caller }
    if let unshare = Command.find("unshare") {
      let way = RunAs.namespace(unshare: unshare)
      if way.command([program, "--version"]).run() == 0 { return way }
    }
    let name = unsafe getpwnam("postgres") != nil ? "postgres" : "nobody"
    guard let setpriv = Command.find("setpriv"), let entry = unsafe getpwnam(name) else {
      throw .cannotLeaveRoot(user: name, reason: "setpriv or the user is missing")
    }
    let way = RunAs.user(unsafe entry.pointee.pw_uid, unsafe entry.pointee.pw_gid, setpriv: setpriv)
    guard way.command([program, "--version"]).run() == 0 else {
      throw .cannotLeaveRoot(user: name, reason: "it cannot reach \(program)")
    }
    return way
  }

  /// Who owns the files the program writes, as we see them.
  var owner: uid_t {
    switch self {
    case .caller, .namespace: geteuid()
    case .user(let user, _, _): user
    }
  }

  /// `arguments` started this way. With `endWithParent` the kernel sends that signal when we die.
  func command(_ arguments: [String], log: String? = nil, endWithParent signal: String? = nil)
    -> Command
  {
    var all = arguments
    if let signal, let setpriv = Command.find("setpriv") {
      all = [setpriv, "--pdeathsig", signal, "--"] + all
    }
    switch self {
    case .caller: break
    case .namespace(let unshare):
      all = [unshare, "--map-user=\(Self.nobody)", "--map-group=\(Self.nobody)", "--"] + all
    case .user(let user, let group, let setpriv):
      // Outside of the other setpriv: a change of user clears the parent-death signal.
      all = [setpriv, "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"] + all
    }
    return Command(arguments: all, log: log)
  }

  /// Hands a folder and what is in it to ``owner`` when it belongs to somebody else, as after a
  /// start in another environment.
  func takeOver(_ folder: String) throws(LocalError) {
    guard let found = Files.attributes(folder), found.owner != owner else { return }
    guard geteuid() == 0, let chown = Command.find("chown"),
      Command(arguments: [chown, "-R", "\(owner)", folder]).run() == 0
    else {
      throw .folderNotWritable(path: folder, reason: "it belongs to user \(found.owner)")
    }
  }
}
