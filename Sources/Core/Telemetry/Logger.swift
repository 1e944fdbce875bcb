private import Glibc

/// How much attention a log line wants.
package enum LogLevel: Int, Sendable, Comparable, CaseIterable {
  case debug
  case info
  case warning
  case error

  /// The name in a log line and in the configuration.
  package var name: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// The level with this name.
  package init?(name: String) {
    guard let level = LogLevel.allCases.first(where: { $0.name == name }) else { return nil }
    self = level
  }

  package static func < (left: LogLevel, right: LogLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Writes JSON lines, one per event, each with a single `write`, so that lines of several threads
/// do not mix.
///
/// ```swift
/// let log = Logger(level: .info)
/// log.info("listener.started", ["address": .string("127.0.0.1:8443")])
/// ```
///
/// An event's name is `thing.happened`; everything that varies is a field.
package struct Logger: Sendable {
  package let level: LogLevel
  private let context: LogFields
  private let sink: @Sendable (String) -> Void

  /// A logger that writes to standard error, or hands each line (with its newline) to `sink`.
  package init(
    level: LogLevel = .info, sink: @escaping @Sendable (String) -> Void = Logger.standardError
  ) {
    self.init(level: level, context: LogFields(), sink: sink)
  }

  private init(level: LogLevel, context: LogFields, sink: @escaping @Sendable (String) -> Void) {
    self.level = level
    self.context = context
    self.sink = sink
  }

  /// A logger that drops every line.
  package static let silent = Logger(level: .error) { _ in }

  /// A logger that adds `fields` to each line.
  package func with(_ fields: LogFields) -> Logger {
    var merged = context
    merged.add(fields)
    return Logger(level: level, context: merged, sink: sink)
  }

  package func debug(_ event: String, _ fields: @autoclosure () -> LogFields = LogFields()) {
    if level <= .debug { log(.debug, event, fields()) }
  }

  package func info(_ event: String, _ fields: @autoclosure () -> LogFields = LogFields()) {
    if level <= .info { log(.info, event, fields()) }
  }

  package func warning(_ event: String, _ fields: @autoclosure () -> LogFields = LogFields()) {
    if level <= .warning { log(.warning, event, fields()) }
  }

  package func error(_ event: String, _ fields: @autoclosure () -> LogFields = LogFields()) {
    log(.error, event, fields())
  }

  /// Writes a line at a level that is known only at run time.
  package func log(_ level: LogLevel, _ event: String, _ fields: LogFields) {
    guard level >= self.level else { return }
    var line = JSONLine()
    line.add("time", .string(WallClock.timestamp()))
    line.add("level", .string(level.name))
    line.add("event", .string(event))
    for field in context.entries { line.add(field.name, field.value) }
    for field in fields.entries { line.add(field.name, field.value) }
    sink(line.finish())
  }

  /// Writes to standard error and gives up on an error: there is nowhere left to report it.
  package static let standardError: @Sendable (String) -> Void = { line in
    var line = line
    line.withUTF8 { bytes in
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
