extension HelpTopic {
    static let written: [HelpTopic] = [
        HelpTopic(
            name: "items",
            title: "NAME=VALUE and the other ways to give a value",
            text: """
                An item gives a value in one word, for set, submit, preview and the like; "set" itself may be left out.

                  seed=7                  a value, read by the parameter's type
                  image=@cat.png          the file itself, for pictures and films
                  prompt=@prompt.txt      the text of a file, without its last line end
                  prompt=@-               the same of standard input, outside a session
                  metadata:='{"a": 1.0}'  JSON, sent token for token
                  metadata:=@meta.json    the JSON of a file
                  trace==on               a query parameter
                  X-Trace:abc             a header; only behind set or submit
                  raw.motion:=3           a member of the body that the provider does not declare

                No blanks around the sign. Names are the provider's or the common ones (size, image, seed). Items behind
                submit, check and preview count for that time only.
                """
        ),
        HelpTopic(
            name: "references",
            title: "r17, j3, last, prev, and values out of answers",
            text: """
                rN is an exchange, one request with its answer; jN is a job. Numbers are never used again.

                  last, prev      the exchange last printed, and the one before
                  j3              a job; where an exchange is wanted, its last one
                  j3.submit       the exchange that submitted it; also j3.first, j3.last, j3.4
                  k3v9            a beginning of the vendor's own task id, if it is unique
                  r4..r9          a range, where several are taken

                Left out, the job is the one last named or made, else the newest unfinished one; the exchange is "last".
                A value that begins with $ and a reference is what stands at that path in the answer:

                  seed=$r31.results.seed
                  set seed $last.results.seed

                Paths are made of .NAME, [0], [] for every element and ["any name"]; "." is the whole answer.
                """
        ),
        HelpTopic(
            name: "quoting",
            title: "quotes, lines, files and pipes",
            text: """
                After "set PROMPT" and other text parameters the rest of the line is the value, and nothing in it has a
                meaning: no quotes, ; | > # @ or $. Elsewhere words are quoted as in a shell:

                  'as it is'      "with \\" \\\\ \\n \\t \\$"      one\\ word

                Three double quotes begin and end a text of several lines, anywhere. A line that ends in \\ or in an
                open quote goes on at "... "; Ctrl-C drops it. Alt-Enter begins a new line.

                  set prompt \"\"\"
                  first line
                  second line\"\"\"

                Behind a command:  ; another command   | program   > file   >> file
                A line that begins with ! runs a program, !! repeats the last entry, # is a comment.
                Unique beginnings of commands run at the prompt, three letters at least where money is spent.
                """
        ),
        HelpTopic(
            name: "money",
            title: "what may be billed, and how nothing is paid twice",
            text: """
                Commands marked "may be billed" are submit, race, grid and replay; http asks before all but questions. A
                request leaves once: it is written down before its first byte, and repeated on its own only when it
                provably did not leave or was answered with "not accepted". When no clear answer comes the job is
                "unconfirmed": it may run and be billed.

                  adopt ID --as j1     the vendor's page shows the task: follow it
                  stop j1              it is not there: the job is lost, nothing is sent
                  replay r2            send it again, after a question

                An equal request that is under way, unconfirmed, or was accepted less than ten seconds ago asks first.
                Pasted lines and repeated entries that may be billed ask too; --yes answers. "budget N" limits a session.
                """
        ),
        HelpTopic(
            name: "polling",
            title: "how jobs are followed, and what the states mean",
            text: """
                Jobs are asked about in the background, also while you type, in the rhythm the vendor names; failed polls
                are retried and fail no job. Ctrl-C and exit end the watching, never the job; the next reel goes on.

                  submitting      being sent
                  unconfirmed     no clear answer; it may have been accepted
                  waiting         held back here, after a "too many requests"
                  queued running succeeded failed cancelled expired     as the vendor says
                  lost            given up here

                The vendor's own word stands beside the state. A word in no table is shown as unmapped, the state is kept
                and the job is polled on. "stop" ends the asking, "resume" begins it again, "status" asks once.
                """
        ),
        HelpTopic(
            name: "films",
            title: "where films go, and how long links live",
            text: """
                A film is saved as soon as its job succeeds, into fetch.dir (the current folder), as jN.mp4. "fetch" saves
                it elsewhere or again; partial downloads go on where they stopped, and no file is replaced unasked.

                Vendors' links die, often within minutes: "jobs" shows how long each has left. A dead link is asked for
                anew; one that should still live is tried for about a minute and a half, with fresh links where the
                vendor signs them anew. With "config fetch.auto off" nothing is saved on its own.
                """
        ),
        HelpTopic(
            name: "credentials",
            title: "where keys come from, and where they never go",
            text: """
                The first that has a key wins: --key-file FILE; the provider's variable, such as SILICONFLOW_API_KEY;
                what "login" kept, in the system's keychain or in credentials.yaml; for a profile what config.yaml says.
                Files must be yours and readable by nobody else.

                  login siliconflow             asks, tries the key, keeps it
                  pass show k | reel login siliconflow --stdin
                  logout siliconflow

                Keys are shown as sk-...9f3c everywhere. They are in no journal, history, export or child process, and
                go only to the address they belong to.
                """
        ),
        HelpTopic(
            name: "instances",
            title: "more accounts or servers of one provider",
            text: """
                A provider can be there more than once, with a key and an address for each. They stand in config.yaml,
                whose place "config --sources" names:

                  instances:
                    siliconflow@work:
                      key: {command: "pass show work"}
                    siliconflow@intl:
                      base_url: https://api.siliconflow.com/v1
                      key: {env: INTL_KEY}

                Fields are base_url, key (env, file or command, never the key itself), ca_file and headers. "use
                siliconflow@work" chooses one in the next session; limits and jobs are kept apart for each.
                """
        ),
        HelpTopic(
            name: "keys",
            title: "the keyboard, and Ctrl-C in every state",
            text: """
                  Enter; Alt-Enter, Ctrl-J       run; new line
                  Tab; Tab Tab; Right at the end complete; list; take the dim hint
                  Up, Down; Ctrl-R               whole entries; search
                  Ctrl-C                         clears the line; in a command ends the waiting, not the job
                  Ctrl-C in submit               before bytes left nothing is sent; after, it waits 10 s for the id
                  Ctrl-D                         leaves, on an empty line
                  Ctrl-Z, fg                     suspends and comes back to the half-typed line
                  Ctrl-X Ctrl-E                  the entry in your editor
                  Ctrl-L; Ctrl-W                 repaint; delete a word

                A paste is one edit: nothing runs until Enter. ~/.editrc is read; "bind -v" is vi mode.
                TERM=dumb or REEL_ACCESSIBLE=1 gives plain lines without redrawing.
                """
        ),
        HelpTopic(
            name: "scripts",
            title: "reel without a person: -c, -f, standard input, subcommands",
            text: """
                  reel submit prompt='a cat' model=M --wait --json
                  reel -c 'set prompt a cat' -c 'submit --wait'
                  reel -f make.reel
                  echo jobs | reel

                Commands are those of the prompt, in full. A script ends at the first error, with FILE:LINE before it.
                Nothing asks without a terminal: what would ask fails with 2, unless --yes is given. Results go to
                standard output, the rest to standard error; with --json all goes to standard output.
                """
        ),
    ]
}
