// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

extension Target {
    /// A module of this package under `Sources/`.
    static func module(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, swiftSettings: settings)
    }

    /// A video provider: one folder under `Plugins/`, and the contract as its only dependency.
    static func provider(_ name: String) -> Target {
        .target(name: name, dependencies: ["VideoProviderKit"], path: "Plugins/\(name)", swiftSettings: settings)
    }

    /// Tests of the target `name`; `Fixtures` folders are read from the checkout, not bundled.
    static func tests(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .testTarget(
            name: "\(name)Tests",
            dependencies: [.byName(name: name)] + dependencies,
            exclude: excludedTestFolders[name] ?? [],
            swiftSettings: settings,
        )
    }
}

let excludedTestFolders: [String: [String]] = [
    "SiliconFlow": ["Fixtures"],
    "Xiexus": ["Fixtures"],
    "SoraRelay": ["Fixtures"],
    "SandboxServer": ["openai_client_check.py"],
]

let package = Package(
    name: "reel",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "reel", targets: ["reel"]),
        .library(name: "LosslessJSON", targets: ["LosslessJSON"]),
        .library(name: "VideoProviderKit", targets: ["VideoProviderKit"]),
        .library(name: "VideoProviderTesting", targets: ["VideoProviderTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.0.0"..<"5.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        .module("LosslessJSON"),
        .module("VideoProviderKit", ["LosslessJSON", httpTypes, orderedCollections]),
        // Loaded with the first request, not linked: see lazy.c.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .module("Transport", ["CCurl", "VideoProviderKit"]),
        .module("Journal", ["VideoProviderKit", "LosslessJSON", grdb, crypto]),
        .module(
            "JobEngine",
            [
                "VideoProviderKit", "Transport", "Journal", "LosslessJSON", "CMemory", httpTypes, heap,
                orderedCollections, crypto,
            ]
        ),
        .target(name: "CMemory"),
        .target(name: "CSpawn"),
        .module("Spawning", ["CSpawn"]),
        .target(name: "CEditLine"),
        .module("LineEditor", ["CEditLine"]),
        .module("TerminalOutput"),
        .module(
            "ReelShell",
            [
                "JobEngine", "Journal", "VideoProviderKit", "LineEditor", "TerminalOutput", "LosslessJSON",
                "Spawning", orderedCollections,
            ],
        ),
        .module("SandboxScenarios", ["LosslessJSON"]),
        .module("SandboxServer", ["SandboxScenarios", hummingbird, httpTypes, nio, nioPosix, logging]),
        .provider("SiliconFlow"),
        .provider("Xiexus"),
        .provider("SoraRelay"),
        .module("BundledProviders", ["SiliconFlow", "Xiexus", "SoraRelay", "VideoProviderKit"]),
        .module("VideoProviderTesting", ["VideoProviderKit", "LosslessJSON", httpTypes]),
        .executableTarget(
            name: "reel",
            dependencies: [
                "ReelShell", "JobEngine", "Journal", "Transport", "SandboxServer", "SandboxScenarios",
                "BundledProviders", "VideoProviderKit", "LineEditor", "TerminalOutput", "CMemory", yams,
            ],
            swiftSettings: settings,
        ),
        .executableTarget(
            name: "reel-bench",
            dependencies: [
                "LosslessJSON", "VideoProviderKit", "BundledProviders", "CCurl", "Transport", "Journal", "JobEngine",
                "Spawning",
            ],
            swiftSettings: settings,
        ),
        .tests("LosslessJSON", ["TestSupport"]),
        .tests("VideoProviderKit", ["LosslessJSON", httpTypes, orderedCollections]),
        .tests("SiliconFlow", ["VideoProviderTesting", "VideoProviderKit"]),
        .tests("Xiexus", ["VideoProviderTesting", "VideoProviderKit"]),
        .tests("SoraRelay", ["VideoProviderTesting", "VideoProviderKit"]),
        .tests("VideoProviderTesting", ["VideoProviderKit"]),
        // Servers that misbehave on command, programs, campaigns and threads: what several tests run with.
        .target(name: "TestSupport", dependencies: ["Spawning"], path: "Tests/TestSupport", swiftSettings: settings),
        .tests("Transport", ["CCurl", "TestSupport"]),
        .tests("TerminalOutput"),
        .executableTarget(
            name: "line-editor-probe",
            dependencies: ["LineEditor"],
            path: "Tests/LineEditorProbe",
            swiftSettings: settings,
        ),
        .tests("Journal", ["VideoProviderKit", "LosslessJSON", "TestSupport", grdb, sqlite]),
        .tests(
            "JobEngine",
            [
                "Journal", "Transport", "VideoProviderKit", "SiliconFlow", "Xiexus", "SoraRelay", "SandboxScenarios",
                "SandboxServer", "TestSupport", httpTypes, orderedCollections, grdb,
            ],
        ),
        .tests("LineEditor", ["CEditLine", "Spawning", "TestSupport", "line-editor-probe"]),
        .tests(
            "ReelShell",
            [
                "LineEditor", "VideoProviderKit", "VideoProviderTesting", "JobEngine", "Journal", "Transport",
                "TerminalOutput", "LosslessJSON", "SiliconFlow", "Xiexus", "SoraRelay", "TestSupport", httpTypes,
                orderedCollections, grdb,
            ]
        ),
        .tests("SandboxScenarios", ["LosslessJSON"]),
        .tests("SandboxServer", ["SandboxScenarios", "LosslessJSON", nio, nioPosix]),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "ReelShell", "JobEngine", "Journal", "Transport", "VideoProviderKit", "VideoProviderTesting",
                "LosslessJSON", "BundledProviders", "SandboxScenarios", crypto,
            ],
            exclude: ["Replicate", "Runway", "MiniMax", "Kling"].map { "Examples/\($0)/Fixtures" }
                + ["Examples/Lumen/Fixtures", "Examples/Lumen/FirstFixtures", "Examples/Lumen/stub.py"],
            swiftSettings: settings,
        ),
        // These run the built program, as a person or a script would.
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["reel", "LosslessJSON", "TestSupport", "Spawning", grdb],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6],
)
