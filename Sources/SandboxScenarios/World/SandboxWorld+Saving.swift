import LosslessJSON

extension SandboxWorld {
    /// All jobs and the state of the ids as JSON, for the next start; armed faults are not kept.
    package func saved(at time: SandboxTime) -> [UInt8] {
        let tree: JSONTree = [
            "version": 1, "wall": .int(Int(time.wall)), "work": .int(Int(time.work)),
            "siliconflow": siliconflow.book.tree, "xiexus": xiexus.book.tree, "sorarelay": sorarelay.book.tree,
        ]
        return tree.bytes
    }

    /// Takes over the jobs of a saved world.
    ///
    /// - Returns: the work clock at `wall`: the vendors went on while nobody looked. `nil`, and nothing is changed, when
    ///   the text is not a saved world.
    package mutating func restore(_ saved: [UInt8], wall: Int64, speed: Double) -> Int64? {
        guard let root = (try? JSONDocument(parsing: saved))?.root, root["version"]?.int == 1,
            let savedWall = root["wall"]?.int, let savedWork = root["work"]?.int,
            let first = JobBook(root["siliconflow"], wall: wall), let second = JobBook(root["xiexus"], wall: wall),
            let third = JobBook(root["sorarelay"], wall: wall)
        else {
            return nil
        }
        siliconflow.book = first
        xiexus.book = second
        sorarelay.book = third
        return Int64(savedWork) + Int64(Double(max(wall - Int64(savedWall), 0)) * speed)
    }
}

extension JobBook {
    fileprivate init?(_ value: JSONValue?, wall: Int64) {
        guard let value, let state = value["ids"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let made = value["made"]?.int, let list = value["jobs"]
        else {
            return nil
        }
        self.init(
            ids: IdentifierSource(state: state),
            traces: IdentifierSource(state: state ^ UInt64(bitPattern: wall)),
            made: made,
            jobs: list.elements.compactMap { SandboxJob($0) }
        )
    }

    fileprivate var tree: JSONTree {
        ["ids": .string(String(ids.state, radix: 16)), "made": .int(made), "jobs": .array(jobs.map(\.tree))]
    }
}

extension SandboxJob {
    fileprivate init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, let model = value["model"]?.string, let prompt = value["prompt"]?.string,
            let wall = value["wall"]?.int, let work = value["work"]?.int, let row = value["row"]?.int,
            let width = value["width"]?.int, let height = value["height"]?.int, let seconds = value["seconds"]?.int,
            let rate = value["fps"]?.int, let seed = value["seed"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let details = value["details"]
        else {
            return nil
        }
        let film = FilmSpec(width: width, height: height, seconds: seconds, framesPerSecond: rate, seed: seed)
        self.init(
            id: id,
            model: model,
            prompt: prompt,
            film: film,
            submittedWall: Int64(wall),
            submittedWork: Int64(work),
            row: row,
            details: [:]
        )
        for member in details.members {
            self.details[member.key] = member.value.string
        }
        successesShown = value["successes"]?.int ?? 0
        polls = value["polls"]?.int ?? 0
    }

    fileprivate var tree: JSONTree {
        [
            "id": .string(id), "model": .string(model), "prompt": .string(prompt), "wall": .int(Int(submittedWall)),
            "work": .int(Int(submittedWork)), "row": .int(row), "width": .int(film.width), "height": .int(film.height),
            "seconds": .int(film.seconds), "fps": .int(film.framesPerSecond),
            "seed": .string(String(film.seed, radix: 16)),
            "details": .object(details.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
            "successes": .int(successesShown), "polls": .int(polls),
        ]
    }
}
