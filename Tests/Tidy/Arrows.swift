/// What each target may import, layer by layer; docs/architecture.md draws the same picture.
///
/// A target imports what its row lists, directly, and nothing else. What the language brings along
/// (`Glibc`, `Synchronization`) has no row.
enum Arrows {
  static let language: Set<String> = ["Glibc", "Synchronization", "Swift"]

  static let apis = [
    "IdentityAPI", "TenantAPI", "MappingAPI", "FlowAPI", "CallAPI", "UsageAPI", "ConnectorAPI",
    "BillingAPI", "AuditAPI", "OpsAPI",
  ]

  static let services = [
    "Identity", "Tenants", "Mappings", "Flows", "Calls", "Usage", "Connectors", "Billing", "Audit",
    "Ops",
  ]

  /// What every domain service may import beside API modules.
  private static let domain = [
    "Wire", "RPC", "Platform", "Postgres", "ProviderKit", "Telemetry",
  ]

  static let table: [String: Set<String>] = {
    var table: [String: Set<String>] = [
      // Core
      "Wire": [],
      "Schema": ["Wire"],
      "Telemetry": [],
      "Codings": ["CZlib"],
      "Reactor": ["CLinux", "Telemetry"],
      // Net
      "TLS": ["COpenSSL", "Reactor"],
      "HTTP": ["Reactor", "TLS", "Telemetry"],
      "HTTP2": ["CNghttp2", "Reactor", "TLS", "HTTP", "Telemetry"],
      // RPC
      "RPC": ["Wire", "Schema", "Telemetry"],
      "RPCTransport": [
        "Wire", "Schema", "RPC", "HTTP", "HTTP2", "Reactor", "Telemetry", "Codings",
      ],
      // Data
      "Postgres": ["CPostgres", "Reactor", "Telemetry"],
      "Redis": ["CRedis", "Reactor", "Telemetry"],
      "Local": ["CLinux", "Telemetry"],
      // Platform
      "Platform": [
        "Wire", "Schema", "RPC", "Reactor", "Postgres", "Redis", "Telemetry", "COpenSSL", "CArgon2",
        "CPhoneNumber",
      ],
      // Contract and ports
      "Contract": ["CZlib"],
      "ProviderKit": ["Platform"],
      // Outside
      "ProviderTwilio": ["ProviderKit", "Platform", "Telemetry", "COpenSSL"],
      "ProviderStripe": ["ProviderKit", "Platform", "Telemetry", "COpenSSL"],
      "Gateway": [
        "Codings", "HTTP", "RPC", "RPCTransport", "Reactor", "Schema", "Wire", "Telemetry",
      ],
      "Webhooks": ["HTTP", "RPC", "Schema", "Wire", "ProviderKit", "Platform", "Telemetry"],
      // Command line
      "CommandLineClient": [
        "Wire", "Schema", "RPC", "RPCTransport", "Reactor", "HTTP", "HTTP2", "TLS", "Contract",
        "COpenSSL", "Telemetry",
      ],
      "klinke": ["CommandLineClient"],
      // Client for other programs
      "klinke-example": ["KlinkeClient"],
      // Generator
      "CodegenSchema": ["CDescriptor", "CProtobufC"],
      "CodegenEmit": ["CodegenSchema", "CZlib"],
      "CodegenCompare": ["CodegenSchema"],
      "protoc-gen-klinke": ["CodegenSchema", "CodegenEmit"],
      "compare-contracts": ["CodegenSchema", "CodegenCompare"],
    ]
    for api in apis { table[api] = ["Wire", "RPC"] }
    table["TenantAPI"]?.insert("IdentityAPI")
    table["KlinkeClient"] = Set(
      apis + ["Wire", "RPC", "RPCTransport", "HTTP2", "TLS", "Reactor"])
    // A service speaks its own API, and others' as a client.
    for service in services { table[service] = Set(domain + apis) }
    // The composition root sees everything but the C libraries, the client and the generator.
    let others: Set = [
      "klinke", "CommandLineClient", "KlinkeClient", "klinke-example", "CodegenSchema",
      "CodegenEmit", "CodegenCompare", "protoc-gen-klinke", "compare-contracts",
    ]
    table["klinked"] = Set(table.keys).subtracting(others)
    return table
  }()
}
