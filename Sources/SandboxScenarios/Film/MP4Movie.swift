/// One video track as a progressive MP4 file: the index stands before the pictures, so playing can start at once.
struct MP4Movie {
    let spec: FilmSpec
    let sequenceParameters: [UInt8]
    let pictureParameters: [UInt8]
    let samples: [[UInt8]]

    /// Ticks a second; each picture lasts 256 of them, whatever the frame rate.
    private var timescale: Int { spec.framesPerSecond * 256 }
    private var duration: Int { spec.frameCount * 256 }

    func bytes() -> [UInt8] {
        var file = MP4Bytes()
        file.box("ftyp") { box in
            box.text("isom")
            box.u32(512)
            box.text("isomiso2avc1mp41")
        }
        // The index holds the place of the pictures, which follows from its own length: write it twice.
        let indexLength = index(firstSample: 0).count
        let firstSample = file.bytes.count + indexLength + 8
        file.raw(index(firstSample: firstSample))
        file.box("mdat") { box in
            for sample in samples {
                box.u32(sample.count)
                box.raw(sample)
            }
        }
        return file.bytes
    }

    private func index(firstSample: Int) -> [UInt8] {
        var file = MP4Bytes()
        file.box("moov") { movie in
            movie.fullBox("mvhd") { box in
                box.zeros(8)
                box.u32(timescale)
                box.u32(duration)
                box.u32(0x1_0000)
                box.u16(0x100)
                box.zeros(10)
                Self.writeUnityMatrix(to: &box)
                box.zeros(24)
                box.u32(2)
            }
            movie.box("trak") { track in
                writeTrack(to: &track, firstSample)
            }
        }
        return file.bytes
    }

    private func writeTrack(to track: inout MP4Bytes, _ firstSample: Int) {
        track.fullBox("tkhd", flags: 3) { box in
            box.zeros(8)
            box.u32(1)
            box.zeros(4)
            box.u32(duration)
            box.zeros(16)
            Self.writeUnityMatrix(to: &box)
            box.u32(spec.width << 16)
            box.u32(spec.height << 16)
        }
        track.box("mdia") { media in
            media.fullBox("mdhd") { box in
                box.zeros(8)
                box.u32(timescale)
                box.u32(duration)
                // "und", the undetermined language, in three times five bits.
                box.u16(0x55c4)
                box.u16(0)
            }
            media.fullBox("hdlr") { box in
                box.zeros(4)
                box.text("vide")
                box.zeros(12)
                box.text("VideoHandler")
                box.u8(0)
            }
            media.box("minf") { information in
                information.fullBox("vmhd", flags: 1) { $0.zeros(8) }
                information.box("dinf") { data in
                    data.fullBox("dref") { box in
                        box.u32(1)
                        box.fullBox("url ", flags: 1) { _ in }
                    }
                }
                information.box("stbl") { table in
                    writeSampleTable(to: &table, firstSample)
                }
            }
        }
    }

    private func writeSampleTable(to table: inout MP4Bytes, _ firstSample: Int) {
        table.fullBox("stsd") { box in
            box.u32(1)
            box.box("avc1") { writeSampleEntry(to: &$0) }
        }
        table.fullBox("stts") { box in
            box.u32(1)
            box.u32(samples.count)
            box.u32(256)
        }
        table.fullBox("stss") { box in
            box.u32(1)
            box.u32(1)
        }
        table.fullBox("stsc") { box in
            box.u32(1)
            box.u32(1)
            box.u32(samples.count)
            box.u32(1)
        }
        table.fullBox("stsz") { box in
            box.u32(0)
            box.u32(samples.count)
            for sample in samples {
                box.u32(sample.count + 4)
            }
        }
        table.fullBox("stco") { box in
            box.u32(1)
            box.u32(firstSample)
        }
    }

    private func writeSampleEntry(to box: inout MP4Bytes) {
        box.zeros(6)
        box.u16(1)
        box.zeros(16)
        box.u16(spec.width)
        box.u16(spec.height)
        box.u32(0x48_0000)
        box.u32(0x48_0000)
        box.zeros(4)
        box.u16(1)
        box.zeros(32)
        box.u16(24)
        box.u16(0xffff)
        box.box("avcC") { configuration in
            configuration.u8(1)
            configuration.raw(Array(sequenceParameters[1...3]))
            configuration.u8(0xff)
            configuration.u8(0xe1)
            configuration.u16(sequenceParameters.count)
            configuration.raw(sequenceParameters)
            configuration.u8(1)
            configuration.u16(pictureParameters.count)
            configuration.raw(pictureParameters)
        }
        box.box("pasp") { ratio in
            ratio.u32(1)
            ratio.u32(1)
        }
    }

    private static func writeUnityMatrix(to box: inout MP4Bytes) {
        for value in [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000] {
            box.u32(value)
        }
    }
}
