import JobEngine
import Synchronization
import VideoProviderKit

/// `login`, `logout`: keys kept for later sessions, in the keychain where there is one, else in `credentials.yaml`.
enum LoginCommand {
    static func login(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let instance = try instance(call.words.first, session)
        let name = instance.name.description
        let file = try file(instance, call.spec.name)
        let text = try await read(call, name, session)
        guard let secret = Secret(text) else {
            throw ShellFailure(
                "that is no key",
                why: "a key is one word of ASCII letters, digits and signs",
                tries: ["login \(name)"]
            )
        }
        session.engine.redactor.add(secret)
        let check = try await check(secret, instance, session)
        let place = try await store(secret, name, file, session)
        await session.engine.forgetSecret(of: instance.name)
        let keptIn: Message = place.map(Message.init(verbatim:)) ?? "the keychain"
        runner.output.tell(
            "\(name): \(secret.masked) \(check), kept in \(keptIn)",
            json: ["provider": .string(name), "key": .string(secret.masked), "kept_in": .string(keptIn.description)]
        )
        if let other = try await overriding(instance, session) {
            runner.output.note("\(other) comes first and hides it")
        }
    }

    static func logout(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let instance = try instance(call.words.first, session)
        let name = instance.name.description
        let file = try file(instance, call.spec.name)
        do throws(Fault) {
            guard let entry = try file.entry(name) else {
                throw Fault(.invalidRequest, "")
            }
            if case .keychain = entry { _ = await session.interaction.run(Keychain.remove(name), input: nil) }
            try file.set(nil, for: name)
        } catch {
            guard error.kind == .local else {
                throw ShellFailure("no key of \(name) is kept", why: instance.keyAdvice, tries: ["providers"])
            }
            throw FaultWords.failure(error, instance: name)
        }
        await session.engine.forgetSecret(of: instance.name)
        runner.output.tell("the key of \(name) is forgotten", json: ["provider": .string(name)])
        if let other = try await overriding(instance, session) {
            runner.output.note("\(other) still has one")
        }
    }

    private static func instance(_ word: String?, _ session: ShellSession) throws(ShellFailure) -> ProviderInstance {
        guard let word else { return session.instance }
        guard let instance = session.instances[written: word] else { throw UseCommand.unknown(word, session) }
        return instance
    }

    private static func file(_ instance: ProviderInstance, _ verb: String) throws(ShellFailure) -> CredentialFile {
        for case .stored(let file, _) in instance.credentials { return file }
        let isSandbox = instance.standsFor != nil
        throw ShellFailure(
            isSandbox ? "the sandbox has keys of its own" : "the key of \(instance.name) is set in the configuration",
            why: isSandbox ? "real keys are neither read nor kept here" : Message(recognizing: instance.keyAdvice),
            tries: [isSandbox ? "!reel \(verb) \(instance.name)" : "providers"]
        )
    }

    private static func read(
        _ call: CommandCall,
        _ name: String,
        _ session: ShellSession,
    ) async throws(ShellFailure) -> String {
        if call.has("stdin") {
            guard let line = readLine() else { throw ShellFailure("standard input is empty", tries: ["login \(name)"]) }
            return line
        }
        guard session.interaction.canAsk else {
            throw ShellFailure(
                "the key of \(name) cannot be asked for",
                why: "there is no terminal",
                tries: ["login \(name) --stdin"]
            )
        }
        guard
            let text = await session.interaction.askSecret(
                session.output.language.say("Key for \(name), not shown: " as Message)
            ), !text.isEmpty
        else {
            throw ShellFailure("nothing was kept", code: .other, kind: "refused")
        }
        return text
    }

    /// Tries the key in the vendor's free call, under a name of its own so that jobs being polled keep theirs.
    ///
    /// - Returns: what can be said of it.
    private static func check(
        _ secret: Secret,
        _ instance: ProviderInstance,
        _ session: ShellSession,
    ) async throws(ShellFailure) -> Message {
        var candidate = instance
        candidate.name.profile = (instance.name.profile ?? "") + "login"
        candidate.credentials = [.fixed(secret)]
        let engine = session.engine
        await engine.forgetSecret(of: candidate.name)
        do throws(Fault) {
            if let provider = instance.provider as? any ChecksAccount {
                let answer = try await engine.callFree(provider.accountRequest(), .account, candidate)
                session.state.withLock { $0.printed(answer.exchange) }
                let balance = try provider.account(in: answer.reply).balance
                return balance.map { "works, balance \($0)" } ?? "works"
            }
            guard let provider = instance.provider as? any ListsModels else {
                return "not checked, as \(instance.descriptor.name) has no free call"
            }
            _ = try await engine.callFree(provider.modelsRequest(), .models, candidate)
            return "works"
        } catch {
            var failure = FaultWords.failure(error, instance: instance.name.description)
            guard error.kind != .auth, error.kind != .permission else {
                failure.what += "; it was not kept"
                failure.tries = ["login \(instance.name)"]
                throw failure
            }
            // The key may be good all the same: only its owner can say.
            session.output.remark(failure.lines(in: session.output.language))
            let refusal: Message = "the key was not kept"
            do throws(ShellFailure) {
                try await session.confirm("It could not be checked. Keep it all the same?", refusal: refusal)
            } catch {
                guard error.kind != "refused" else { throw error }
                failure.what = "the key could not be checked and was not kept: \(failure.what)"
                failure.tries = ["login \(instance.name) --stdin --yes"]
                throw failure
            }
            return "not checked"
        }
    }

    /// Keeps the key.
    ///
    /// - Returns: the file it is in; nil for the keychain.
    private static func store(
        _ secret: Secret,
        _ name: String,
        _ file: CredentialFile,
        _ session: ShellSession,
    ) async throws(ShellFailure) -> String? {
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        try LocalFiles.makeFolder("/" + folder)
        let isInKeychain =
            await session.interaction.run(Keychain.store(name), input: Keychain.input(name, secret)) == 0
        do throws(Fault) { try file.set(isInKeychain ? .keychain : .key(secret), for: name) } catch {
            throw FaultWords.failure(error, instance: name)
        }
        return isInKeychain ? nil : file.path
    }

    /// The source that comes before what `login` stores, if it has a key.
    private static func overriding(
        _ instance: ProviderInstance,
        _ session: ShellSession,
    ) async throws(ShellFailure) -> String? {
        do throws(Fault) {
            guard let source = try await session.engine.credentialSource(of: instance) else { return nil }
            if case .stored = source { return nil }
            return source.summary
        } catch {
            return nil
        }
    }
}
