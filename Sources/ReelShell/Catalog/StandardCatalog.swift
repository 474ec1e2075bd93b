extension CommandCatalog {
    /// The commands of reel.
    package static let standard = CommandCatalog(
        exploreCommands + composeCommands + runCommands + inspectCommands + shareCommands + programCommands
    )

    /// The words for a job's state that flags take.
    package static let jobStates = [
        "submitting", "unconfirmed", "waiting", "queued", "running", "succeeded", "failed", "cancelled", "expired",
        "lost", "rejected", "unsent",
    ]

    /// What the sandbox can be told to do wrong.
    package static let sandboxFaults = [
        "503", "429", "401", "stall", "truncate", "no-url", "expired", "drop", "refuse", "html", "word",
    ]
}
