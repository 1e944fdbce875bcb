/// Where the embedded servers live and what they are for.
package struct LocalConfiguration: Sendable, Hashable {
  /// The folder of all data; made with mode 0700 when it is not there.
  package var dataFolder: String
  /// The folder with `postgres` and `initdb` of PostgreSQL 18.
  package var postgresBinaries: String
  /// The Redis or Valkey server; `nil` searches the usual folders.
  package var redisBinary: String?
  /// A private folder for sockets, used when `dataFolder` is too long for a socket's path; usually
  /// `XDG_RUNTIME_DIR`. `nil` is `/tmp`.
  package var runtimeFolder: String?
  /// Which servers to start.
  package var parts: Parts
  /// Whether a commit survives a power cut; only tests say no.
  package var durable: Bool
  /// How long a server may take to become ready, and an old one to end.
  package var patience: Duration

  package struct Parts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let postgres = Parts(rawValue: 1)
    package static let redis = Parts(rawValue: 2)
    package static let all: Parts = [.postgres, .redis]
  }

  package init(
    dataFolder: String, postgresBinaries: String, redisBinary: String? = nil,
    runtimeFolder: String? = nil, parts: Parts = .all, durable: Bool = true,
    patience: Duration = .seconds(30)
  ) {
    self.dataFolder = dataFolder
    self.postgresBinaries = postgresBinaries
    self.redisBinary = redisBinary
    self.runtimeFolder = runtimeFolder
    self.parts = parts
    self.durable = durable
    self.patience = patience
  }
}
