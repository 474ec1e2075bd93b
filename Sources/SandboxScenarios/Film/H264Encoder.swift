/// Constrained baseline H.264 of the simplest kind: changed macroblocks as raw samples, all others skipped.
///
/// Raw samples (I_PCM) make the decoded picture equal to the painted one, bit for bit, and leave nothing to be tuned.
/// The deblocking filter is off and every motion vector is zero, so a skipped macroblock is an exact copy.
struct H264Encoder {
    let spec: FilmSpec

    func sequenceParameterSet(level: Int) -> [UInt8] {
        var nal = BitWriter(header: 0x67)
        nal.bits(66, 8)
        nal.bits(0b1100_0000, 8)
        nal.bits(level, 8)
        nal.unsigned(0)
        nal.unsigned(12)
        // Order count type 2: output order is decoding order, nothing about it in the slices.
        nal.unsigned(2)
        nal.unsigned(1)
        nal.flag(false)
        nal.unsigned(spec.widthInMacroblocks - 1)
        nal.unsigned(spec.heightInMacroblocks - 1)
        nal.flag(true)
        nal.flag(true)
        let right = spec.widthInMacroblocks * 16 - spec.width
        let bottom = spec.heightInMacroblocks * 16 - spec.height
        nal.flag(right + bottom > 0)
        if right + bottom > 0 {
            nal.unsigned(0)
            nal.unsigned(right / 2)
            nal.unsigned(0)
            nal.unsigned(bottom / 2)
        }
        nal.flag(true)
        writeUsability(to: &nal)
        return nal.finish()
    }

    func pictureParameterSet() -> [UInt8] {
        var nal = BitWriter(header: 0x68)
        nal.unsigned(0)
        nal.unsigned(0)
        nal.bits(0, 2)
        nal.unsigned(0)
        nal.unsigned(0)
        nal.unsigned(0)
        nal.bits(0, 3)
        nal.signed(0)
        nal.signed(0)
        nal.signed(0)
        // Deblocking is controlled by the slices, which switch it off.
        nal.bits(0b100, 3)
        return nal.finish()
    }

    /// The first picture, in full.
    func keyPicture(_ painter: inout FilmPainter) -> [UInt8] {
        var nal = BitWriter(header: 0x65)
        nal.unsigned(0)
        nal.unsigned(7)
        nal.unsigned(0)
        nal.bits(0, 16)
        nal.unsigned(0)
        nal.bits(0, 2)
        nal.signed(0)
        nal.unsigned(1)
        for row in 0..<spec.heightInMacroblocks {
            for column in 0..<spec.widthInMacroblocks {
                nal.unsigned(25)
                nal.alignWithZeros()
                nal.samples(painter.macroblock(column: column, row: row, frame: 0))
            }
        }
        return nal.finish()
    }

    /// Picture number `frame`, as its differences from the one before.
    func picture(_ frame: Int, _ painter: inout FilmPainter) -> [UInt8] {
        var nal = BitWriter(header: 0x41)
        nal.unsigned(0)
        nal.unsigned(5)
        nal.unsigned(0)
        nal.bits(frame & 0xffff, 16)
        nal.bits(0, 3)
        nal.signed(0)
        nal.unsigned(1)
        var next = 0
        for address in painter.changedMacroblocks(in: frame) {
            nal.unsigned(address - next)
            nal.unsigned(30)
            nal.alignWithZeros()
            let row = address / spec.widthInMacroblocks
            let column = address % spec.widthInMacroblocks
            nal.samples(painter.macroblock(column: column, row: row, frame: frame))
            next = address + 1
        }
        let rest = spec.widthInMacroblocks * spec.heightInMacroblocks - next
        if rest > 0 {
            nal.unsigned(rest)
        }
        return nal.finish()
    }

    /// Annex E: square pixels, BT.709 in video range, a fixed frame rate, no reordering.
    private func writeUsability(to nal: inout BitWriter) {
        nal.flag(true)
        nal.bits(1, 8)
        nal.flag(false)
        nal.flag(true)
        nal.bits(5, 3)
        nal.flag(false)
        nal.flag(true)
        nal.bits(1, 8)
        nal.bits(1, 8)
        nal.bits(1, 8)
        nal.flag(false)
        nal.flag(true)
        nal.bits(1, 32)
        nal.bits(2 * spec.framesPerSecond, 32)
        nal.flag(true)
        nal.bits(0, 3)
        nal.flag(true)
        nal.flag(true)
        nal.unsigned(0)
        nal.unsigned(0)
        nal.unsigned(10)
        nal.unsigned(10)
        nal.unsigned(0)
        nal.unsigned(1)
    }
}
