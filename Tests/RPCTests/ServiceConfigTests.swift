internal import RPC
@testable internal import RPCTransport
internal import Testing

@Suite("Service config")
struct ServiceConfigTests {
  @Test("everything that the JSON form says is read")
  func whole() throws {
    let config = try ServiceConfig(
      json: """
        {
          "loadBalancingConfig": [{"future_policy": {}}, {"round_robin": {}}, {"pick_first": {}}],
          "methodConfig": [
            {
              "name": [{"service": "a.S", "method": "M"}, {"service": "b.S"}],
              "waitForReady": true, "timeout": "1.5s",
              "maxRequestMessageBytes": 100, "maxResponseMessageBytes": "200",
              "retryPolicy": {
                "maxAttempts": 10, "initialBackoff": "0.1s", "maxBackoff": "10s",
                "backoffMultiplier": 1.5, "retryableStatusCodes": ["unavailable", "ABORTED", 8]
              }
            },
            {
              "name": [{}],
              "hedgingPolicy": {
                "maxAttempts": 3, "hedgingDelay": "0.5s", "nonFatalStatusCodes": [14]
              }
            }
          ],
          "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.125},
          "somethingNew": 1
        }
        """)
    let retry = RetryPolicy(
      attemptsMax: 5, initialBackoff: .milliseconds(100), backoffMax: .seconds(10),
      backoffMultiplier: 1.5, retryableCodes: [.unavailable, .aborted, .resourceExhausted])
    let method = MethodConfig(
      waitForReady: true, timeout: .milliseconds(1_500), requestBytesMax: 100,
      responseBytesMax: 200, policy: .retry(retry))
    let other = MethodConfig(
      policy: .hedging(
        HedgingPolicy(
          attemptsMax: 3, delay: .milliseconds(500), nonFatalCodes: [.unavailable])))
    #expect(config.methods == ["/a.S/M": method, "/b.S/": method, "": other])
    #expect(config.throttling == RetryThrottling(tokensMax: 10, thousandthsPerSuccess: 125))
    #expect(config.loadBalancing == "round_robin")
  }

  @Test("the method counts before its service, and that before all others")
  func specific() {
    let named = ["/a.S/M", "/a.S/", ""].map { MethodConfig(timeout: .seconds($0.utf8.count)) }
    let config = ServiceConfig(
      methods: ["/a.S/M": named[0], "/a.S/": named[1], "": named[2]])
    #expect(config.method("/a.S/M") == named[0])
    #expect(config.method("/a.S/N") == named[1])
    #expect(config.method("/b.S/M") == named[2])
    #expect(ServiceConfig().method("/a.S/M") == nil)
  }

  private static let retry =
    #""maxAttempts":2,"initialBackoff":"1s","maxBackoff":"1s","backoffMultiplier":1"#

  @Test(
    "what is wrong is named with its place",
    arguments: [
      ("{", "", "the document ends early"),
      (#"{"methodConfig":{}}"#, "methodConfig", "must be a list"),
      (
        #"{"methodConfig":[{"name":[{"method":"M"}]}]}"#, "methodConfig[0].name[0].method",
        "needs a service"
      ),
      (
        #"{"methodConfig":[{"name":[{}]},{"name":[{}]}]}"#, "methodConfig[1].name",
        "names a method for the second time"
      ),
      (#"{"methodConfig":[{"timeout":"1"}]}"#, "methodConfig[0].timeout", "1.5s"),
      (#"{"methodConfig":[{"timeout":"-1s"}]}"#, "methodConfig[0].timeout", "1.5s"),
      (
        #"{"methodConfig":[{"retryPolicy":{\#(retry),"retryableStatusCodes":[]}}]}"#,
        "methodConfig[0].retryPolicy.retryableStatusCodes", "must not be empty"
      ),
      (
        #"{"methodConfig":[{"retryPolicy":{\#(retry),"retryableStatusCodes":["SAD"]}}]}"#,
        "methodConfig[0].retryPolicy.retryableStatusCodes", "unknown"
      ),
      (
        #"{"methodConfig":[{"hedgingPolicy":{"maxAttempts":1}}]}"#,
        "methodConfig[0].hedgingPolicy.maxAttempts", "above 1"
      ),
      (
        #"{"methodConfig":[{"hedgingPolicy":{},"retryPolicy":{}}]}"#,
        "methodConfig[0].hedgingPolicy", "excludes"
      ),
      (#"{"retryThrottling":{"maxTokens":1001}}"#, "retryThrottling.maxTokens", "1 to 1000"),
      (
        #"{"retryThrottling":{"maxTokens":10,"tokenRatio":0}}"#, "retryThrottling.tokenRatio",
        "above 0"
      ),
    ] as [(String, String, String)])
  func wrong(json: String, path: String, rule: String) {
    let error = #expect(throws: ServiceConfigError.self) { try ServiceConfig(json: json) }
    #expect(error?.path == path)
    if !path.isEmpty { #expect(error?.rule.contains(rule) == true) }
  }
}
