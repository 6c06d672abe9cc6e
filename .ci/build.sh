# Sourced by ./emu: builds what ./emu runs. Expects root, current and fresh() of it, and sets generation and jdk.

. "$root/.ci/jdk.sh"
. "$root/.ci/packages.sh"

main_class=org.mshareemu.emulator.cli.Main
run_options=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "-Dmshareemu.home=$root")

say() {
    printf 'emu: %s\n' "$*" >&2
}

# Runs a command with its output in the build log; if it fails, shows what the log says and fails.
quietly() {
    "$@" > "$root/.build/log" 2>&1 < /dev/null || {
        grep -v -e '^\[INFO\]' -e '^\[ERROR\] *$' -e '^ *at ' -e '^WARNING: ' -e 'Help 1' -e 'Re-run Maven' -e 'stack trace' "$root/.build/log" |
            tail -n 40 >&2
        say "failed: ${*##*/}"
        return 1
    }
}

# One build at a time: who comes second waits and finds it done.
build() {
    mkdir -p "$root/.build/run" 2> /dev/null && [[ -w $root/.build && -w $root/.build/run ]] || {
        say "must be built, and $root/.build cannot be written"
        return 1
    }
    local lock
    exec {lock}> "$root/.build/run/lock"
    flock -n "$lock" || {
        say "waiting for another build"
        flock "$lock"
    }
    fresh || build_locked
    local status=$?
    exec {lock}>&-
    return $status
}

build_locked() {
    install_missing || return
    find_jdk || {
        say "no JDK $jdk_wanted or later found; $(jdk_advice)"
        return 1
    }
    type -P mvn > /dev/null || {
        say "Maven is missing; $(package_advice maven)"
        return 1
    }
    say "building; the first time it also fetches the engine and takes a minute"
    local work=$root/.build/run/new
    rm -rf "$work"
    mkdir -p "$work"
    # The generation is as old as its sources were when the build began.
    : > "$work/start"
    quietly "$root/emulator/engine/fetch-libraries" || return
    JAVA_HOME=$jdk quietly mvn -B -ntp -q -f "$root/pom.xml" -Dquickly -pl mshare -am package \
        dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=$work" || return
    local module
    for module in mmu emulator mshare; do
        cp "$root/$module/target/quickly/$module"-*[0-9T].jar "$work/$module.jar" || return
        rm -f "$work/$module"-[0-9]*.jar
    done
    adopt "$work"
}

# Makes the folder the next generation. The one before is kept: somebody may be running from it.
adopt() {
    local number=1 old
    for old in "$root"/.build/run/[0-9]*; do
        [[ ! -d $old ]] || ((${old##*/} < number)) || number=$((${old##*/} + 1))
    done
    generation=$root/.build/run/$number
    mv -T "$1" "$generation" || return
    local jars=("$generation"/{mmu,emulator,mshare}.jar) jar
    for jar in "$generation"/*.jar; do
        case ${jar##*/} in
            mmu.jar | emulator.jar | mshare.jar | jspecify-*) ;;
            *) jars+=("$jar") ;;
        esac
    done
    (IFS=: && printf '%s\n' "${jars[*]}") > "$generation/classpath"
    train
    printf '%s\n%s\nJAVA_HOME=%s\n' "$generation" "$jdk" "${JAVA_HOME-}" > "$generation/current"
    touch -r "$generation/start" "$generation/current"
    mv "$generation/current" "$current"
    for old in "$root"/.build/run/[0-9]*; do
        ((${old##*/} >= number - 1)) || rm -rf "$old"
    done
}

# Lets the JVM watch one run and write its AOT cache. Without a cache ./emu only starts slower, so failing is no error.
# The run is the demo: it loads, forks, faults and prints. The optimizing compiler is off in it, or the cache would hold
# profiles for which every later run starts that compiler at once.
train() {
    local command=(--version) classpath
    read -r classpath < "$generation/classpath"
    if make -s -C "$root/guest-programs" OUT=target/bin target/bin/donor target/bin/consumer \
        > "$generation/train.log" 2>&1 < /dev/null; then
        command=(demo)
    fi
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 "-XX:AOTCacheOutput=$generation/emu.aot" "${run_options[@]}" \
        -cp "$classpath" "$main_class" "${command[@]}" >> "$generation/train.log" 2>&1 < /dev/null
    [[ -s $generation/emu.aot ]]
}

# Builds the guest programs of a command, demo or bench.
build_guest_programs() {
    local tool file programs=()
    for tool in make gcc; do
        type -P $tool > /dev/null || install_missing || return
        type -P $tool > /dev/null || {
            say "$tool is missing; $(package_advice $tool)"
            return 1
        }
    done
    case $1 in
        demo) programs=(target/bin/donor target/bin/consumer) ;;
        bench)
            for file in "$root"/guest-programs/src/bench/*.[cS]; do
                file=${file##*/}
                programs+=("target/bin/${file%.*}")
            done
            ;;
    esac
    make -q -C "$root/guest-programs" OUT=target/bin "${programs[@]}" > /dev/null 2>&1 || {
        say "building the guest programs of $1"
        quietly make -s -j"$(nproc)" -C "$root/guest-programs" OUT=target/bin "${programs[@]}"
    }
}
