/// The faults that are waiting for their request.
package struct ArmedFaults: Sendable, Hashable {
    /// One of them.
    package struct Armed: Sendable, Hashable {
        /// What will happen.
        package let fault: SandboxFault
        /// The calls it waits for; `nil` for all it can strike.
        package let call: SandboxCall?
        /// The address it waits at; `nil` for all.
        package let origin: SandboxOrigin?
        /// How many fitting requests go through first.
        package fileprivate(set) var skip: Int
        /// How often it will strike.
        package fileprivate(set) var times: Int

        fileprivate func fits(_ other: SandboxCall, _ place: SandboxOrigin) -> Bool {
            guard fault.calls.contains(other), origin == nil || origin == place else { return false }
            // An expired link shows itself at the download; a status answer hands one out only when that was asked for.
            if call == nil, fault == .expired { return other == .download }
            return call == nil || call == other
        }
    }

    /// In the order of arming.
    package private(set) var list: [Armed] = []

    /// No faults.
    package init() {}

    /// Arms one more.
    package mutating func arm(
        _ fault: SandboxFault,
        on call: SandboxCall? = nil,
        at origin: SandboxOrigin? = nil,
        skip: Int = 0,
        times: Int = 1
    ) {
        guard times > 0 else { return }
        list.append(Armed(fault: fault, call: call, origin: origin, skip: max(skip, 0), times: times))
    }

    /// Disarms all.
    package mutating func clear() {
        list = []
    }

    /// The fault that strikes this request as a whole, if any; each request uses up one skip of every fitting fault.
    mutating func takeForAnswer(_ call: SandboxCall, _ origin: SandboxOrigin) -> SandboxFault? {
        take(call, origin) { $0.strikesAnyAnswer }
    }

    /// Whether `fault` strikes now, asked where an answer could show it.
    mutating func take(_ fault: SandboxFault, _ call: SandboxCall, _ origin: SandboxOrigin) -> Bool {
        take(call, origin) { $0 == fault } != nil
    }

    /// Whether the listeners are to close now that this request has been answered.
    package mutating func takeRefusal(after call: SandboxCall, _ origin: SandboxOrigin) -> Bool {
        var isDue = false
        for index in list.indices where list[index].fault == .refuse && list[index].fits(call, origin) {
            list[index].skip -= 1
            isDue = isDue || list[index].skip <= 0
        }
        list.removeAll { $0.fault == .refuse && $0.skip <= 0 }
        return isDue
    }

    private mutating func take(
        _ call: SandboxCall,
        _ origin: SandboxOrigin,
        where concerns: (SandboxFault) -> Bool
    ) -> SandboxFault? {
        var struck: SandboxFault?
        for index in list.indices where concerns(list[index].fault) && list[index].fits(call, origin) {
            if list[index].skip > 0 {
                list[index].skip -= 1
            } else if struck == nil {
                struck = list[index].fault
                list[index].times -= 1
            }
        }
        list.removeAll { $0.times == 0 }
        return struck
    }
}
