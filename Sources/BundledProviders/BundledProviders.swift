import SiliconFlow
import SoraRelay
public import VideoProviderKit
import Xiexus

/// The providers compiled into the program.
///
/// To add one: its folder under `Plugins/`, its line in Package.swift, its line here.
public enum BundledProviders {
    /// All of them, the default first.
    public static var all: [any VideoProvider] { [SiliconFlowProvider(), XiexusProvider(), SoraRelayProvider()] }
}
