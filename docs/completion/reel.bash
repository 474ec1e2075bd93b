# Completions of reel for bash, made by "reel completion bash".
_reel() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= words= flags= i
    COMPREPLY=()
    # bash takes --flag=value apart at the sign.
    if [[ $cur == '=' ]]; then
        cur=
    elif [[ $prev == '=' ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --provider | --color | --sandbox-dir | -c | -f | --key-file | --fetch-auto | --fetch-dir | --allow-http | --notices | --notify-after | --notify-how | --stall-after | --poll-every | --poll-rate | --journal-max | --prompt-model | --budget | --language ) ((i++)) ;;
            -* | =) ;;
            *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    case $verb:$prev in
        preview:-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        submit:-n) return ;;
        submit:--note) return ;;
        submit:--timeout) return ;;
        race:--note) return ;;
        grid:-n) return ;;
        grid:--every) return ;;
        grid:--note) return ;;
        watch:--every) return ;;
        watch:--until) COMPREPLY=($(compgen -W 'submitting unconfirmed waiting queued running succeeded failed cancelled expired lost rejected unsent' -- "$cur")); return ;;
        wait:--timeout) return ;;
        jobs:--provider) return ;;
        jobs:--state) COMPREPLY=($(compgen -W 'submitting unconfirmed waiting queued running succeeded failed cancelled expired lost rejected unsent' -- "$cur")); return ;;
        adopt:--provider) return ;;
        adopt:--as) return ;;
        fetch:-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        frames:-n) return ;;
        frames:-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        log:--job) return ;;
        log:--provider) return ;;
        log:--status) return ;;
        log:--call) COMPREPLY=($(compgen -W 'submit status content models account lookup' -- "$cur")); return ;;
        log:--since) return ;;
        log:--until) return ;;
        log:--trace) return ;;
        log:--text) return ;;
        grep:--limit) return ;;
        grep:--job) return ;;
        grep:--provider) return ;;
        grep:--status) return ;;
        grep:--call) COMPREPLY=($(compgen -W 'submit status content models account lookup' -- "$cur")); return ;;
        grep:--since) return ;;
        grep:--until) return ;;
        grep:--trace) return ;;
        drift:--provider) return ;;
        diff:--ignore) return ;;
        stats:--job) return ;;
        stats:--provider) return ;;
        stats:--status) return ;;
        stats:--call) COMPREPLY=($(compgen -W 'submit status content models account lookup' -- "$cur")); return ;;
        stats:--since) return ;;
        stats:--until) return ;;
        stats:--trace) return ;;
        trace:--ticket) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        trace:--lang) COMPREPLY=($(compgen -W 'en zh' -- "$cur")); return ;;
        curl:-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        export:-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        replay:--to) return ;;
        replay:--set) return ;;
        replay:--note) return ;;
        http:--body) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        capture:--name) return ;;
        capture:--note) return ;;
        sandbox:--on) COMPREPLY=($(compgen -W 'submit poll download' -- "$cur")); return ;;
        sandbox:--skip) return ;;
        sandbox:--times) return ;;
        help:--format) COMPREPLY=($(compgen -W 'text markdown man' -- "$cur")); return ;;
        *:--provider) return ;;
        *:--color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
        *:--sandbox-dir) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        *:-c) return ;;
        *:-f) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        *:--key-file) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        *:--fetch-auto) COMPREPLY=($(compgen -W 'on late off' -- "$cur")); return ;;
        *:--fetch-dir) return ;;
        *:--allow-http) return ;;
        *:--notices) COMPREPLY=($(compgen -W 'all final off' -- "$cur")); return ;;
        *:--notify-after) return ;;
        *:--notify-how) COMPREPLY=($(compgen -W 'bell osc9 off' -- "$cur")); return ;;
        *:--stall-after) return ;;
        *:--poll-every) return ;;
        *:--poll-rate) return ;;
        *:--journal-max) return ;;
        *:--prompt-model) COMPREPLY=($(compgen -W 'on off' -- "$cur")); return ;;
        *:--budget) return ;;
        *:--language) COMPREPLY=($(compgen -W 'auto en zh' -- "$cur")); return ;;
    esac
    case $verb in
        '') words='providers ls models describe login logout save saved check preview submit race grid status watch wait jobs stop resume cancel adopt fetch open frames log headers body raw get grep timing timeline explain drift diff stats trace errors why curl export replay http import record play capture redecode sandbox config history budget completion help bug version' flags='--json --yes --provider --color --sandbox --sandbox-dir -c -f --echo --key-file -h --help --version --fetch-auto --fetch-dir --allow-http --notices --notify-after --notify-how --stall-after --poll-every --poll-rate --journal-max --prompt-model --budget --language' ;;
        providers | ls) words='' flags='--json --yes -h --help' ;;
        models) words='' flags='--refresh --json --yes -h --help' ;;
        describe) words='' flags='--json --yes -h --help' ;;
        login) words='' flags='--stdin --json --yes -h --help' ;;
        logout) words='' flags='--json --yes -h --help' ;;
        save) words='' flags='--json --yes -h --help' ;;
        saved) words='' flags='--json --yes -h --help' ;;
        check) words='' flags='--json --yes -h --help' ;;
        preview) words='' flags='--raw --curl -o --force --json --yes -h --help' ;;
        submit) words='' flags='-n --note --watch --wait --timeout --yes --json -h --help' ;;
        race) words='' flags='--note --log --json --yes -h --help' ;;
        grid) words='' flags='-n --every --note --log --json --yes -h --help' ;;
        status) words='' flags='--json --yes -h --help' ;;
        watch) words='' flags='--every --in-place --until --json --yes -h --help' ;;
        wait) words='' flags='--timeout --json --yes -h --help' ;;
        jobs) words='' flags='-a --provider --state --json --yes -h --help' ;;
        stop) words='' flags='--json --yes -h --help' ;;
        resume) words='' flags='--json --yes -h --help' ;;
        cancel) words='' flags='--json --yes -h --help' ;;
        adopt) words='' flags='--provider --as --json --yes -h --help' ;;
        fetch) words='' flags='-o --force --all --open --json --yes -h --help' ;;
        open) words='' flags='--json --yes -h --help' ;;
        frames) words='' flags='-n -o --force --json --yes -h --help' ;;
        log) words='' flags='--job --provider --status --call --since --until --trace --errors --text --json --yes -h --help' ;;
        headers) words='' flags='--json --yes -h --help' ;;
        body) words='' flags='--request --full --json --yes -h --help' ;;
        raw) words='' flags='--request --hex --json --yes -h --help' ;;
        get) words='' flags='-r --all --json --yes -h --help' ;;
        grep) words='' flags='-i -F -l --request --reply --limit --job --provider --status --call --since --until --trace --errors --json --yes -h --help' ;;
        timing) words='' flags='--json --yes -h --help' ;;
        timeline) words='' flags='--bodies --json --yes -h --help' ;;
        explain) words='' flags='--json --yes -h --help' ;;
        drift) words='' flags='--all --session --docs --provider --json --yes -h --help' ;;
        diff) words='' flags='--ignore --all --forget --request --json --yes -h --help' ;;
        stats) words='' flags='--job --provider --status --call --since --until --trace --errors --json --yes -h --help' ;;
        trace) words='' flags='--ticket --lang --json --yes -h --help' ;;
        errors | why) words='' flags='--json --yes -h --help' ;;
        curl) words='' flags='-o --force --reveal --json --yes -h --help' ;;
        export) words='har md html' flags='-o --force --session --private --json --yes -h --help' ;;
        replay) words='' flags='--to --set --edit --note --wait --watch --yes --json -h --help' ;;
        http) words='GET POST PUT PATCH DELETE HEAD' flags='--form --body --yes --json -h --help' ;;
        import) words='curl har' flags='--json --yes -h --help' ;;
        record) words='' flags='--json --yes -h --help' ;;
        play) words='' flags='--json --yes -h --help' ;;
        capture) words='' flags='--name --note --json --yes -h --help' ;;
        redecode) words='' flags='--all --json --yes -h --help' ;;
        sandbox) words='status clear directives speed fault' flags='--on --skip --times --json --yes -h --help' ;;
        config) words='' flags='--save --sources --json --yes -h --help' ;;
        history) words='' flags='--json --yes -h --help' ;;
        budget) words='' flags='--json --yes -h --help' ;;
        completion) words='bash zsh fish' flags='--json --yes -h --help' ;;
        help) words='' flags='--format --json --yes -h --help' ;;
        bug) words='' flags='--force --json --yes -h --help' ;;
        version) words='' flags='--json --yes -h --help' ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$flags" -- "$cur"))
    elif [[ -n $words ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
    else
        COMPREPLY=($(compgen -f -- "${cur#*=@}"))
    fi
}
complete -o bashdefault -F _reel reel
