internal import HTTP
internal import HTTP2

/// A connection that sends nothing: its session makes output when the test tells it to.
final class SilentHost: HTTPSessionHost {
  var isSocketFull: Bool { false }
  func sessionChanged() {}
  func sessionHasWaiting() {}
}
