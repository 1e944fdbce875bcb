// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: all upcoming features, warnings are errors, and each
/// pointer is visible as `unsafe`.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

/// For targets that return spans from their own functions.
let lifetimes: [SwiftSetting] = [.enableExperimentalFeature("Lifetimes")]

/// A target in `Sources/<layer>/<name>` with the house settings.
func layer(
  _ folder: String, _ name: String, _ dependencies: [Target.Dependency] = [],
  settings: [SwiftSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(folder)/\(name)",
    swiftSettings: house + settings)
}

/// The generated module of one proto package.
func api(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  layer("API", name, ["Wire", "RPC"] + dependencies)
}

/// A Debian `-dev` package behind a module map.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
    resources: resources, swiftSettings: house)
}

let apis: [Target.Dependency] = [
  "IdentityAPI", "TenantAPI", "MappingAPI", "FlowAPI", "CallAPI", "UsageAPI", "ConnectorAPI",
  "BillingAPI", "AuditAPI", "OpsAPI",
]

let services: [Target.Dependency] = [
  "Identity", "Tenants", "Mappings", "Flows", "Calls", "Usage", "Connectors", "Billing", "Audit",
  "Ops",
]

let package = Package(
  name: "klinke",
  products: [
    .executable(name: "klinked", targets: ["klinked"]),
    .executable(name: "klinke", targets: ["klinke"]),
    .executable(name: "protoc-gen-klinke", targets: ["protoc-gen-klinke"]),
    .library(name: "KlinkeClient", targets: ["KlinkeClient"]),
  ],
  targets: [
    // C: system libraries and inline shims.
    .target(name: "CLinux", path: "Sources/C/CLinux"),
    // The allocator of servers; nothing imports it.
    .target(
      name: "CAllocator", path: "Sources/C/CAllocator",
      linkerSettings: [.linkedLibrary("jemalloc")]),
    system("CNghttp2", pkgConfig: "libnghttp2", apt: "libnghttp2-dev"),
    system("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
    system("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
    // Without pkg-config: its flags for hiredis are some that SwiftPM refuses, and none is needed.
    .systemLibrary(name: "CRedis", path: "Sources/C/CRedis", providers: [.apt(["libhiredis-dev"])]),
    system("CArgon2", pkgConfig: "libargon2", apt: "libargon2-dev"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    system("CProtobufC", pkgConfig: "libprotobuf-c", apt: "libprotobuf-c-dev"),
    .target(
      name: "CDescriptor", dependencies: ["CProtobufC"], path: "Sources/C/CDescriptor",
      linkerSettings: [.linkedLibrary("protobuf-c")]),
    .target(
      name: "CPhoneNumber", path: "Sources/C/CPhoneNumber",
      linkerSettings: [.linkedLibrary("phonenumber")]),

    // Core: bytes, schemas, measurements, compression, loops.
    layer("Core", "Wire", settings: lifetimes),
    layer("Core", "Schema", ["Wire"]),
    layer("Core", "Telemetry"),
    layer("Core", "Codings", ["CZlib"]),
    layer("Core", "Reactor", ["CLinux", "Telemetry"]),

    // Net: TLS, HTTP/1.1, HTTP/2.
    layer("Net", "TLS", ["COpenSSL", "Reactor"]),
    layer("Net", "HTTP", ["Reactor", "TLS", "Telemetry"]),
    layer("Net", "HTTP2", ["CNghttp2", "Reactor", "TLS", "HTTP", "Telemetry"]),

    // RPC: calls without a network, and gRPC over HTTP/2.
    layer("RPC", "RPC", ["Wire", "Schema", "Telemetry"]),
    layer(
      "RPC", "RPCTransport",
      ["Wire", "Schema", "RPC", "HTTP", "HTTP2", "Reactor", "Telemetry", "Codings"]),

    // Data: PostgreSQL, Redis, the embedded pair.
    layer("Data", "Postgres", ["CPostgres", "Reactor", "Telemetry"]),
    layer("Data", "Redis", ["CRedis", "Reactor", "Telemetry"]),
    layer("Data", "Local", ["CLinux", "Telemetry"]),

    // Platform: the kernel of the domain.
    layer(
      "Platform", "Platform",
      [
        "Wire", "Schema", "RPC", "Reactor", "Postgres", "Redis", "Telemetry", "COpenSSL", "CArgon2",
        "CPhoneNumber",
      ]),

    // Contract: generated from proto/.
    layer("API", "Contract", ["CZlib"]),
    api("IdentityAPI"),
    api("TenantAPI", ["IdentityAPI"]),
    api("MappingAPI"),
    api("FlowAPI"),
    api("CallAPI"),
    api("UsageAPI"),
    api("ConnectorAPI"),
    api("BillingAPI"),
    api("AuditAPI"),
    api("OpsAPI"),
    layer("Ports", "ProviderKit", ["Platform"]),

    // Domain services.
    layer("Services", "Identity", ["IdentityAPI"] + domain),
    layer("Services", "Tenants", ["TenantAPI", "IdentityAPI"] + domain),
    layer("Services", "Mappings", ["MappingAPI", "TenantAPI"] + domain),
    layer("Services", "Flows", ["FlowAPI"] + domain),
    layer("Services", "Calls", ["CallAPI", "MappingAPI", "FlowAPI"] + domain),
    layer("Services", "Usage", ["UsageAPI"] + domain),
    layer("Services", "Connectors", ["ConnectorAPI"] + domain),
    layer("Services", "Billing", ["BillingAPI"] + domain),
    layer("Services", "Audit", ["AuditAPI"] + domain),
    layer("Services", "Ops", ["OpsAPI"] + domain),

    // Outside: one target per provider, and the doors other than gRPC.
    layer("Providers", "ProviderTwilio", ["ProviderKit", "Platform", "Telemetry", "COpenSSL"]),
    layer("Providers", "ProviderStripe", ["ProviderKit", "Platform", "Telemetry", "COpenSSL"]),
    layer(
      "Edge", "Gateway",
      ["Codings", "HTTP", "RPC", "RPCTransport", "Reactor", "Schema", "Wire", "Telemetry"]),
    layer(
      "Edge", "Webhooks",
      ["HTTP", "RPC", "Schema", "Wire", "ProviderKit", "Platform", "Telemetry"]),

    // Roots.
    .executableTarget(
      name: "klinked",
      dependencies: [
        "Wire", "Schema", "Telemetry", "Reactor", "TLS", "HTTP", "HTTP2", "RPC", "RPCTransport",
        "Postgres", "Redis", "Local", "Platform", "Contract", "ProviderKit", "ProviderTwilio",
        "ProviderStripe", "Gateway", "Webhooks", "CAllocator",
      ] + apis + services,
      path: "Sources/Server/klinked", swiftSettings: house),
    layer(
      "CLI", "CommandLineClient",
      [
        "Wire", "Schema", "RPC", "RPCTransport", "Reactor", "HTTP", "HTTP2", "Contract",
        "COpenSSL", "Telemetry",
      ]),
    .executableTarget(
      name: "klinke", dependencies: ["CommandLineClient"], path: "Sources/CLI/klinke",
      swiftSettings: house),

    // For other programs in Swift.
    .target(
      name: "KlinkeClient",
      dependencies: apis + ["Wire", "RPC", "RPCTransport", "HTTP2", "TLS", "Reactor"],
      path: "clients/swift/KlinkeClient", swiftSettings: house),
    .executableTarget(
      name: "klinke-example", dependencies: ["KlinkeClient"], path: "clients/swift/klinke-example",
      swiftSettings: house),

    .executableTarget(
      name: "bench-echo",
      dependencies: [
        "Wire", "RPC", "RPCTransport", "HTTP", "HTTP2", "TLS", "Reactor", "Telemetry", "CAllocator",
      ],
      path: "bench/echo", exclude: ["modules.txt"], swiftSettings: house),
    .executableTarget(
      name: "bench-codec", dependencies: ["Wire", "Schema"], path: "bench/codec",
      exclude: ["modules.txt"],
      swiftSettings: house),

    // What the codec is held against others with.
    .target(
      name: "ConformanceMessages", dependencies: ["Wire", "Schema", "CZlib"],
      path: "Tests/Conformance/messages", exclude: ["Protos", "modules.txt"], swiftSettings: house),
    .executableTarget(
      name: "conformance-protobuf",
      dependencies: apis + ["ConformanceMessages", "Contract", "Wire", "Schema"],
      path: "Tests/Conformance/protobuf", swiftSettings: house),
    .executableTarget(
      name: "fuzz-codec", dependencies: ["ConformanceMessages", "Wire", "Schema"],
      path: "Tests/Conformance/fuzz", swiftSettings: house),
    .executableTarget(
      name: "fuzz-http",
      dependencies: [
        "Wire", "Schema", "Codings", "Telemetry", "Reactor", "HTTP", "HTTP2", "Contract",
        "RPC", "RPCTransport", "Gateway", "Webhooks", "ProviderKit", "ProviderTwilio",
        "ProviderStripe", "TestHarness", "TestFixtures",
      ], path: "Tests/Conformance/fuzz-http", swiftSettings: house),
    .executableTarget(
      name: "http2-target",
      dependencies: [
        "Wire", "Schema", "RPC", "RPCTransport", "HTTP", "HTTP2", "Reactor", "TLS", "Telemetry",
        "Gateway", "CAllocator",
      ], path: "Tests/Conformance/http2/target", swiftSettings: house),

    // gRPC with foreign peers.
    .target(
      name: "InteropMessages", dependencies: ["Wire", "RPC"],
      path: "Tests/Conformance/grpc/messages", exclude: ["Protos", "modules.txt"],
      swiftSettings: house),
    .executableTarget(
      name: "interop-server",
      dependencies: [
        "InteropMessages", "Wire", "RPC", "RPCTransport", "HTTP", "HTTP2", "TLS", "Reactor",
        "Telemetry",
      ],
      path: "Tests/Conformance/grpc/server", swiftSettings: house),
    .executableTarget(
      name: "interop-client",
      dependencies: [
        "InteropMessages", "Wire", "RPC", "RPCTransport", "HTTP", "HTTP2", "TLS", "Reactor",
      ],
      path: "Tests/Conformance/grpc/client", swiftSettings: house),

    // The generator.
    .target(
      name: "CodegenSchema", dependencies: ["CDescriptor", "CProtobufC"], path: "codegen/Schema",
      swiftSettings: house),
    .target(
      name: "CodegenEmit", dependencies: ["CodegenSchema", "CZlib"], path: "codegen/Emit",
      swiftSettings: house),
    .target(
      name: "CodegenCompare", dependencies: ["CodegenSchema"], path: "codegen/Compare",
      swiftSettings: house),
    .executableTarget(
      name: "compare-contracts", dependencies: ["CodegenSchema", "CodegenCompare"],
      path: "codegen/compare-contracts", swiftSettings: house),
    .executableTarget(
      name: "protoc-gen-klinke", dependencies: ["CodegenSchema", "CodegenEmit"],
      path: "codegen/protoc-gen-klinke", swiftSettings: house),

    // Tests.
    .target(
      name: "TestHarness", dependencies: ["Wire", "HTTP", "TLS", "Reactor"], path: "Tests/Harness",
      swiftSettings: house),
    .target(
      name: "TestFixtures", path: "Tests/Fixtures",
      exclude: ["json_cases.proto", "rule_cases.proto", "rule_refusals.proto"],
      swiftSettings: house),
    .target(
      name: "TestSupport", dependencies: ["Postgres", "Local", "Reactor", "TestHarness"],
      path: "Tests/Support", swiftSettings: house),
    tests("WireTests", ["Wire"], exclude: ["Protos", "modules.txt"]),
    tests("SchemaTests", ["Schema", "Wire", "Contract", "TestFixtures"]),
    tests(
      "CodegenTests", ["CodegenSchema", "CodegenEmit", "CodegenCompare"],
      exclude: ["Golden", "Protos", "modules.txt"]),
    tests("TelemetryTests", ["Telemetry", "TestHarness"]),
    tests("CodingsTests", ["Codings"]),
    tests("ReactorTests", ["Reactor", "CLinux", "TestHarness"]),
    tests(
      "HTTPTests", ["HTTP", "HTTP2", "TLS", "COpenSSL", "Reactor", "Telemetry", "TestHarness"]),
    tests(
      "RPCTests",
      [
        "RPC", "RPCTransport", "Wire", "Schema", "HTTP", "HTTP2", "TLS", "Reactor", "Telemetry",
        "Codings", "TestHarness",
      ]),
    tests(
      "PostgresTests",
      ["Postgres", "Redis", "Local", "Reactor", "Telemetry", "TestHarness", "TestSupport"]),
    tests("PlatformTests", ["Platform", "RPC", "Schema", "Wire", "Telemetry"]),
    tests("ServerTests", ["klinked", "HTTP", "Platform", "RPC", "Reactor"]),
    tests(
      "ServicesTests",
      services + apis + [
        "Platform", "RPC", "ProviderKit", "Wire", "Schema", "Contract", "Postgres", "Telemetry",
        "TestSupport",
      ]),
    tests(
      "EdgeTests",
      [
        "Gateway", "Webhooks", "Codings", "HTTP", "Reactor", "RPC", "RPCTransport", "Schema",
        "Wire", "ProviderKit",
        "ProviderTwilio", "ProviderStripe", "Platform", "Contract", "Telemetry", "TestFixtures",
        "TestHarness",
      ]),
    tests("CommandLineTests", ["CommandLineClient", "RPC", "Schema", "Contract"]),
    tests("Tidy", []),
  ]
)

/// What every domain service may import beside its own API and other services' clients.
var domain: [Target.Dependency] {
  ["Wire", "RPC", "Platform", "Postgres", "ProviderKit", "Telemetry"]
}
