#!/bin/sh
# Runs every native=yes line of the manifest twice on this machine's own kernel: both runs must print the same and end as
# the manifest says. usage: check-native.sh BIN_DIRECTORY MANIFEST [PROGRAM…]
bin=$(cd "$1" && pwd) || exit 2
manifest=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
home=$(dirname "$manifest")
shift 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

field() { # the value of the last field named $1 in $line
    printf '%s\n' "$line" | sed 's/ *| */\n/g' | sed -n "s/^$1=//p" | tail -n 1
}

# A subshell that replaces itself, so that the status is the program's own and no job messages mix with its output.
run() { # $1: name of the output files
    mkdir "$work/cwd"
    (cd "$work/cwd" && exec timeout -s KILL 20 env -i $environment "$bin/$program" $arguments <"$input" >"$work/$1.out" 2>"$work/$1.err") 2>/dev/null
    status=$?
    left=$(ls -A "$work/cwd")
    chmod -R u+rwx "$work/cwd"; rm -rf "$work/cwd"
}

umask 022
runs=0 failures=0
fail() { failures=$((failures + 1)); printf 'FAIL %s: %s\n' "$command" "$1"; }

while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    command=$(printf '%s\n' "${line%%|*}" | sed 's/ *$//')
    program=${command%% *}
    if [ $# -gt 0 ]; then case " $* " in *" $program "*) ;; *) continue ;; esac; fi
    [ "$(field native)" = yes ] || continue
    [ -x "$bin/$program" ] || { [ -n "$(field needs)" ] && continue; fail "not built"; continue; }
    arguments=$(printf '%s\n' "${command#"$program"}" | sed "s#@#$bin/#g")
    environment=$(printf '%s\n' "$line" | sed 's/ *| */\n/g' | sed -n 's/^env=//p' | tr '\n' ' ')
    input=/dev/null
    [ -z "$(field stdin)" ] || input=$home/$(field stdin)
    expected=$(field status)
    signal=$(field signal)
    case $signal in
    '') ;;
    SIGILL) expected=132 ;;
    SIGTRAP) expected=133 ;;
    SIGABRT) expected=134 ;;
    SIGBUS) expected=135 ;;
    SIGFPE) expected=136 ;;
    SIGKILL) expected=137 ;;
    SIGSEGV) expected=139 ;;
    SIGTERM) expected=143 ;;
    *) fail "unknown signal $signal" ;;
    esac

    runs=$((runs + 1))
    run first
    [ "$status" = "${expected:-0}" ] || fail "status $status, not ${expected:-0}"
    [ -z "$left" ] || fail "left behind: $left"
    run second
    cmp -s "$work/first.out" "$work/second.out" || { fail "stdout differs between two runs"; diff "$work/first.out" "$work/second.out"; }
    cmp -s "$work/first.err" "$work/second.err" || fail "stderr differs between two runs"
    golden=$(field golden)
    [ -z "$golden" ] || cmp -s "$work/first.out" "$home/expected/$golden" || fail "stdout is not $golden"
done <"$manifest"
printf '%d runs, %d failures\n' "$runs" "$failures"
[ "$failures" = 0 ]
