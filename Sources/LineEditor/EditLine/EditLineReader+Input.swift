import CEditLine

extension EditLineReader {
    /// libedit's `EL_GETCFN`: waits for a key, writing notices and obeying signals meanwhile.
    ///
    /// - Returns: 1 with a character in `slot`, 0 at the end of input, -1 when a signal ends the line.
    func nextCharacter(into slot: UnsafeMutablePointer<wchar_t>) -> Int32 {
        beginWaiting()
        if let key = input.nextKey {
            input.nextKey = nil
            take(key, into: slot)
            return 1
        }
        while true {
            if !input.pushedBack.isEmpty, let character = readKey() {
                take(character, into: slot)
                return 1
            }
            guard input.pushedBack.isEmpty else { continue }
            showHint(for: typedLine)
            let pause = screen.deliveryPause
            let ready = Descriptors.wait(
                input: inputDescriptor,
                signals: interrupts.descriptor,
                inbox: pause == nil ? inbox.descriptor : -1,
                milliseconds: pause
            )
            if ready.contains(.signal), obeySignals() {
                return -1
            }
            if ready.contains(.inbox) {
                inbox.deliver(to: self)
                screen.lastDelivery = .now
            }
            if ready.contains(.input), let character = readKey() {
                take(character, into: slot)
                return 1
            }
            if input.isHungUp {
                input.ending = .endOfInput
                return 0
            }
        }
    }

    private func take(_ character: wchar_t, into slot: UnsafeMutablePointer<wchar_t>) {
        eraseHint()
        noticeResize()
        if character == wchar_t(UInt8(ascii: "\n")) { dropRightPrompt() }
        slot.pointee = character
    }

    private func beginWaiting() {
        loadHistoryOnce()
        if !input.prefill.isEmpty {
            repaint {
                _ = input.prefill.withWideCharacters { el_winsertstr(editLine, $0) }
                input.prefill = ""
            }
        }
        writeHeld()
    }

    /// True when the line is over.
    private func obeySignals() -> Bool {
        let signals = interrupts.takePending()
        if let ending = signals.first(where: \.endsProcess) {
            leaveBlock(mark: "")
            input.ending = .terminated(ending)
            return true
        }
        for signal in signals where signal != .interrupt {
            handle(signal)
        }
        guard signals.contains(.interrupt) else { return false }
        let line = typedLine
        leaveBlock(mark: "^C")
        input.interruptedText = line.text
        input.ending = .interrupted(hadText: !line.scalars.isEmpty)
        input.pushedBack = []
        return true
    }

    /// One key as a character for libedit, or nil when more bytes are needed.
    private func readKey() -> wchar_t? {
        guard let byte = nextByte(milliseconds: 0) else { return nil }
        if byte == 0x1B {
            return readEscape()
        }
        guard let scalar = input.decoder.add(byte) else { return nil }
        guard acceptsUnicode || scalar.isASCII else {
            refuseUnicode()
            return nil
        }
        return wchar_t(scalar.value)
    }

    /// Escape itself, or the private key of a sequence that begins with it.
    private func readEscape() -> wchar_t {
        var bytes: [UInt8] = []
        // A person's Escape comes alone, a terminal's sequence in one piece or, at worst, in two packets.
        while let byte = nextByte(milliseconds: bytes.isEmpty ? 0 : 50) {
            bytes.append(byte)
            switch KeySequences.match(bytes) {
            case .prefix:
                continue
            case .key(let key) where key.bypassesKeyMaps || input.isSearching || ced_uses_vi(editLine) != 0:
                return wchar_t(key.rawValue)
            case .key, .none:
                break
            }
            break
        }
        input.pushedBack = bytes + input.pushedBack
        return 0x1B
    }

    private func nextByte(milliseconds: Int32) -> UInt8? {
        if !input.pushedBack.isEmpty {
            return input.pushedBack.removeFirst()
        }
        guard
            Descriptors.wait(input: inputDescriptor, signals: -1, inbox: -1, milliseconds: milliseconds)
                .contains(.input)
        else { return nil }
        // One byte at a time: what is typed ahead stays in the kernel, where a child finds it.
        var byte: [UInt8] = [0]
        switch Descriptors.read(inputDescriptor, into: &byte) {
        case 1:
            return byte[0]
        case 0:
            input.isHungUp = true
            return nil
        default:
            return nil
        }
    }

    /// Reads a bracketed paste up to its end mark, or a second of silence.
    func readPaste() -> String {
        var paste = PasteCollector()
        input.pushedBack = paste.add(input.pushedBack)
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while !paste.isComplete {
            let ready = Descriptors.wait(input: inputDescriptor, signals: -1, inbox: -1, milliseconds: 1_000)
            guard ready.contains(.input) else { break }
            guard let count = Descriptors.read(inputDescriptor, into: &chunk) else { continue }
            if count == 0 {
                input.isHungUp = true
                break
            }
            input.pushedBack = paste.add(chunk.prefix(count))
        }
        return paste.text
    }

    private func refuseUnicode() {
        el_beep(editLine)
        guard !input.warnedOfUnicode else { return }
        input.warnedOfUnicode = true
        printAbove(["warning: this system has no UTF-8 locale, so only ASCII can be typed; read other text from a file"]
        )
    }
}
