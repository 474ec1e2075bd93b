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
            --provider | --color | --sandbox-dir | -c | -f | --key-file | --fetch-auto | --fetch-dir | --notices | --notify-after | --poll-every | --prompt-model | --budget | --language ) ((i++)) ;;
            -* | =) ;;
            *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    case $verb:$prev in
        submit:-n) return ;;
        submit:--note) return ;;
        submit:--timeout) return ;;
        race:--note) return ;;
        grid:-n) return ;;
        grid:--every) return ;;
        grid:--note) return ;;
        watch:--until) COMPREPLY=($(compgen -W 'submitting unconfirmed waiting queued running succeeded failed cancelled expired lost' -- "$cur")); return ;;
        wait:--timeout) return ;;
        jobs:--provider) return ;;
        jobs:--state) COMPREPLY=($(compgen -W 'submitting unconfirmed waiting queued running succeeded failed cancelled expired lost' -- "$cur")); return ;;
        adopt:--provider) return ;;
        adopt:--as) return ;;
        fetch:-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        log:--job) return ;;
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
        *:--fetch-auto) COMPREPLY=($(compgen -W 'on off' -- "$cur")); return ;;
        *:--fetch-dir) return ;;
        *:--notices) COMPREPLY=($(compgen -W 'all final off' -- "$cur")); return ;;
        *:--notify-after) return ;;
        *:--poll-every) return ;;
        *:--prompt-model) COMPREPLY=($(compgen -W 'on off' -- "$cur")); return ;;
        *:--budget) return ;;
        *:--language) COMPREPLY=($(compgen -W 'auto en zh' -- "$cur")); return ;;
    esac
    case $verb in
        '') words='providers ls models describe login logout save saved check preview submit race grid status watch wait jobs stop resume cancel adopt fetch log headers body raw get timing trace errors why sandbox config history budget completion help version' flags='--json --yes --provider --color --sandbox --sandbox-dir -c -f --echo --key-file -h --help --version --fetch-auto --fetch-dir --notices --notify-after --poll-every --prompt-model --budget --language' ;;
        providers | ls) words='' flags='--json --yes -h --help' ;;
        models) words='' flags='--refresh --json --yes -h --help' ;;
        describe) words='' flags='--json --yes -h --help' ;;
        login) words='' flags='--stdin --json --yes -h --help' ;;
        logout) words='' flags='--json --yes -h --help' ;;
        save) words='' flags='--json --yes -h --help' ;;
        saved) words='' flags='--json --yes -h --help' ;;
        check) words='' flags='--json --yes -h --help' ;;
        preview) words='' flags='--raw --json --yes -h --help' ;;
        submit) words='' flags='-n --note --watch --wait --timeout --yes --json -h --help' ;;
        race) words='' flags='--note --json --yes -h --help' ;;
        grid) words='' flags='-n --every --note --json --yes -h --help' ;;
        status) words='' flags='--json --yes -h --help' ;;
        watch) words='' flags='--until --json --yes -h --help' ;;
        wait) words='' flags='--timeout --json --yes -h --help' ;;
        jobs) words='' flags='-a --provider --state --json --yes -h --help' ;;
        stop) words='' flags='--json --yes -h --help' ;;
        resume) words='' flags='--json --yes -h --help' ;;
        cancel) words='' flags='--json --yes -h --help' ;;
        adopt) words='' flags='--provider --as --json --yes -h --help' ;;
        fetch) words='' flags='-o --force --json --yes -h --help' ;;
        log) words='' flags='--job --errors --json --yes -h --help' ;;
        headers) words='' flags='--json --yes -h --help' ;;
        body) words='' flags='--request --full --json --yes -h --help' ;;
        raw) words='' flags='--request --hex --json --yes -h --help' ;;
        get) words='' flags='-r --all --json --yes -h --help' ;;
        timing) words='' flags='--json --yes -h --help' ;;
        trace) words='' flags='--json --yes -h --help' ;;
        errors | why) words='' flags='--json --yes -h --help' ;;
        sandbox) words='status clear directives speed fault' flags='--on --skip --times --json --yes -h --help' ;;
        config) words='' flags='--sources --json --yes -h --help' ;;
        history) words='' flags='--json --yes -h --help' ;;
        budget) words='' flags='--json --yes -h --help' ;;
        completion) words='bash zsh fish' flags='--json --yes -h --help' ;;
        help) words='' flags='--format --json --yes -h --help' ;;
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
