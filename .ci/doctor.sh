# Sourced by ./emu: the command doctor. It must work where nothing else does.

. "$root/.ci/build.sh"

# row MARK NAME TEXT
row() {
    printf '%-8s %-15s %s\n' "$1" "$2" "$3"
}

# The first version number that a command prints.
version_of() {
    local line
    while read -r line; do
        if [[ $line =~ [0-9]+(\.[0-9]+)+ ]]; then
            echo "${BASH_REMATCH[0]}"
            return
        fi
    done < <("$@" 2> /dev/null)
}

doctor_command() {
    local name=$1 package=$2
    shift 2
    if type -P "$1" > /dev/null; then
        row ok "$name" "$(version_of "$@")  $(type -P "$1")"
    else
        row MISSING "$name" "$(package_advice "$package")"
        return 1
    fi
}

doctor() {
    local missing=0 may_build=yes
    if find_jdk; then
        row ok JDK "$(version_of cat "$jdk/release")  $jdk"
    else
        row MISSING JDK "$jdk_wanted or later is needed; $(jdk_advice)"
        missing=1 may_build=no
    fi
    doctor_command Maven maven mvn -version || missing=1 may_build=no
    doctor_command compiler gcc gcc -dumpfullversion || missing=1
    if have libc.a; then
        row ok "static libc" "$(gcc -print-file-name=libc.a)"
    else
        row MISSING "static libc" "$(package_advice libc6-dev)"
        missing=1
    fi
    doctor_command make make make --version || missing=1
    if type -P musl-gcc > /dev/null; then
        row ok "musl (optional)" "$(type -P musl-gcc)"
    else
        row none "musl (optional)" "$(package_advice musl-tools)"
    fi
    doctor_command apt apt apt-get --version || missing=1 may_build=no
    if ! type -P flock > /dev/null; then
        row MISSING flock "$(package_advice util-linux)"
        missing=1 may_build=no
    fi

    if fresh; then
        row ok build "up to date  $generation"
    elif [[ $may_build == no ]]; then
        row MISSING build "cannot be built before the above is there"
        return 2
    elif build; then
        row ok build "built just now  $generation"
    else
        row MISSING build "failed, see above"
        return 2
    fi
    local classpath
    read -r classpath < "$generation/classpath"
    if [[ -s $generation/emu.aot ]]; then
        row ok "start-up cache" "$generation/emu.aot"
    else
        row none "start-up cache" "not made, starting is slower; see $generation/train.log"
    fi
    "$jdk/bin/java" "${run_options[@]}" -cp "$classpath" org.mshareemu.emulator.cli.Doctor || missing=1
    return $((missing * 2))
}
