/// What a word of a command stands for.
package enum OperandKind: Sendable, Hashable {
    case job
    case exchange
    /// An exchange or a job.
    case exchangeOrJob
    case parameter
    /// The value of the parameter named before.
    case value
    case provider
    case model
    case parameterOrModel
    /// A path into a JSON answer.
    case path
    case file
    case command
    /// A command, a topic of help, a parameter or a model.
    case topic
    case alias
    /// The name of a saved request.
    case savedRequest
    /// A provider, a model of the one in use, or `PROVIDER:MODEL`.
    case target
    case setting
    /// The value of the setting named before.
    case settingValue
    /// One of a few fixed words; `after` is the word that must stand before.
    case choice([String], after: String? = nil)
    /// Anything else.
    case word
}
